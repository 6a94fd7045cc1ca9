import { InjectionToken } from '@angular/core';
import { map, Observable } from 'rxjs';

/** Makes an audio context, or gives `null` where the browser has none (W3C Web Audio). */
export const AUDIO_CONTEXT = new InjectionToken<() => AudioContext | null>('Audio context', {
  providedIn: 'root',
  factory: () => () => ('AudioContext' in globalThis ? new AudioContext() : null),
});

/** Between two readings, ms: quick enough to follow speech, slow enough to cost nothing. */
const interval = 80;
/** The quietest sound that still moves the meter, dB below full scale. */
const quietest = -60;

/** A root mean square of samples (0…1) on the scale of a meter: 0 for silence, 1 for full scale, even steps in dB. */
export const meterLevel = (rootMeanSquare: number): number => {
  if (!(rootMeanSquare > 0)) return 0;
  return Math.min(1, Math.max(0, 1 - (20 * Math.log10(rootMeanSquare)) / quietest));
};

/** How a track is listened to: how often, in ms, and to how many of the last samples, a power of two up to 32,768. */
interface Listening {
  readonly interval: number;
  readonly samples: number;
}

/**
 * The root mean square of a track's last samples, 0…1, at each interval. Listening holds an audio context; unsubscribing
 * closes it. Emits nothing while the browser keeps the context suspended; completes where there is none.
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
      // Born suspended where the page has not been touched yet.
      if (context.state !== 'running') {
        // What it hears is not known then: nothing is said.
        void context.resume().catch(() => undefined);
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

/** How loud a track is, 0…1 on the scale of a meter, several times a second. */
export const soundLevel = (track: MediaStreamTrack, create: () => AudioContext | null): Observable<number> =>
  loudness(track, create, { interval, samples: 1024 }).pipe(map(meterLevel));
