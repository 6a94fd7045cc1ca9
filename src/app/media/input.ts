import {
  BehaviorSubject,
  catchError,
  defaultIfEmpty,
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  finalize,
  fromEvent,
  map,
  merge,
  NEVER,
  type Observable,
  of,
  pairwise,
  retry,
  skip,
  startWith,
  switchMap,
  take,
  tap,
  throwError,
  timer,
  withLatestFrom,
} from 'rxjs';

import { note, noteError } from '../log/note';
import { hasAnother, hasAppeared, ofKind } from './devices';
import { handover } from './handover';
import {
  type Devices,
  type InputKind,
  type InputState,
  MediaError,
  type MediaReason,
  openTrack,
} from './media';
import { mediaError } from './media-error';

/** The parts of one input. All streams except `again$` and `rechosen$` start with the current value. */
export interface InputParts {
  readonly kind: InputKind;
  /** Whether the person wants it on. */
  readonly wished$: Observable<boolean>;
  readonly deviceId$: Observable<string | null>;
  /** Emits when the person chooses the device that is already chosen. */
  readonly rechosen$: Observable<unknown>;
  /** Emits when the person asks to retry. */
  readonly again$: Observable<unknown>;
  /** Queried again on each subscription. */
  readonly devices$: Observable<Devices>;
  /** Queried again on each subscription; empty where the browser doesn't report it. */
  readonly permission$: Observable<PermissionState>;
  /** Opens a device, see `inputTrack`. */
  readonly open: (deviceId: string | null) => Observable<MediaStreamTrack>;
}

const off: InputState = { status: 'off' };
const starting: InputState = { status: 'starting' };

/** Failures that plugging in a device may fix. */
const mended: readonly MediaReason[] = ['missing', 'lost', 'busy'];

/** Number of retries for a chosen device that has come back, and the pause before each, in ms: Bluetooth takes a while. */
const RETURN_TRIES = 2;
const RETURN_PAUSE = 1_500;

const isBusy = (error: unknown): boolean => error instanceof MediaError && error.reason === 'busy';

/** A device to open. `isAsked`: the person asked for it; otherwise it has only come back. */
interface Wanted {
  readonly deviceId: string | null;
  readonly isAsked: boolean;
}

/** Follows whether the system mutes a track (Media Capture and Streams, section 4.3.1.1). */
const heeding = (track: MediaStreamTrack): Observable<InputState> =>
  merge(fromEvent(track, 'mute'), fromEvent(track, 'unmute')).pipe(
    startWith(null),
    map(() => track.muted),
    distinctUntilChanged(),
    map((muted): InputState => ({ status: muted ? 'muted' : 'on', track })),
  );

/**
 * A microphone or camera as a person expects it: off and closed, or on and kept on. Follows the chosen device without a
 * gap, moves to another when it is unplugged, and returns to it when it is plugged in again. After a failure, reopens
 * when there is reason to: the person retries, chooses a device or grants permission, or a device is plugged in. Starts
 * with the current state, never errors.
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
      parts.rechosen$,
      allowed$,
      mended.includes(error.reason) ? pluggedIn$ : NEVER,
    );
    // Subscribes before it emits, in case the subscriber retries at once.
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
        // Revoking the permission ends the track too.
        if (state === 'denied') return failed(new MediaError(kind, 'denied', { cause: error }), retried$);
        return devicesOfKind$.pipe(
          take(1),
          switchMap((present) => (hasAnother(present, used) ? retried$ : failed(error, retried$))),
        );
      }),
    );

  const on$ = defer(() => {
    const used = new BehaviorSubject<MediaTrackSettings>({});
    let all: readonly MediaDeviceInfo[] = [];
    let present: MediaStreamTrack | null = null;
    /** The person has asked for a device that is not open yet. */
    let asking = false;
    let running = 0;
    const counted = (track$: Observable<MediaStreamTrack>): Observable<MediaStreamTrack> =>
      defer(() => {
        let own = 0;
        return track$.pipe(
          tap(() => (running += own = 1)),
          finalize(() => (running -= own)),
        );
      });

    /** A device that has come back and can't be opened must not close the one that works. */
    const returned = (deviceId: string | null): Observable<MediaStreamTrack> =>
      defer(() => {
        let isOpen = false;
        return counted(
          open(deviceId).pipe(
            tap((track) => {
              // If the device has disappeared again, the system's choice is opened in its place.
              if (track.getSettings().deviceId !== deviceId) throw new MediaError(kind, 'missing');
              isOpen = true;
            }),
            retry({
              count: RETURN_TRIES,
              delay: (error) => {
                noteError('media', `${kind}-return`, error);
                return isOpen ? throwError(() => error as unknown) : timer(RETURN_PAUSE);
              },
            }),
          ),
        ).pipe(catchError((error: unknown) => (!isOpen && running > 0 ? EMPTY : throwError(() => error))));
      });

    const asked$ = merge(
      deviceId$,
      parts.rechosen$.pipe(
        withLatestFrom(deviceId$),
        map(([, deviceId]) => deviceId),
        filter((deviceId) => deviceId !== null && deviceId !== used.value.deviceId),
      ),
    ).pipe(
      tap(() => (asking = true)),
      map((deviceId): Wanted => ({ deviceId, isAsked: true })),
    );
    const isThere = (deviceId: string | null) => all.some((device) => device.deviceId === deviceId);
    const returned$ = merge(
      devicesOfKind$.pipe(
        tap((now) => (all = now)),
        withLatestFrom(deviceId$),
        map(([, deviceId]) => (isThere(deviceId) ? deviceId : null)),
        distinctUntilChanged(),
      ),
      // The device may have come back before another one was open.
      used.pipe(skip(1)),
    ).pipe(
      withLatestFrom(deviceId$),
      map(([, deviceId]): Wanted => ({ deviceId, isAsked: false })),
      filter(({ deviceId }) => {
        const { deviceId: now } = used.value;
        return !asking && now !== undefined && now !== deviceId && isThere(deviceId);
      }),
    );

    return merge(asked$, returned$).pipe(
      handover(
        ({ deviceId, isAsked }) =>
          (isAsked ? counted(open(deviceId)) : returned(deviceId)).pipe(switchMap(heeding)),
        isBusy,
        starting,
      ),
      tap((state) => {
        const track = openTrack(state);
        if (track === null || track === present) return;
        present = track;
        asking = false;
        used.next(track.getSettings());
      }),
      startWith(starting),
      catchError((cause: unknown, retried$) => {
        const error = mediaError(kind, cause);
        if (error.reason === 'lost') note('media', `${kind}-lost`);
        return error.reason === 'lost' ? lost(error, used.value, retried$) : failed(error, retried$);
      }),
    );
  });

  return wished$.pipe(
    switchMap((isWished) => (isWished ? on$ : of(off))),
    distinctUntilChanged(),
    tap((state) =>
      state.status === 'failed'
        ? noteError('media', `${kind}-failed`, state.error)
        : note('media', `${kind}-${state.status}`),
    ),
  );
};
