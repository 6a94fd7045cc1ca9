import { distinctUntilChanged, map, type Observable, scan, startWith } from 'rxjs';

import { loudness } from './sound-level';

/** A microphone that is on and delivers nothing for this long deserves a warning, in ms: pauses in speech are shorter. */
export const SILENT_AFTER = 20_000;
/** Interval between checks, in ms. Each check covers most of the time since the last. */
const LOOK = 1_000;
const SAMPLES = 32_768;
/**
 * The loudest level that counts as silence, as a root mean square: -90 dB relative to full scale, the last of 16 bits. A
 * working microphone delivers at least the noise of the room.
 */
const NOTHING = 3e-5;

/**
 * Whether a microphone has delivered nothing at all for `SILENT_AFTER`: a mute switch on the headset, the wrong socket, a
 * system setting. Starts with `false` and becomes false again with the first sound. Costs one check a second.
 */
export const silence = (track: MediaStreamTrack, create: () => AudioContext | null): Observable<boolean> =>
  loudness(track, create, { interval: LOOK, samples: SAMPLES }).pipe(
    scan((silent, level) => (level < NOTHING ? silent + LOOK : 0), 0),
    map((silent) => silent >= SILENT_AFTER),
    startWith(false),
    distinctUntilChanged(),
  );
