import { InjectionToken } from '@angular/core';
import {
  catchError,
  combineLatest,
  defer,
  distinctUntilChanged,
  from,
  map,
  merge,
  type Observable,
  of,
  shareReplay,
  skip,
  startWith,
  switchMap,
  take,
  tap,
} from 'rxjs';

import { noteError } from '../../log/note';
import { type BlurState, type BlurTrouble, type InputState, openTrack } from '../media';

/** Why a picture can't be blurred. */
export class BlurError extends Error {
  override readonly name = 'BlurError';

  /** @param share the measured cost for `slow`, see `Blurred` */
  constructor(
    readonly reason: BlurTrouble,
    readonly share: number | null = null,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** A camera's picture with its background blurred. */
export interface Blurred {
  readonly track: MediaStreamTrack;
  /** Processor time per time, 1 for one core; null until it is measured. */
  readonly share: number | null;
}

/**
 * Blurs a camera's picture while subscribed. Emits once the first blurred frame is there, and again with each measurement.
 * Errors with a `BlurError`.
 */
export type Blurring = (camera: MediaStreamTrack) => Observable<Blurred>;

/** The blur that ships with Parley. Its code, the library and the model are fetched on the first subscription. */
export const BLURRING = new InjectionToken<Blurring>('Background blur', {
  providedIn: 'root',
  factory: () => (camera) =>
    from(import('./blurred-track')).pipe(switchMap(({ blurredTrack }) => blurredTrack(camera))),
});

/** Whether this browser has what `blurredTrack` needs. */
export const CAN_BLUR = new InjectionToken<boolean>('Whether Parley can blur', {
  providedIn: 'root',
  factory: () =>
    ['OffscreenCanvas', 'WebAssembly', 'Worker', 'createImageBitmap'].every((name) => name in globalThis) &&
    ('MediaStreamTrackGenerator' in globalThis || 'captureStream' in HTMLCanvasElement.prototype),
});

/** Whether browser or camera blur the background themselves, switchable or always. */
export const blursItself = (track: MediaStreamTrack): boolean => {
  const { backgroundBlur } = (track.getCapabilities?.() ?? {}) as { readonly backgroundBlur?: unknown };
  return Array.isArray(backgroundBlur) && backgroundBlur.includes(true);
};

/** What `withBlur` depends on. */
export interface BlurParts {
  /** Whether the person wants a blurred background. Starts with the current value. */
  readonly wanted$: Observable<boolean>;
  /** Emits when there is reason to retry after a failure. */
  readonly again$: Observable<unknown>;
  readonly blurring: Blurring;
  readonly canBlur: boolean;
  /** Receives each new state of the blur. */
  readonly tell: (state: BlurState) => void;
}

/**
 * Replaces the camera's track by a blurred one while the person wants that and the browser can't do it itself. The
 * unblurred track is never emitted meanwhile: the camera counts as starting until the first blurred frame, and when the
 * blur fails, the camera is closed and its state is `held` until there is reason to retry.
 *
 * @param camera$ the camera as the device delivers it; starts with the current state
 */
export const withBlur = (camera$: Observable<InputState>, parts: BlurParts): Observable<InputState> => {
  const { wanted$, again$, blurring, canBlur, tell } = parts;
  let slow: number | null = null;

  const blurred = (raw$: Observable<InputState>, camera: MediaStreamTrack): Observable<InputState> => {
    tell({ status: 'starting' });
    const blurred$ = canBlur
      ? blurring(camera)
      : defer((): Observable<Blurred> => {
          throw new BlurError('unsupported');
        });
    return combineLatest([
      raw$,
      blurred$.pipe(
        tap(({ share }) => tell({ status: 'on', share })),
        startWith(null),
      ),
    ]).pipe(
      map(([state, result]): InputState => {
        if (openTrack(state) === null) return state;
        return result === null
          ? { status: 'starting' }
          : { status: state.status === 'muted' ? 'muted' : 'on', track: result.track };
      }),
    );
  };

  const idle = (track: MediaStreamTrack | null): BlurState => {
    if (track === null || blursItself(track)) return { status: 'absent' };
    return canBlur ? { status: 'off', slow } : { status: 'unsupported' };
  };

  return defer(() => {
    // Subscribed first by what decides which track is emitted, so that a new unblurred track can't slip past it.
    const raw$ = camera$.pipe(shareReplay({ bufferSize: 1, refCount: true }));
    return combineLatest([raw$.pipe(map(openTrack)), wanted$]).pipe(
      map(([track, wanted]) => {
        if (wanted && track !== null && !blursItself(track)) return track;
        tell(idle(track));
        return null;
      }),
      distinctUntilChanged(),
      switchMap((track) => (track === null ? raw$ : blurred(raw$, track))),
      distinctUntilChanged(
        (one, other) =>
          one === other ||
          (one.status === other.status && one.status !== 'failed' && openTrack(one) === openTrack(other)),
      ),
    );
  }).pipe(
    catchError((cause: unknown, retried$) => {
      const error = cause instanceof BlurError ? cause : new BlurError('failed', null, { cause });
      noteError('media', 'blur', error);
      const { reason, share } = error;
      if (reason === 'slow') slow = share;
      tell({ status: 'failed', reason, share });
      // Subscribes before it emits, in case the subscriber retries at once.
      return merge(
        merge(again$, wanted$.pipe(skip(1))).pipe(
          take(1),
          switchMap(() => retried$),
        ),
        of<InputState>({ status: 'held', reason }),
      );
    }),
  );
};
