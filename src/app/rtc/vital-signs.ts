import {
  distinctUntilChanged,
  EMPTY,
  exhaustMap,
  filter,
  map,
  merge,
  Observable,
  of,
  scan,
  startWith,
  switchMap,
  timer,
} from 'rxjs';

import type { ControlChannel } from './control-channel';

/** How often each side says that it is alive, ms. */
export const BEAT = 1_000;
/** A heartbeat is late after this long, ms: then the packets themselves are looked at. */
const LATE = 1_200;
/** How often they are looked at, ms. */
const LOOK = 200;
/** Nothing has come for this long: the other side is out of reach, ms. */
export const SILENCE = 2_000;

/** What has come in so far, by the candidate pairs (W3C webrtc-stats, RTCIceCandidatePairStats). */
export interface Received {
  /** Bytes other than those of the checks. */
  readonly bytes: number;
  /** When the last packet came, ms since the epoch; null where the browser does not tell. */
  readonly last: number | null;
}

/** Says once a second that this side is alive, while subscribed and the channel is open; emits nothing. */
export const beating = (control: ControlChannel): Observable<never> =>
  control.open$.pipe(
    switchMap((open) => (open ? timer(0, BEAT) : EMPTY)),
    switchMap(() => {
      control.beat();
      return EMPTY;
    }),
  );

/**
 * Whether the other side is heard: false `SILENCE` after the last message or packet, true with the next. Heartbeats come
 * once a second whatever else is sent, and only when one is late the browser is asked for packets: a message that was
 * lost is sent again after a second or more, while sound and picture go on.
 *
 * Starts with the other side taken as heard just then; `messages$` is subscribed twice. Times are ms since the epoch.
 */
export const heard$ = (
  messages$: Observable<unknown>,
  received: () => Promise<Received>,
  now: () => number = Date.now,
): Observable<boolean> => {
  const said$ = messages$.pipe(
    startWith(null),
    map(() => now()),
  );
  const seen$ = said$.pipe(
    switchMap(() => timer(LATE, LOOK).pipe(exhaustMap(() => received()))),
    scan(
      ({ bytes }, next) => ({
        bytes: next.bytes,
        // Of the first look one can't tell what is new, unless the browser says when it came.
        at: next.last ?? (bytes !== null && next.bytes > bytes ? now() : null),
      }),
      { bytes: null, at: null } as { bytes: number | null; at: number | null },
    ),
    map(({ at }) => at),
    filter((at) => at !== null),
  );
  return merge(said$, seen$).pipe(
    scan((latest, at) => Math.max(latest, at), 0),
    distinctUntilChanged(),
    switchMap((at) => {
      const left = at + SILENCE - now();
      return left <= 0
        ? of(false)
        : timer(left).pipe(
            map(() => false),
            startWith(true),
          );
    }),
    distinctUntilChanged(),
  );
};

/** Asks a connection what has come in so far. Never rejects. */
export async function receivedBy(connection: RTCPeerConnection): Promise<Received> {
  const report = await connection.getStats().catch(() => null);
  const pairs = report
    ? [...report.values()].filter(({ type }: { type: string }) => type === 'candidate-pair')
    : [];
  return pairs.reduce<Received>(
    (sum, pair: Readonly<Record<string, unknown>>) => {
      const { bytesReceived, lastPacketReceivedTimestamp: last } = pair;
      return {
        bytes: sum.bytes + (typeof bytesReceived === 'number' ? bytesReceived : 0),
        last: typeof last === 'number' && last > 0 ? Math.max(sum.last ?? 0, last) : sum.last,
      };
    },
    { bytes: 0, last: null },
  );
}
