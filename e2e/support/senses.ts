import type { Locator } from '@playwright/test';

import { colours, type Colour } from './capture-files';

/**
 * The colour of a new frame of a video. `still` if no frame comes within a second; `black` or `other` if it is no
 * person's colour.
 */
export async function colourOf(video: Locator): Promise<Colour | 'black' | 'other' | 'still'> {
  return nearestColour(await video.evaluate(pixelOf));
}

/** @param pixel red, green and blue, as returned by `pixelOf` */
export function nearestColour(pixel: readonly number[] | null): Colour | 'black' | 'other' | 'still' {
  if (!pixel) return 'still';
  if (pixel.every((value) => value < 20)) return 'black';
  const distance = (colour: Colour) =>
    Math.hypot(...colours[colour].map((value, index) => value - pixel[index]!));
  const nearest = (Object.keys(colours) as Colour[]).sort((a, b) => distance(a) - distance(b))[0]!;
  return distance(nearest) < 60 ? nearest : 'other';
}

/** Anything quieter is silence, in dB below full scale in the strongest band. */
const silence = -65;

/** The strongest frequency (in Hz) that a video plays within a second; null if it is silent, muted or paused. */
export async function toneOf(video: Locator): Promise<number | null> {
  return audible(await video.evaluate(peakOf));
}

export const audible = (peak: Peak | null): number | null =>
  peak && peak.level > silence ? peak.frequency : null;

/** Runs in the page: the average red, green and blue of a new frame; null if none comes within a second. */
export async function pixelOf(element: Element): Promise<number[] | null> {
  const shown = element as HTMLVideoElement;
  const fresh = await new Promise<boolean>((resolve) => {
    const patience = setTimeout(() => resolve(false), 1_000);
    shown.requestVideoFrameCallback(() => {
      clearTimeout(patience);
      resolve(true);
    });
  });
  if (!fresh) return null;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 8;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(shown, 0, 0, 8, 8);
  const { data } = context.getImageData(0, 0, 8, 8);
  const sum = [0, 0, 0];
  for (let n = 0; n < data.length; n++) if (n % 4 < 3) sum[n % 4]! += data[n]!;
  return sum.map((total) => total / 64);
}

/** The loudest band: level in dB below full scale, frequency in Hz. */
export interface Peak {
  readonly level: number;
  readonly frequency: number;
}

/**
 * Runs in the page: the loudest band of a video's sound within a second, or sooner if it is loud and steady; null if
 * the video has no sound, is muted or paused.
 */
export async function peakOf(element: Element): Promise<Peak | null> {
  const { srcObject, muted, paused } = element as HTMLVideoElement;
  const [track] = srcObject instanceof MediaStream ? srcObject.getAudioTracks() : [];
  if (!track || muted || paused) return null;
  const context = new AudioContext();
  try {
    await context.resume();
    const analyser = new AnalyserNode(context, { fftSize: 8_192, smoothingTimeConstant: 0 });
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const bands = new Float32Array(analyser.frequencyBinCount);
    const best = { level: -Infinity, frequency: 0 };
    const end = performance.now() + 1_000;
    const enough = { level: -40, looks: 4 };
    for (let steady = 0, last = -1; steady < enough.looks && performance.now() < end;) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      analyser.getFloatFrequencyData(bands);
      const band = bands.indexOf(Math.max(...bands));
      const level = bands[band] ?? -Infinity;
      const frequency = (band * context.sampleRate) / analyser.fftSize;
      if (level > best.level) Object.assign(best, { level, frequency });
      steady = level > enough.level && band === last ? steady + 1 : 0;
      last = band;
    }
    // Silence is minus infinity, which can't be passed out of the page.
    return { ...best, level: Math.max(best.level, -200) };
  } finally {
    await context.close();
  }
}
