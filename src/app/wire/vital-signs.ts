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

import { noted } from '../log/note';
import { elapsed } from '../loading/clock';
import type { Codec } from './codec';
import type { ControlChannel } from './control-channel';

/** The sender is alive. Sent once a second. */
export const beats: Codec<{ readonly type: 'beat' }> = { beat: () => ({}) };

/** Interval between heartbeats, in ms. */
export const BEAT = 1_000;
/** Time after which a heartbeat is late and the received packets are checked instead, in ms. */
const LATE = 1_200;
/** Interval between checks of the received packets, in ms. */
const LOOK = 200;
/** Time without a message or packet after which the peer counts as unreachable, in ms. */
export const SILENCE = 2_000;

/** What has been received so far, over all candidate pairs (W3C webrtc-stats, RTCIceCandidatePairStats). */
export interface Received {
  /** Bytes received, without connectivity checks. */
  readonly bytes: number;
  /** When the last packet arrived, in ms by the report's clock. Null where the browser doesn't report it. */
  readonly last: number | null;
  /** When the report was made, in ms by the same clock. The clock may be set forward or back between two reports. */
  readonly at: number;
}

/** Sends a heartbeat once a second while subscribed and the channel is open. Emits nothing. */
export const beating = (control: ControlChannel): Observable<never> =>
  control.open$.pipe(
    switchMap((open) => (open ? timer(0, BEAT) : EMPTY)),
    switchMap(() => {
      control.beat();
      return EMPTY;
    }),
  );

/**
 * Whether the peer is heard: false once `SILENCE` has passed since the last message or packet, true with the next one.
 * The peer sends a heartbeat every second, also while it sends other messages. Only when a heartbeat is late are the browser's packet counters
 * read: a lost message is retransmitted after a second or more, while audio and video continue.
 *
 * Starts as if the peer had just been heard. Subscribes to `messages$` twice.
 *
 * @param now a monotonic clock, in ms
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

/** The result of one check of the packet counters. */
interface Look {
  readonly received: Received;
  /** When the check was made, in ms by a monotonic clock. */
  readonly time: number;
  /** When a packet last arrived, by the same clock. Null when none is known to have arrived since the previous check. */
  readonly heard: number | null;
}

function look(before: Look | null, received: Received, time: number): Look {
  // Uses the report's clock alone, so that setting that clock doesn't matter.
  const age = received.last === null ? 0 : received.at - received.last;
  if (before === null) {
    // The first check can't tell which packets are new, unless the browser reports when the last one arrived.
    const isKnown = received.last !== null && age >= 0;
    return { received, time, heard: isKnown ? time - age : null };
  }
  const came =
    received.bytes > before.received.bytes ||
    (received.last !== null && received.last !== before.received.last);
  const latest = Math.min(Math.max(age, 0), time - before.time);
  return { received, time, heard: came ? time - latest : null };
}

/** Reads from a connection's statistics what has been received so far. Never rejects. */
export async function receivedBy(connection: RTCPeerConnection): Promise<Received> {
  const report = await connection.getStats().catch(noted('wire', 'statistics', null));
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
