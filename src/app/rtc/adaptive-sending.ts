import {
  combineLatest,
  concatMap,
  distinctUntilChanged,
  exhaustMap,
  ignoreElements,
  map,
  merge,
  Observable,
  scan,
  startWith,
  switchMap,
} from 'rxjs';

import { connectionState$ } from './connection-state';
import { type LinkStatistics, linkStatistics$ } from './link-statistics';
import type { MediaSections } from './media-sections';
import { LIMITS, nextSending, PathFigures, SendingLevel, STARTING } from './sending-level';
import { hasTransportFeedback } from './transport-feedback';

/** How large the other side shows the picture, in its device pixels. */
export interface ShownSize {
  readonly width: number;
  readonly height: number;
}

/** What is asked of the browser for the picture (WebRTC, section 5.2.8). */
export interface PictureParameters {
  readonly active: boolean;
  readonly scaleResolutionDownBy: number;
  readonly maxFramerate: number;
  readonly maxBitrate: number;
}

/** Steps of size: in between, encoders start anew for nothing. */
const SCALES = [1, 1.5, 2, 3, 4, 6] as const;
/** A good picture's bits for each pixel of each frame, with the codecs in use. */
const BITS_PER_PIXEL = 0.09;
/** No picture gets less than this, bit/s. */
const LEAST = 80_000;

/**
 * What to send of a picture of `source` size: no more than the other side shows, and no more than the level allows.
 *
 * @param shown null when the other side has not said; all of it then
 */
export function pictureParameters(
  source: ShownSize,
  shown: ShownSize | null,
  level: SendingLevel,
): PictureParameters {
  const limits = LIMITS[level === 'paused' ? 'low' : level];
  // As large as covers what is shown: the other side crops rather than stretches.
  const covering = shown ? Math.min(source.width / shown.width, source.height / shown.height) : 1;
  const wanted = Math.max(1, covering);
  // A little too small is not seen; twice the pixels cost twice the bits.
  const byShown = [...SCALES].reverse().find((scale) => scale <= wanted * 1.1) ?? 1;
  const shorter = Math.min(source.width, source.height);
  const byLevel = SCALES.find((scale) => shorter / scale <= limits.height) ?? 6;
  const scale = Math.max(byShown, byLevel);
  const pixels = (source.width / scale) * (source.height / scale);
  const enough = Math.max(LEAST, Math.round(pixels * limits.frameRate * BITS_PER_PIXEL));
  return {
    active: level !== 'paused',
    scaleResolutionDownBy: scale,
    maxFramerate: limits.frameRate,
    maxBitrate: Math.min(limits.bitRate, enough),
  };
}

/**
 * Fits what is sent to what the path carries and to what the other side shows, once a second while connected. Emits
 * whether the picture is paused because there is room for sound alone. Sound always goes first.
 *
 * Who is not heard is sent no picture, sound alone: frames that are lost would be asked for again when the path is back, and
 * stand in the way of the one whole frame that is needed then. A picture that begins again begins with that.
 *
 * @param heard$ whether the other side is heard
 */
export const adaptiveSending = (
  connection: RTCPeerConnection,
  { audio, video }: MediaSections,
  shown$: Observable<ShownSize | null>,
  heard$: Observable<boolean>,
): Observable<boolean> => {
  const connected$ = connectionState$(connection).pipe(
    map((state) => state === 'connected'),
    distinctUntilChanged(),
  );
  const level$ = connected$.pipe(
    // An outage says nothing about how thin the path is: the level stays until there are figures again.
    switchMap((connected) => (connected ? linkStatistics$(connection) : [])),
    scan((state, figures) => nextSending(state, pathFigures(connection, figures)), STARTING),
    map(({ level }) => level),
    startWith(STARTING.level),
    // Every second, also when the level stays: of a camera that takes a picture of another size nothing tells.
  );
  const prioritize$ = connected$.pipe(
    exhaustMap(async (connected) => {
      if (connected) await changeEncoding(audio.sender, { priority: 'high', networkPriority: 'high' });
    }),
  );
  const fit$ = combineLatest([level$, shown$.pipe(startWith(null)), heard$]).pipe(
    // Of two changes at once a sender takes one.
    concatMap(async ([level, shown, heard]) => {
      const { width, height } = video.sender.track?.getSettings() ?? {};
      const active = heard && level !== 'paused';
      await changeEncoding(
        video.sender,
        active && width && height ? pictureParameters({ width, height }, shown, level) : { active },
      );
      return level === 'paused';
    }),
  );
  return merge(fit$, prioritize$.pipe(switchMap(() => []))).pipe(distinctUntilChanged());
};

/** The estimate counts only where the other side reports on packets; a path that loses nothing is judged by that. */
function pathFigures(connection: RTCPeerConnection, { available, sent }: LinkStatistics): PathFigures {
  const reported = hasTransportFeedback(connection.currentRemoteDescription?.sdp ?? '', 'video');
  return { available: reported ? available : null, loss: sent.video?.loss ?? null };
}

/** Sends a picture while the other side is heard, and begins it anew when it is heard again; emits nothing. */
export const sendingWhileHeard = (sender: RTCRtpSender, heard$: Observable<boolean>): Observable<never> =>
  heard$.pipe(
    concatMap((active) => changeEncoding(sender, { active })),
    ignoreElements(),
  );

/** Changes the one encoding there is; does nothing when all is so already, or before there is one. */
async function changeEncoding(
  sender: RTCRtpSender,
  change: Partial<RTCRtpEncodingParameters>,
): Promise<void> {
  const parameters = sender.getParameters();
  const encoding = parameters.encodings[0];
  if (!encoding) return;
  const entries = Object.entries(change) as [keyof RTCRtpEncodingParameters, never][];
  if (entries.every(([key, value]) => encoding[key] === value)) return;
  Object.assign(encoding, change);
  // A browser that does not know one of them, or a section that was stopped meanwhile: it goes on as it was.
  await sender.setParameters(parameters).catch(() => undefined);
}
