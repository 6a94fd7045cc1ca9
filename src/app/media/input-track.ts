import { fromEvent, Observable } from 'rxjs';

import type { InputRequests } from './input-requests';
import { type InputKind, MediaError } from './media';
import { mediaError } from './media-error';

/**
 * One microphone or camera. Subscribing opens it; unsubscribing stops it, even when it is granted only afterwards. Emits
 * the track once and stays subscribed while it is live. Errors with a `MediaError`, whose reason is `lost` when the
 * system ends the track (Media Capture and Streams, section 4.3.1).
 */
export const inputTrack = (
  requests: Pick<InputRequests, 'open'>,
  kind: InputKind,
  deviceId: string | null,
): Observable<MediaStreamTrack> =>
  new Observable((subscriber) => {
    const abort = new AbortController();
    subscriber.add(() => abort.abort());
    requests.open(kind, deviceId, abort.signal).then(
      (track) => {
        subscriber.add(() => track.stop());
        if (subscriber.closed) return;
        const lose = () => subscriber.error(new MediaError(kind, 'lost'));
        subscriber.add(fromEvent(track, 'ended').subscribe(lose));
        if (track.readyState === 'ended') lose();
        else subscriber.next(track);
      },
      (error: unknown) => subscriber.error(mediaError(kind, error)),
    );
  });
