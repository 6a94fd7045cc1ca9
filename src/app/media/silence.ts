import { distinctUntilChanged, map, type Observable, scan, startWith } from 'rxjs';

import { loudness } from './sound-level';

/** A microphone that is on and delivers nothing for so long is worth a word, in ms: pauses in talk are shorter. */
export const SILENT_AFTER = 20_000;
/** How often it is looked at, in ms; each look covers most of the time since the last. */
const LOOK = 1_000;
const SAMPLES = 32_768;
/**
 * The loudest sound that counts as none, as a root mean square: -90 dB below full scale, the last bit of 16. A microphone
 * that works delivers at least the noise of the room.
 */
const NOTHING = 3e-5;

/**
 * Whether a microphone has delivered nothing at all for `SILENT_AFTER`: a mute switch on the headset, the wrong socket, a
 * setting of the system. Starts with `false`; false again with the first sound. Costs one look a second.
 */
export const silence = (track: MediaStreamTrack, create: () => AudioContext | null): Observable<boolean> =>
  loudness(track, create, { interval: LOOK, samples: SAMPLES }).pipe(
    scan((silent, level) => (level < NOTHING ? silent + LOOK : 0), 0),
    map((silent) => silent >= SILENT_AFTER),
    startWith(false),
    distinctUntilChanged(),
  );
