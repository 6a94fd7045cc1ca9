import { BehaviorSubject, Observable, Subject } from 'rxjs';

import { Call, type Intent } from '../call/call';
import type { CallState, Door, LinkStatus, Member, Notice, Outcome } from '../call/call-state';
import type { LinkStatistics, SignalingCost, StreamStatistics } from '../call/call-statistics';

type Seated = Extract<CallState, { phase: 'seated' }>;

/** A member as pages receive it; connected and sending both by default. */
export const fakeMember = (member: Partial<Member> = {}): Member => ({
  session: 'ann0000000000000',
  seat: 1,
  name: 'Ann',
  status: 'connected',
  stream: null,
  microphone: true,
  camera: true,
  mismatch: null,
  obstacle: null,
  ...member,
});

/** The state of a member alone in a call of two seats, by default. */
export const fakeSeated = (state: Partial<Omit<Seated, 'phase'>> = {}): Seated => ({
  phase: 'seated',
  session: 'me00000000000000',
  seat: 0,
  name: 'Kim',
  seats: 2,
  isHost: true,
  host: state.isHost === false ? null : (state.session ?? 'me00000000000000'),
  door: 'open',
  waiting: [],
  turnedAway: [],
  since: performance.now(),
  members: [],
  signaling: true,
  ...state,
});

const silent: StreamStatistics = {
  codec: null,
  active: null,
  bitRate: null,
  width: null,
  height: null,
  frameRate: null,
  loss: null,
  jitter: null,
};

/** Statistics of a healthy link between two hosts. */
export const fakeStatistics = (statistics: Partial<LinkStatistics> = {}): LinkStatistics => ({
  at: Date.now(),
  roundTripTime: 42,
  dropped: 0,
  refusal: null,
  handshake: 'connected',
  local: 'host',
  remote: 'srflx',
  protocol: 'udp',
  unusedPath: false,
  encoding: { share: null, limited: false },
  available: 2_500_000,
  sent: {
    audio: { ...silent, codec: 'audio/opus', bitRate: 32_000 },
    video: { ...silent, codec: 'video/VP9', bitRate: 1_200_000, width: 1280, height: 720, frameRate: 30 },
  },
  received: {
    audio: { ...silent, codec: 'audio/opus', bitRate: 31_000, loss: 0, jitter: 3 },
    video: {
      ...silent,
      codec: 'video/VP9',
      bitRate: 1_500_000,
      width: 1280,
      height: 720,
      frameRate: 29,
      loss: 0.004,
      jitter: 5,
    },
  },
  ...statistics,
});

/** A request from a page to the call. */
export type Asked =
  | readonly ['open', string, Intent, string?]
  | readonly ['prepare' | 'leave' | 'retry']
  | readonly ['openAhead', string, string | null]
  | readonly ['join', string]
  | readonly ['setDoor', Door]
  | readonly ['setSeats', number]
  | readonly ['admit' | 'refuse' | 'admitAhead' | 'remove' | 'handOver', string]
  | readonly ['end']
  | readonly ['askToMute', string | null];

/** A call that does nothing by itself. Specs simulate events and inspect what was asked of it. */
export class FakeCall extends Call {
  /** Everything asked so far, in order. */
  readonly asked: Asked[] = [];
  /** Whether `admitAhead` succeeds. */
  savesAhead = true;
  /** What becomes of `admit` and `refuse`. */
  outcome: Outcome = 'done';

  readonly #state = new BehaviorSubject<CallState>({ phase: 'opening' });
  readonly #notices = new Subject<Notice>();
  readonly #cost = new BehaviorSubject<SignalingCost>({ writes: 0, reads: 0, deletes: 0 });
  readonly #polling = new BehaviorSubject(false);
  readonly #statistics = new Map<string, BehaviorSubject<LinkStatistics>>();

  readonly state$ = this.#state.asObservable();
  readonly notices$ = this.#notices.asObservable();
  readonly cost$ = this.#cost.asObservable();
  readonly polling$ = this.#polling.asObservable();

  /** Whether the state has subscribers. */
  get watched(): boolean {
    return this.#state.observed;
  }

  open(code: string, intent: Intent, name: string | null = null): void {
    this.asked.push(name === null ? ['open', code, intent] : ['open', code, intent, name]);
  }

  openAhead(code: string, name: string | null = null): void {
    this.asked.push(['openAhead', code, name]);
  }

  prepare(): void {
    this.asked.push(['prepare']);
  }

  join(name: string): void {
    this.asked.push(['join', name]);
  }

  leave(): void {
    this.asked.push(['leave']);
  }

  retry(): void {
    this.asked.push(['retry']);
  }

  setDoor(door: Door): void {
    this.asked.push(['setDoor', door]);
  }

  setSeats(seats: number): void {
    this.asked.push(['setSeats', seats]);
  }

  admit(id: string): Promise<Outcome> {
    this.asked.push(['admit', id]);
    return Promise.resolve(this.outcome);
  }

  refuse(id: string): Promise<Outcome> {
    this.asked.push(['refuse', id]);
    return Promise.resolve(this.outcome);
  }

  admitAhead(id: string): Promise<boolean> {
    this.asked.push(['admitAhead', id]);
    return Promise.resolve(this.savesAhead);
  }

  remove(session: string): void {
    this.asked.push(['remove', session]);
  }

  handOver(session: string): void {
    this.asked.push(['handOver', session]);
  }

  end(): void {
    this.asked.push(['end']);
  }

  askToMute(session: string | null): void {
    this.asked.push(['askToMute', session]);
  }

  statistics$(session: string): Observable<LinkStatistics> {
    return this.#figures(session);
  }

  simulateState(state: CallState): void {
    this.#state.next(state);
  }

  /** Takes a seat, with these members in the call. */
  simulateSeated(state: Partial<Omit<Seated, 'phase'>> = {}): void {
    this.#state.next(fakeSeated(state));
  }

  /** Changes the status of all members' links; the call must be seated. */
  simulateStatus(status: LinkStatus): void {
    const state = this.#seated();
    this.#state.next({ ...state, members: state.members.map((member) => ({ ...member, status })) });
  }

  /** Removes a member and shows a notice about it. */
  simulateLeft(session: string, kind: 'left' | 'lost' = 'left'): void {
    const state = this.#seated();
    const name = state.members.find((member) => member.session === session)?.name ?? '';
    this.#state.next({ ...state, members: state.members.filter((member) => member.session !== session) });
    this.#notices.next({ kind, name });
  }

  simulateNotice(notice: Notice): void {
    this.#notices.next(notice);
  }

  simulatePolling(polling: boolean): void {
    this.#polling.next(polling);
  }

  simulateCost(cost: SignalingCost): void {
    this.#cost.next(cost);
  }

  simulateStatistics(session: string, statistics: LinkStatistics): void {
    this.#figures(session).next(statistics);
  }

  #figures(session: string): BehaviorSubject<LinkStatistics> {
    const known = this.#statistics.get(session);
    if (known) return known;
    const figures = new BehaviorSubject(fakeStatistics());
    this.#statistics.set(session, figures);
    return figures;
  }

  #seated(): Seated {
    const state = this.#state.value;
    if (state.phase !== 'seated') throw new Error(`the fake call is ${state.phase}, not seated`);
    return state;
  }
}
