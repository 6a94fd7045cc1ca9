import type { SoundKind } from './sounds';

/** Frequencies one after the other, Hz: up for who comes, down for who goes. */
const melodies: Readonly<Record<SoundKind, readonly number[]>> = {
  joined: [523.25, 783.99],
  left: [783.99, 523.25],
  message: [880],
};

/** Of each tone, s. */
const LENGTH = 0.14;
/** Of full scale: heard, and not louder than a voice. */
const LOUDNESS = 0.08;

/** Plays one sound and closes what it took. Silent where the browser wants a gesture first. */
export async function ring(
  kind: SoundKind,
  create: () => AudioContext = () => new AudioContext(),
): Promise<void> {
  const context = create();
  try {
    if (context.state !== 'running') await Promise.race([context.resume(), pause(300)]);
    if (context.state !== 'running') return;
    const melody = melodies[kind];
    melody.forEach((frequency, index) => {
      const start = context.currentTime + index * LENGTH;
      const oscillator = new OscillatorNode(context, { frequency, type: 'sine' });
      const gain = new GainNode(context, { gain: 0 });
      // Faded in and out: a tone that is cut clicks.
      gain.gain.setValueAtTime(0, start);
      gain.gain.linearRampToValueAtTime(LOUDNESS, start + 0.015);
      gain.gain.exponentialRampToValueAtTime(0.0001, start + LENGTH * 1.4);
      oscillator.connect(gain).connect(context.destination);
      oscillator.start(start);
      oscillator.stop(start + LENGTH * 1.5);
    });
    await pause((melody.length + 1) * LENGTH * 1000);
  } finally {
    await context.close();
  }
}

const pause = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));
