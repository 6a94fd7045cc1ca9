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

import { noted } from '../log/note';
import type { LinkStatistics } from '../rtc/link-statistics';
import type { LinkMedia } from '../rtc/link-media';
import type { MediaSections } from '../rtc/media-sections';
import type { Peer } from '../wire/peers';
import { LIMITS, nextSending, PathFigures, SendingLevel, STARTING } from './sending-level';

/** The size at which the peer shows the video, in the peer's device pixels. */
export interface ShownSize {
  readonly width: number;
  readonly height: number;
}

/** Encoding parameters to set for video (WebRTC, section 5.2.8). */
export interface PictureParameters {
  readonly active: boolean;
  readonly scaleResolutionDownBy: number;
  readonly maxFramerate: number;
  readonly maxBitrate: number;
}

/** Scaling steps. Intermediate sizes would restart the encoder without visible gain. */
const SCALES = [1, 1.5, 2, 3, 4, 6] as const;
/** Bits for each pixel of each frame that give good video with the codecs in use. */
const BITS_PER_PIXEL = 0.09;
/** Minimum bit rate of video, in bit/s. */
const LEAST = 80_000;

/**
 * Parameters for video of `source` size: no more than the peer shows, and no more than the level allows.
 *
 * @param shown null when the peer hasn't said; then the full size
 */
export function pictureParameters(
  source: ShownSize,
  shown: ShownSize | null,
  level: SendingLevel,
): PictureParameters {
  const limits = LIMITS[level === 'paused' ? 'low' : level];
  // Cover the shown area: the peer crops rather than stretches.
  const covering = shown ? Math.min(source.width / shown.width, source.height / shown.height) : 1;
  const wanted = Math.max(1, covering);
  // Slightly too small isn't noticeable; twice the pixels cost twice the bits.
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
 * Adapts what is sent to what the path carries and to what the peer shows, once a second while connected. Emits whether
 * video is paused because there is room for audio only. Audio always takes precedence.
 *
 * While the peer isn't heard, only audio is sent. Lost video frames would be requested again when the path is back and
 * would delay the one whole frame that is needed then. Resumed video begins with a whole frame.
 *
 * @param shown$ the size at which the peer shows the video
 */
export const adaptiveSending = (
  { media, figures$, heard$ }: Pick<Peer, 'media' | 'figures$' | 'heard$'>,
  { audio, video }: MediaSections,
  shown$: Observable<ShownSize | null>,
): Observable<boolean> => {
  const { connected$ } = media;
  const level$ = connected$.pipe(
    // An outage says nothing about the capacity of the path: keep the level until there are figures again.
    switchMap((connected) => (connected ? figures$ : [])),
    scan((state, figures) => nextSending(state, pathFigures(media, figures)), STARTING),
    map(({ level }) => level),
    startWith(STARTING.level),
    // Emits every second even when the level stays: no event reports that the camera has changed its resolution.
  );
  const prioritize$ = connected$.pipe(
    exhaustMap(async (connected) => {
      if (connected) await changeEncoding(audio.sender, { priority: 'high', networkPriority: 'high' });
    }),
  );
  const fit$ = combineLatest([level$, shown$.pipe(startWith(null)), heard$]).pipe(
    // A sender accepts only one of two concurrent changes.
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

/** Uses the estimate only where the peer reports on packets. Otherwise the path is judged by loss. */
function pathFigures(media: LinkMedia, { available, sent }: LinkStatistics): PathFigures {
  const reported = media.reportsPackets('video');
  return { available: reported ? available : null, loss: sent.video?.loss ?? null };
}

/** Sends video while the peer is heard, and resumes with a whole frame when it is heard again. Emits nothing. */
export const sendingWhileHeard = (sender: RTCRtpSender, heard$: Observable<boolean>): Observable<never> =>
  heard$.pipe(
    concatMap((active) => changeEncoding(sender, { active })),
    ignoreElements(),
  );

/** Changes the only encoding. Does nothing when nothing would change, or before there is an encoding. */
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
  // Ignore a rejected change, from a browser that doesn't know a parameter or a section that has stopped.
  await sender.setParameters(parameters).catch(noted('pictures', 'set-parameters'));
}
