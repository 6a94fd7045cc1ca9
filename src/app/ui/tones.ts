import { noted } from '../log/note';
import type { RepeatedSound, SoundKind } from './sounds';

interface Melody {
  /** Frequencies in sequence, in Hz: rising for an arrival, falling for a departure. */
  readonly tones: readonly number[];
  /** Length of each tone, in s. */
  readonly length: number;
  /** As a fraction of full scale. */
  readonly loudness: number;
}

/** Audible, and not louder than a voice. */
const short = { length: 0.14, loudness: 0.08 };

const melodies: Readonly<Record<SoundKind, Melody>> = {
  joined: { tones: [523.25, 783.99], ...short },
  left: { tones: [783.99, 523.25], ...short },
  message: { tones: [880], ...short },
  knock: { tones: [440, 440, 659.25], length: 0.12, loudness: 0.12 },
  // Audible from the next room.
  ring: { tones: [659.25, 783.99, 987.77, 783.99, 659.25, 783.99, 987.77], length: 0.16, loudness: 0.25 },
  // As on a telephone (ITU-T E.180: 425 Hz for a second), and quiet, because the device is near the ear.
  ringback: { tones: [425], length: 0.9, loudness: 0.05 },
};

/** Time from the start of one repetition to the next, in s. */
const periods: Readonly<Record<RepeatedSound, number>> = { ring: 3, ringback: 4 };

/** Sample rate, in Hz: enough for the highest tone. Every browser resamples it. */
const RATE = 16_000;

/** Plays one sound and closes its audio context. Silent if the browser requires a gesture first. */
export async function ring(
  kind: SoundKind,
  create: () => AudioContext = () => new AudioContext(),
): Promise<void> {
  const context = create();
  try {
    if (context.state !== 'running') await Promise.race([context.resume(), pause(300)]);
    if (context.state !== 'running') return;
    const { tones, length } = melodies[kind];
    write(melodies[kind], context);
    await pause((tones.length + 1) * length * 1000);
  } finally {
    await context.close();
  }
}

/**
 * Repeats a sound until it is stopped, and closes its audio context. Uses no timer, because browsers throttle timers in hidden
 * pages. If the browser requires a gesture first, it is silent or begins late.
 */
export async function repeat(
  kind: RepeatedSound,
  stop: AbortSignal,
  create: () => AudioContext = () => new AudioContext(),
): Promise<void> {
  const buffer = await period(kind);
  if (stop.aborted) return;
  const context = create();
  try {
    const source = new AudioBufferSourceNode(context, { buffer, loop: true });
    source.connect(context.destination);
    source.start();
    if (context.state !== 'running') context.resume().catch(noted('ui', 'resume'));
    await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
    // Closing takes a moment, but an answered ring must be silent at once.
    source.disconnect();
  } finally {
    await context.close();
  }
}

/** One period: the sound and the silence after it. */
function period(kind: RepeatedSound): Promise<AudioBuffer> {
  const offline = new OfflineAudioContext(1, periods[kind] * RATE, RATE);
  write(melodies[kind], offline);
  return offline.startRendering();
}

function write({ tones, length, loudness }: Melody, context: BaseAudioContext): void {
  tones.forEach((frequency, index) => {
    const start = context.currentTime + index * length;
    const oscillator = new OscillatorNode(context, { frequency, type: 'sine' });
    const gain = new GainNode(context, { gain: 0 });
    // Fade in and out, because a tone that is cut clicks.
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(loudness, start + 0.015);
    gain.gain.exponentialRampToValueAtTime(0.0001, start + length * 1.4);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(start);
    oscillator.stop(start + length * 1.5);
  });
}

const pause = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));
