import { Observable } from 'rxjs';

import { MediaError } from './media';
import { mediaError } from './media-error';

/**
 * The camera that faces away from the person, or any other if there is none. Open while subscribed; a camera that is granted
 * after unsubscribing is stopped at once. Errors with `MediaError`, also when the camera is unplugged.
 */
export const rearCamera = (mediaDevices: MediaDevices | null): Observable<MediaStream> =>
  new Observable((subscriber) => {
    const open = async () => {
      if (mediaDevices === null) throw new MediaError('camera', 'unsupported');
      const stream = await mediaDevices.getUserMedia({
        video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
      });
      const tracks = stream.getTracks();
      subscriber.add(() => tracks.forEach((track) => track.stop()));
      if (subscriber.closed) return;
      for (const track of tracks) {
        track.addEventListener('ended', () => subscriber.error(new MediaError('camera', 'lost')));
      }
      subscriber.next(stream);
    };
    open().catch((error: unknown) => subscriber.error(mediaError('camera', error)));
  });
