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

/** What one input is made of. All streams but `again$` and `rechosen$` start with the present value. */
export interface InputParts {
  readonly kind: InputKind;
  /** Whether the person wants it on. */
  readonly wished$: Observable<boolean>;
  readonly deviceId$: Observable<string | null>;
  /** Emits when the person chooses the device that is chosen already. */
  readonly rechosen$: Observable<unknown>;
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

/** How often a chosen device that is back is tried again, and the pause before each try, in ms: Bluetooth takes a while. */
const RETURN_TRIES = 2;
const RETURN_PAUSE = 1_500;

const isBusy = (error: unknown): boolean => error instanceof MediaError && error.reason === 'busy';

/** A device to open, and whether the person asked for it or it is merely back. */
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
 * A microphone or camera as a person means it: off and closed, or on and kept on. Follows the chosen device without a
 * gap, moves to another when it is unplugged, returns to it when it is plugged in again, and after a failure opens again
 * when there is reason to: the person asks, chooses a device or gives the permission, or a device is plugged in. Starts
 * with the present state, never errors.
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

    /** A device that is back and can't be opened must not cost the one that works. */
    const returned = (deviceId: string | null): Observable<MediaStreamTrack> =>
      defer(() => {
        let isOpen = false;
        return counted(
          open(deviceId).pipe(
            tap((track) => {
              // Where a device is gone again, the system's choice is opened in its place.
              if (track.getSettings().deviceId !== deviceId) throw new MediaError(kind, 'missing');
              isOpen = true;
            }),
            retry({
              count: RETURN_TRIES,
              delay: (error) => (isOpen ? throwError(() => error as unknown) : timer(RETURN_PAUSE)),
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
      // It may have come back before another one was open.
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
        return error.reason === 'lost' ? lost(error, used.value, retried$) : failed(error, retried$);
      }),
    );
  });

  return wished$.pipe(
    switchMap((isWished) => (isWished ? on$ : of(off))),
    distinctUntilChanged(),
  );
};
