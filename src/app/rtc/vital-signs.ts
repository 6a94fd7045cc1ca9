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

import { elapsed } from '../loading/clock';
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
  /** When the last packet came, in ms by the clock of the report; null where the browser does not tell. */
  readonly last: number | null;
  /** When the report was made, in ms by the same clock. That clock may be set forward or back between two reports. */
  readonly at: number;
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
 * Starts with the other side taken as heard just then; `messages$` is subscribed twice.
 *
 * @param now a clock that is never set, in ms
 */
export const heard$ = (
  messages$: Observable<unknown>,
  received: () => Promise<Received>,
  now: () => number = elapsed,
): Observable<boolean> => {
  const said$ = messages$.pipe(
    startWith(null),
    map(() => now()),
  );
  const seen$ = said$.pipe(
    switchMap(() => timer(LATE, LOOK).pipe(exhaustMap(() => received()))),
    scan((before: Look | null, next) => look(before, next, now()), null as Look | null),
    map((seen) => seen?.heard ?? null),
    filter((heard) => heard !== null),
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

/** What one look at the packets has shown. */
interface Look {
  readonly received: Received;
  /** When the look was, in ms by a clock that is never set. */
  readonly time: number;
  /** When a packet came, by the same clock; null when none is known to have come since the look before. */
  readonly heard: number | null;
}

function look(before: Look | null, received: Received, time: number): Look {
  // By the report's clock alone, so that it does not matter what that is set to.
  const age = received.last === null ? 0 : received.at - received.last;
  if (before === null) {
    // The first look can't tell which packets are new, unless the browser says when the last one came.
    const isKnown = received.last !== null && age >= 0;
    return { received, time, heard: isKnown ? time - age : null };
  }
  const came =
    received.bytes > before.received.bytes ||
    (received.last !== null && received.last !== before.received.last);
  const latest = Math.min(Math.max(age, 0), time - before.time);
  return { received, time, heard: came ? time - latest : null };
}

/** Asks a connection what has come in so far. Never rejects. */
export async function receivedBy(connection: RTCPeerConnection): Promise<Received> {
  const report = await connection.getStats().catch(() => null);
  const pairs = report
    ? [...report.values()].filter(({ type }: { type: string }) => type === 'candidate-pair')
    : [];
  return pairs.reduce<Received>(
    (sum, pair: Readonly<Record<string, unknown>>) => {
      const { bytesReceived, lastPacketReceivedTimestamp: last, timestamp } = pair;
      return {
        at: typeof timestamp === 'number' ? timestamp : sum.at,
        bytes: sum.bytes + (typeof bytesReceived === 'number' ? bytesReceived : 0),
        last: typeof last === 'number' && last > 0 ? Math.max(sum.last ?? 0, last) : sum.last,
      };
    },
    { bytes: 0, last: null, at: 0 },
  );
}
