import {
  catchError,
  concat,
  map,
  merge,
  NEVER,
  Observable,
  of,
  scan,
  startWith,
  switchMap,
  timer,
} from 'rxjs';

import { noteError } from '../log/note';
import { MediaError, type InputKind, type MediaReason } from '../media/media';
import type { Finding } from './finding';

/**
 * - `asking`: the browser waits for the person's permission, or for the device
 * - `works`: the device gives a picture
 * - `listening`, `heard`, `silent`: for a microphone, which is known to work only once it has heard something
 */
export interface InputFinding extends Finding<
  'asking' | 'works' | 'listening' | 'heard' | 'silent' | MediaReason
> {
  readonly track: MediaStreamTrack | null;
  /** Loudness, 0…1. */
  readonly level: number;
}

/** Loudness above which something was heard, 0…1: above the noise of a quiet room. */
const AUDIBLE = 0.15;
/** How long a microphone may hear nothing before that is reported, in ms. */
const PATIENCE = 6_000;

const asking: InputFinding = { state: 'running', reason: 'asking', track: null, level: 0 };

/**
 * Checks whether a camera or microphone opens, and whether the microphone hears anything. Holds the device open and follows it
 * while subscribed. Never errors.
 *
 * @param open opens the device, see `inputTrack`
 * @param loudness how loud a track is, 0…1; emits nothing if the browser can't tell
 */
export const inputCheck = (
  kind: InputKind,
  open: () => Observable<MediaStreamTrack>,
  loudness: (track: MediaStreamTrack) => Observable<number>,
): Observable<InputFinding> =>
  open().pipe(
    switchMap((track) => (kind === 'camera' ? concat(of(works(track)), NEVER) : listening(track, loudness))),
    startWith(asking),
    catchError((error: unknown) => {
      noteError('doctor', kind, error);
      const reason = error instanceof MediaError ? error.reason : 'failed';
      return of<InputFinding>({ state: 'failed', reason, track: null, level: 0 });
    }),
  );

const works = (track: MediaStreamTrack): InputFinding => ({
  state: 'well',
  reason: 'works',
  track,
  level: 0,
});

const listening = (
  track: MediaStreamTrack,
  loudness: (track: MediaStreamTrack) => Observable<number>,
): Observable<InputFinding> =>
  merge(loudness(track), timer(PATIENCE).pipe(map(() => 'late' as const))).pipe(
    scan(
      ({ heard, late, level }, event) =>
        event === 'late'
          ? { heard, late: true, level }
          : { heard: heard || event > AUDIBLE, late, level: event },
      { heard: false, late: false, level: 0 },
    ),
    map(({ heard, late, level }): InputFinding => {
      if (heard) return { state: 'well', reason: 'heard', track, level };
      return late
        ? { state: 'warning', reason: 'silent', track, level }
        : { state: 'running', reason: 'listening', track, level };
    }),
    startWith<InputFinding>({ state: 'running', reason: 'listening', track, level: 0 }),
  );
