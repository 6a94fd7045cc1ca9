import {
  concat,
  concatMap,
  defer,
  delayWhen,
  EMPTY,
  filter,
  fromEvent,
  ignoreElements,
  interval,
  map,
  merge,
  Observable,
  of,
  raceWith,
  ReplaySubject,
  startWith,
  switchMap,
  take,
  takeUntil,
  tap,
  throwError,
  timer,
} from 'rxjs';

import { noted } from '../log/note';
import { peerConnection } from '../rtc/peer-connection';
import type { CreateConnection } from './gathering';
import { median } from './finding';

/** What the path to the relay and back carries. */
export interface RelayFigures {
  /** Payload, in bit/s; at most `MOST`. */
  readonly rate: number;
  /** Loss at no more than the rate of a call, 0…1. */
  readonly loss: number;
  /**
   * Round trip to the relay, in ms: half the round trip of the loopback, which passes that path twice. Null if nothing arrived.
   */
  readonly roundTrip: number | null;
}

/** Duration of each part, in ms. */
export interface LoopbackTimes {
  readonly connect: number;
  readonly steady: number;
  readonly full: number;
  /** Wait for messages still in flight. */
  readonly stragglers: number;
}

const TIMES: LoopbackTimes = { connect: 10_000, steady: 2_000, full: 3_000, stragglers: 400 };

/** Maximum rate, in bit/s: more than a call ever needs. The operator of the relay pays for the traffic. */
export const MOST = 10e6;
/** Size of a message, in bytes: fits into one packet with all headers. */
const SIZE = 1_100;
/** The steady part: messages per turn, and ms between turns. About 0.9 Mbit/s, like a call. */
const STEADY = { messages: 2, every: 20 };
/** Maximum number of bytes waiting to be sent: enough to keep a fast path busy, too little for a slow one to lag behind. */
const BUFFERED = 65_536;
/** Interval between checks of how much may be sent, in ms. */
const TURN = 5;

const STEADILY = 0;
const FULLY = 1;

/**
 * Sends data through a relay from this page to itself: two connections that use only the relay, and a channel without ordering
 * or retransmission (RFC 8831, section 6.1). First no faster than a call, for loss and round trip, then as fast as the path
 * allows. Emits the figures once; errors if no path through the relay is found in time.
 */
export const relayLoopback = (
  create: CreateConnection,
  iceServers: readonly RTCIceServer[],
  times: LoopbackTimes = TIMES,
): Observable<RelayFigures> => {
  const configuration: RTCConfiguration = { iceServers: [...iceServers], iceTransportPolicy: 'relay' };
  const connection$ = defer(() => peerConnection(() => create(configuration)));
  return connection$.pipe(
    switchMap((near) =>
      connection$.pipe(
        switchMap((far) => {
          const options: RTCDataChannelInit = { negotiated: true, id: 0, ordered: false, maxRetransmits: 0 };
          const [from, to] = [near, far].map((one) => one.createDataChannel('loop', options));
          const failed$ = merge(
            timer(times.connect),
            fromEvent(near, 'connectionstatechange').pipe(filter(() => near.connectionState === 'failed')),
          ).pipe(switchMap(() => throwError(() => new Error('no way through the relay'))));
          const open$ = merge(opened(from!), opened(to!)).pipe(
            filter(() => from!.readyState === 'open' && to!.readyState === 'open'),
            take(1),
          );
          return merge(
            joined(near, far).pipe(ignoreElements()),
            open$.pipe(
              raceWith(failed$),
              switchMap(() => measured(from!, to!, times)),
            ),
          ).pipe(take(1));
        }),
      ),
    ),
  );
};

const opened = (channel: RTCDataChannel) => fromEvent(channel, 'open').pipe(startWith(null));

/** Exchanges descriptions and candidates between the two connections while subscribed. */
const joined = (near: RTCPeerConnection, far: RTCPeerConnection): Observable<unknown> => {
  const described$ = new ReplaySubject<void>(1);
  const describes$ = defer(async () => {
    await near.setLocalDescription();
    await far.setRemoteDescription(near.localDescription!);
    await far.setLocalDescription();
    await near.setRemoteDescription(far.localDescription!);
    described$.next();
  });
  const handed = (from: RTCPeerConnection, to: RTCPeerConnection) =>
    fromEvent<RTCPeerConnectionIceEvent>(from, 'icecandidate').pipe(
      // Candidates wait until both connections have their descriptions.
      delayWhen(() => described$),
      concatMap(({ candidate }) =>
        candidate ? to.addIceCandidate(candidate).catch(noted('doctor', 'candidate')) : EMPTY,
      ),
    );
  return merge(handed(near, far), handed(far, near), describes$);
};

/** Counts of messages that arrived at the far side and came back. */
class Tally {
  readonly sent = [0, 0];
  readonly received = [0, 0];
  readonly echoes: number[] = [];
  /** When the first and the last message of the full part arrived, in ms. */
  private first: number | null = null;
  private last = 0;

  count(phase: number): void {
    this.received[phase]! += 1;
    if (phase !== FULLY) return;
    this.last = performance.now();
    this.first ??= this.last;
  }

  figures(): RelayFigures {
    const [sent = 0] = this.sent;
    const [received = 0, fast = 0] = this.received;
    // The first message starts the span and is not counted in it.
    const span = this.last - (this.first ?? this.last);
    const echo = median(this.echoes);
    return {
      rate: span > 0 ? Math.min(MOST, ((fast - 1) * SIZE * 8 * 1000) / span) : 0,
      loss: sent > 0 ? Math.max(0, 1 - received / sent) : 0,
      roundTrip: echo === null ? null : echo / 2,
    };
  }
}

const measured = (from: RTCDataChannel, to: RTCDataChannel, times: LoopbackTimes): Observable<RelayFigures> =>
  defer(() => {
    const tally = new Tally();
    from.binaryType = to.binaryType = 'arraybuffer';
    const there$ = messages(to).pipe(
      tap((message) => {
        const phase = message.getUint8(0);
        tally.count(phase);
        // A small echo, so that the outward path is what is measured.
        if (phase === STEADILY && to.readyState === 'open') to.send(message.buffer.slice(0, 9));
      }),
    );
    const back$ = messages(from).pipe(
      tap((message) => tally.echoes.push(performance.now() - message.getFloat64(1))),
    );
    const send = (phase: number) => {
      if (from.readyState !== 'open') return;
      const message = new DataView(new ArrayBuffer(SIZE));
      message.setUint8(0, phase);
      message.setFloat64(1, performance.now());
      from.send(message.buffer);
      tally.sent[phase]! += 1;
    };
    const steady$ = interval(STEADY.every).pipe(
      takeUntil(timer(times.steady)),
      tap(() => {
        for (let one = 0; one < STEADY.messages; one++) send(STEADILY);
      }),
    );
    const full$ = defer(() => {
      const begun = performance.now();
      return interval(TURN).pipe(
        takeUntil(timer(times.full)),
        tap(() => {
          const allowed = ((performance.now() - begun) / 1000) * (MOST / 8);
          while (from.bufferedAmount < BUFFERED && tally.sent[FULLY]! * SIZE < allowed) send(FULLY);
        }),
      );
    });
    const rest$ = timer(times.stragglers);
    const parts$ = concat(steady$, rest$, full$, rest$).pipe(ignoreElements());
    const result$ = concat(
      parts$,
      defer(() => of(tally.figures())),
    );
    return merge(merge(there$, back$).pipe(ignoreElements()), result$);
  });

const messages = (channel: RTCDataChannel) =>
  fromEvent<MessageEvent<ArrayBuffer>>(channel, 'message').pipe(map(({ data }) => new DataView(data)));
