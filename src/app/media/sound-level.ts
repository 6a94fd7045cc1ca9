import { InjectionToken } from '@angular/core';
import { map, Observable } from 'rxjs';

import { noted } from '../log/note';

/** Creates an audio context, or returns `null` where the browser has none (W3C Web Audio). */
export const AUDIO_CONTEXT = new InjectionToken<() => AudioContext | null>('Audio context', {
  providedIn: 'root',
  factory: () => () => ('AudioContext' in globalThis ? new AudioContext() : null),
});

/** Interval between readings, in ms: short enough to follow speech, long enough to cost nothing. */
const interval = 80;
/** The quietest sound that still moves the meter, in dB relative to full scale. */
const quietest = -60;

/** Maps a root mean square of samples (0…1) to the scale of a meter: 0 for silence, 1 for full scale, linear in dB. */
export const meterLevel = (rootMeanSquare: number): number => {
  if (!(rootMeanSquare > 0)) return 0;
  return Math.min(1, Math.max(0, 1 - (20 * Math.log10(rootMeanSquare)) / quietest));
};

/** How a track is sampled: the interval in ms, and the number of latest samples, a power of two up to 32,768. */
interface Listening {
  readonly interval: number;
  readonly samples: number;
}

/**
 * The root mean square of a track's latest samples, 0…1, at each interval. Uses an audio context, which unsubscribing
 * closes. Emits nothing while the browser keeps the context suspended. Completes where there is none.
 */
export const loudness = (
  track: MediaStreamTrack,
  create: () => AudioContext | null,
  listening: Listening,
): Observable<number> =>
  new Observable((subscriber) => {
    const context = create();
    if (!context) {
      subscriber.complete();
      return undefined;
    }
    const analyser = context.createAnalyser();
    analyser.fftSize = listening.samples;
    const source = context.createMediaStreamSource(new MediaStream([track]));
    source.connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      // The context starts suspended when the person has not interacted with the page yet.
      if (context.state !== 'running') {
        // The level is unknown until then, so nothing is emitted.
        void context.resume().catch(noted('media', 'resume'));
        return;
      }
      analyser.getFloatTimeDomainData(samples);
      subscriber.next(Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length));
    }, listening.interval);
    return () => {
      clearInterval(timer);
      source.disconnect();
      void context.close();
    };
  });

/** The level of a track, 0…1 on the scale of a meter, several times a second. */
export const soundLevel = (track: MediaStreamTrack, create: () => AudioContext | null): Observable<number> =>
  loudness(track, create, { interval, samples: 1024 }).pipe(map(meterLevel));
