import {
  catchError,
  defaultIfEmpty,
  defer,
  distinctUntilChanged,
  filter,
  map,
  merge,
  NEVER,
  type Observable,
  of,
  pairwise,
  skip,
  startWith,
  switchMap,
  take,
  tap,
} from 'rxjs';

import { hasAnother, hasAppeared, ofKind } from './devices';
import { handover } from './handover';
import { type Devices, type InputKind, type InputState, MediaError, type MediaReason } from './media';
import { mediaError } from './media-error';

/** What one input is made of. All streams but `again$` start with the present value. */
export interface InputParts {
  readonly kind: InputKind;
  /** Whether the person wants it on. */
  readonly wished$: Observable<boolean>;
  readonly deviceId$: Observable<string | null>;
  /** Emits when the person asks to try again. */
  readonly again$: Observable<unknown>;
  /** Asks afresh at each subscription. */
  readonly devices$: Observable<Devices>;
  /** Asks afresh at each subscription; empty where the browser does not tell. */
  readonly permission$: Observable<PermissionState>;
  /** Opens a device, see `inputTrack`. */
  readonly open: (deviceId: string | null) => Observable<MediaStreamTrack>;
}

const off: InputState = { status: 'off' };
const starting: InputState = { status: 'starting' };

/** Failures that a newly plugged device may put right. */
const mended: readonly MediaReason[] = ['missing', 'lost', 'busy'];

const isBusy = (error: unknown): boolean => error instanceof MediaError && error.reason === 'busy';

/**
 * A microphone or camera as a person means it: off and closed, or on and kept on. Follows the chosen device without a
 * gap, moves to another when it is unplugged, and after a failure opens again when there is reason to: the person asks,
 * chooses another device or gives the permission, or a device is plugged in. Starts with the present state, never errors.
 */
export const input = (parts: InputParts): Observable<InputState> => {
  const { kind, wished$, deviceId$, devices$, permission$, open } = parts;

  const devicesOfKind$ = devices$.pipe(map((present) => ofKind(present, kind)));

  const pluggedIn$ = devicesOfKind$.pipe(
    pairwise(),
    filter(([before, after]) => hasAppeared(before, after)),
  );

  const allowed$ = permission$.pipe(
    skip(1),
    filter((state) => state === 'granted'),
  );

  const failed = (error: MediaError, retried$: Observable<InputState>): Observable<InputState> => {
    const reason$ = merge(
      parts.again$,
      deviceId$.pipe(skip(1)),
      allowed$,
      mended.includes(error.reason) ? pluggedIn$ : NEVER,
    );
    // Listens before it tells, for whoever tries again at once.
    return merge(
      reason$.pipe(
        take(1),
        switchMap(() => retried$),
      ),
      of<InputState>({ status: 'failed', error }),
    );
  };

  const lost = (
    error: MediaError,
    used: MediaTrackSettings,
    retried$: Observable<InputState>,
  ): Observable<InputState> =>
    permission$.pipe(
      take(1),
      defaultIfEmpty(null),
      switchMap((state) => {
        // Taking the permission back ends the track too.
        if (state === 'denied') return failed(new MediaError(kind, 'denied', { cause: error }), retried$);
        return devicesOfKind$.pipe(
          take(1),
          switchMap((present) => (hasAnother(present, used) ? retried$ : failed(error, retried$))),
        );
      }),
    );

  const on$ = defer(() => {
    let used: MediaTrackSettings = {};
    return deviceId$.pipe(
      handover(
        (deviceId) =>
          open(deviceId).pipe(
            tap((track) => (used = track.getSettings())),
            map((track): InputState => ({ status: 'on', track })),
          ),
        isBusy,
        starting,
      ),
      startWith(starting),
      catchError((cause: unknown, retried$) => {
        const error = mediaError(kind, cause);
        return error.reason === 'lost' ? lost(error, used, retried$) : failed(error, retried$);
      }),
    );
  });

  return wished$.pipe(
    switchMap((isWished) => (isWished ? on$ : of(off))),
    distinctUntilChanged(),
  );
};
