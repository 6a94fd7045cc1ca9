import {
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  map,
  merge,
  Observable,
  scan,
  Subject,
  switchMap,
  timer,
} from 'rxjs';

import { wallTime } from '../loading/clock';
import { said, type Control } from '../wire/control-channel';
import { ClockGap } from './clock-gap';
import { type LogMessage, logs as logMessages } from './log-messages';
import {
  awaitsAnswer,
  notSending,
  receive,
  sending,
  type OwnLog,
  type Sending,
  type SendingEvent,
} from './reliable-log';

/** Time after which an unacknowledged batch is sent again, in ms. Channels are reliable: this is for messages that were discarded. */
const OVERDUE = 5_000;

/**
 * Sends this member's log over a channel. Emits the number before which the peer has everything.
 *
 * @param log the kind of log
 * @param id this log's id for this receiver
 * @param hello$ emits when the peer begins to listen
 */
export const sendLog = (
  control: Control,
  log: string,
  id: string,
  own$: Observable<OwnLog<unknown>>,
  hello$: Observable<unknown>,
): Observable<number> =>
  new Observable<number>((subscriber) => {
    const overdue$ = new Subject<SendingEvent>();
    const events$ = merge(
      own$.pipe(map((own): SendingEvent => ({ kind: 'log', log: own }))),
      hello$.pipe(map((): SendingEvent => ({ kind: 'hello' }))),
      said(control, logMessages, 'log-ack').pipe(
        filter((ack) => ack.log === log && ack.id === id),
        map(({ next }): SendingEvent => ({ kind: 'ack', next })),
      ),
      overdue$,
    );
    const states = new Subject<Sending>();
    const watch = states
      .pipe(switchMap((state) => (awaitsAnswer(state) ? timer(OVERDUE) : EMPTY)))
      .subscribe(() => overdue$.next({ kind: 'overdue' }));
    watch.add(
      states
        .pipe(
          map(({ has }) => has),
          filter((has) => has !== null),
          distinctUntilChanged(),
        )
        .subscribe(subscriber),
    );
    watch.add(
      events$.pipe(scan(sending, notSending)).subscribe((state) => {
        states.next(state);
        if (state.ask) control.send<LogMessage>({ type: 'log-open', log, id });
        if (state.batch) control.send<LogMessage>({ type: 'log', log, id, now: wallTime(), ...state.batch });
      }),
    );
    return watch;
  });

/** What has arrived of other members' logs of one kind. Outlives channels and links, so that nothing arrives twice. */
export class ReceivedLogs {
  private readonly logs = new Map<string, { session: string; next: number }>();

  /** @param isPresent whether a session is still in the call */
  constructor(private readonly isPresent: (session: string) => boolean) {}

  /**
   * Accepts a log for a member. Only its receiver is given a log's id: a member who knows it after its first owner has left
   * is the same person come back. Returns false when the log belongs to another member, or this member has another log.
   */
  open(id: string, session: string): boolean {
    const known = this.logs.get(id);
    if (known) {
      if (known.session !== session && this.isPresent(known.session)) return false;
      known.session = session;
      return true;
    }
    if ([...this.logs.values()].some((log) => log.session === session)) return false;
    this.logs.set(id, { session, next: 1 });
    this.forget();
    return true;
  }

  /** The number before which everything has arrived; null when the log is not this member's. */
  next(id: string, session: string): number | null {
    const log = this.logs.get(id);
    return log?.session === session ? log.next : null;
  }

  advance(id: string, next: number): void {
    const log = this.logs.get(id);
    if (log) log.next = next;
  }

  /** Forgets departed members, those heard of longest ago first. */
  private forget(): void {
    for (const [id, { session }] of this.logs) {
      if (this.logs.size <= MAX_LOGS) return;
      if (!this.isPresent(session)) this.logs.delete(id);
    }
  }
}

/** Only abuse brings more members than this into one day's call. */
const MAX_LOGS = 64;

/** Entries that arrived. */
export interface Arrived {
  readonly id: string;
  readonly entries: readonly unknown[];
  /** How far this device's clock is ahead of the author's, in ms. */
  readonly ahead: number;
}

/** Receives a member's log of one kind: emits new entries and acknowledges them. */
export const receiveLog = (
  control: Control,
  log: string,
  session: string,
  logs: ReceivedLogs,
): Observable<Arrived> =>
  defer(() => {
    const gap = new ClockGap();
    /** When this side last acknowledged something new: the author sends further entries only after that. */
    let acknowledged = -Infinity;
    return control.messages(logMessages).pipe(
      map((message): Arrived | null => {
        if ((message.type !== 'log-open' && message.type !== 'log') || message.log !== log) return null;
        const { id } = message;
        if (message.type === 'log-open' && !logs.open(id, session)) return null;
        const next = logs.next(id, session);
        if (next === null) return null;
        const got = message.type === 'log' ? receive(next, message) : { next, fresh: [] };
        logs.advance(id, got.next);
        control.send<LogMessage>({ type: 'log-ack', log, id, next: got.next });
        if (message.type === 'log' && got.fresh.length === 0) return null;
        const arrival = wallTime();
        if (message.type === 'log') gap.observe(message.now, acknowledged, arrival);
        acknowledged = arrival;
        return message.type === 'log' ? { id, entries: got.fresh, ahead: gap.ahead } : null;
      }),
      filter((arrived) => arrived !== null),
    );
  });
