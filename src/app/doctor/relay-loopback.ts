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

import { peerConnection } from '../rtc/peer-connection';
import type { CreateConnection } from './gathering';
import { median } from './finding';

/** What the way to the relay and back carries. */
export interface RelayFigures {
  /** bit/s of payload; never more than `MOST`. */
  readonly rate: number;
  /** Of what is sent no faster than a call, 0…1. */
  readonly loss: number;
  /** To the relay and back, ms; half of what it takes through it and back, which is twice that way. Null when nothing came. */
  readonly roundTrip: number | null;
}

/** How long each part takes, ms. */
export interface LoopbackTimes {
  readonly connect: number;
  readonly steady: number;
  readonly full: number;
  /** For what is still on its way. */
  readonly stragglers: number;
}

const TIMES: LoopbackTimes = { connect: 10_000, steady: 2_000, full: 3_000, stragglers: 400 };

/** More than a call ever needs, bit/s: whoever runs the relay pays for what goes through it. */
export const MOST = 10e6;
/** Bytes of a message: with all headers within one packet. */
const SIZE = 1_100;
/** The steady part: messages of one turn, and between two turns, ms. About 0.9 Mbit/s, what a call takes. */
const STEADY = { messages: 2, every: 20 };
/** Bytes that may wait to be sent: enough to keep a fast path busy, too little for a slow one to lag behind. */
const BUFFERED = 65_536;
/** Between two looks at what may be sent, ms. */
const TURN = 5;

const STEADILY = 0;
const FULLY = 1;

/**
 * Sends through a relay from this page to itself: two connections that use nothing but the relay, and a channel that neither
 * orders nor repeats (RFC 8831, section 6.1). First no faster than a call, for loss and round trip, then as fast as the path
 * takes it. Emits the figures once; errors when no way through the relay is found in time.
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

/** Hands descriptions and candidates from one to the other for as long as somebody is subscribed. */
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
      // Those that come before both know of each other wait.
      delayWhen(() => described$),
      concatMap(({ candidate }) =>
        candidate ? to.addIceCandidate(candidate).catch(() => undefined) : EMPTY,
      ),
    );
  return merge(handed(near, far), handed(far, near), describes$);
};

/** What has come at the far side, and come back. */
class Tally {
  readonly sent = [0, 0];
  readonly received = [0, 0];
  readonly echoes: number[] = [];
  /** When the first and the last of the full part came, ms. */
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
    // The first of them opens the span and is not counted in it.
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
        // A small one, so that it is the way there that is measured.
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
