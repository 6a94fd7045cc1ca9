import {
  BehaviorSubject,
  delay,
  distinctUntilChanged,
  filter,
  finalize,
  map,
  merge,
  type Observable,
  of,
  startWith,
  Subscription,
  switchMap,
  tap,
  timer,
} from 'rxjs';

import type { AnsweredLink } from '../links/answered-link';
import type { LinkState } from '../links/link';
import { keyed } from '../rx/keyed';
import { SHORT_LEASE } from '../signaling/lease';
import type { CallRecord, LinkRecord, Seat } from '../signaling/records';
import { seeded } from '../testing/mesh-scene';
import { VirtualTime } from '../testing/virtual-time';
import { LiveRoster } from './live-roster';

const SEATS = 8;
const LEASE = 3_600_000;
/** From an offer to its document, and from an answer to a connection, in ms. */
const GATHER = 300;
const CONNECT = 200;
/** How long links must be calm before a later member publishes a standing offer, in ms: as in `stay.ts`. */
const CALM = 3_000;
const call: CallRecord = {
  createdAt: 0,
  expiresAt: Infinity,
  seats: SEATS,
  mode: 'mesh',
  door: 'open',
  host: 'uid a',
  hostSeat: 0,
};

/** A call on paper: seats and offers without documents and connections, so that only the rosters decide. */
class Paper {
  readonly seats = new BehaviorSubject<readonly Seat[]>([]);
  readonly links = new BehaviorSubject<readonly LinkRecord[]>([]);
  /** Number of offers written. */
  written = 0;

  offer(link: LinkRecord): void {
    this.written++;
    this.links.next([...this.links.value, link]);
  }

  remove(id: string): void {
    this.links.next(this.links.value.filter((link) => link.id !== id));
  }

  answer(id: string, session: string): void {
    const answer = { session, sdp: '', candidates: [], complete: true };
    this.links.next(
      this.links.value.map((link) => (link.id === id ? { ...link, answer, answered: true } : link)),
    );
  }
}

let ids = 0;

/** A member of the call on paper, with a real roster. */
class PaperMember {
  readonly roster: LiveRoster;
  private readonly subscription = new Subscription();

  constructor(
    private readonly paper: Paper,
    readonly name: string,
    private readonly number: number,
    /** How long news takes to arrive, in ms. */
    private readonly lag: () => number,
  ) {
    this.roster = new LiveRoster(name, () => Date.now());
    const { roster } = this;
    roster.tell({ type: 'call', call });
    const since = Date.now();
    const card = { name };
    const seat: Seat = { number, uid: `uid ${name}`, session: name, since, lease: since + LEASE, card };
    paper.seats.next([...paper.seats.value, seat].sort((a, b) => a.number - b.number));
    const seated = { number, name, since, call, lease: SHORT_LEASE };
    roster.tell({ type: 'seated', seated });
    this.subscription.add(
      merge(
        this.news(paper.seats).pipe(map((seats) => ({ type: 'seats' as const, seats }))),
        this.news(paper.links).pipe(
          map((links) => links.filter((link) => link.seat === number)),
          map((offers) => ({ type: 'offers' as const, seat: number, offers })),
        ),
        this.offering().pipe(map((links) => ({ type: 'offered' as const, links }))),
        this.answering().pipe(map((links) => ({ type: 'answered' as const, links }))),
        roster.part$('calm').pipe(
          switchMap((calm) => (calm ? timer(CALM) : [])),
          map(() => ({ type: 'settled' as const })),
        ),
      ).subscribe((event) => roster.tell(event)),
    );
  }

  leave(): void {
    this.subscription.unsubscribe();
    this.paper.seats.next(this.paper.seats.value.filter(({ session }) => session !== this.name));
  }

  /** The names that this member is connected to, one for each link. */
  get connected(): readonly string[] {
    return this.roster.now.links
      .filter(({ status }) => status === 'connected')
      .map(({ session }) => session!)
      .sort();
  }

  /** The names that this member has offered a link to and is connected to. */
  get offeredTo(): readonly string[] {
    return this.roster.now.offered
      .filter(({ status }) => status === 'connected')
      .map(({ session }) => session!);
  }

  private news<T>(of$: Observable<T>): Observable<T> {
    return of$.pipe(delay(1 + this.lag()));
  }

  private offering(): Observable<readonly LinkState[]> {
    return keyed(
      this.roster.part$('targets'),
      ({ seat, generation }) => `${seat}/${generation}`,
      ({ seat }) => {
        const id = `offer ${++ids}`;
        const link: LinkRecord = {
          seat,
          id,
          from: `uid ${this.name}`,
          fromSeat: this.number,
          revision: 1,
          offer: { session: this.name, sdp: '', candidates: [], complete: true },
          pranswer: null,
          answer: null,
          answered: false,
        };
        const answered$ = this.news(this.paper.links).pipe(
          map((links) => links.find((found) => found.id === id)?.answer?.session),
          filter((session) => session !== undefined),
          distinctUntilChanged(),
        );
        return timer(GATHER + this.lag()).pipe(
          tap(() => this.paper.offer(link)),
          switchMap(() => answered$),
          switchMap((session) => connecting(id, seat, session)),
          startWith(state(id, seat, null, 'waiting')),
          finalize(() => this.paper.remove(id)),
        );
      },
    );
  }

  private answering(): Observable<readonly AnsweredLink[]> {
    return keyed(
      this.roster.part$('answers'),
      ({ id }) => id,
      (link) =>
        timer(this.lag()).pipe(
          tap(() => this.paper.answer(link.id, this.name)),
          switchMap(() => connecting(link.id, link.seat, link.offer!.session)),
          map((now) => ({ link, prepared: null, state: now })),
        ),
    );
  }
}

const state = (id: string, seat: number, session: string | null, status: LinkState['status']) =>
  ({ id, path: { seat, id }, session, provisionalName: null, status, obstacle: null }) as LinkState;

const connecting = (id: string, seat: number, session: string): Observable<LinkState> =>
  of(state(id, seat, session, 'connected')).pipe(
    delay(CONNECT),
    startWith(state(id, seat, session, 'connecting')),
  );

const NAMES = [...'abcdefgh'];
const pairs = NAMES.flatMap((one) => NAMES.filter((other) => one < other).map((other) => one + other));

describe('Eight members', () => {
  let time: VirtualTime;
  let paper: Paper;
  let members: Map<string, PaperMember>;

  beforeEach(() => {
    time = new VirtualTime();
    paper = new Paper();
    members = new Map();
  });

  /** A letter: that member joins at the lowest free seat, or, in upper case, leaves. */
  const play = async (marbles: string, lag: () => number) => {
    const step = (letter: string) => {
      const name = letter.toLowerCase();
      if (letter !== name) return members.get(name)!.leave();
      const held = paper.seats.value.map(({ number }) => number);
      const free = NAMES.findIndex((_, number) => !held.includes(number));
      members.set(name, new PaperMember(paper, name, free, lag));
    };
    const letters = Object.fromEntries([...marbles].map((letter) => [letter, letter]));
    time.play(marbles, letters, step);
    await time.pass(60_000);
  };
  const isFull = () => {
    const everyone = [...members.values()];
    for (const { name, connected } of everyone)
      expect(connected)
        .withContext(name)
        .toEqual(NAMES.filter((other) => other !== name));
    const offered = everyone.flatMap(({ name, offeredTo }) =>
      offeredTo.map((other) => [name, other].sort().join('')),
    );
    expect(offered.sort()).toEqual(pairs);
    // No standing offer: all seats are taken.
    expect(paper.links.value.length).toBe(pairs.length);
  };

  const stories: Readonly<Record<string, readonly [marbles: string, offers: number]>> = {
    'who join one after another, each after the standing offers': [
      'a 6s b 6s c 6s d 6s e 6s f 6s g 6s h',
      pairs.length,
    ],
    'who join at the same moment': ['(abcdefgh)', pairs.length],
    'who join while the links of the one before are being made': [
      'a 400ms b 400ms c 400ms d 400ms e 400ms f 400ms g 400ms h',
      pairs.length,
    ],
  };
  for (const [what, [marbles, offers]] of Object.entries(stories)) {
    it(`${what} are linked in pairs, each with one offer`, async () => {
      await play(marbles, () => 20);
      isFull();
      expect(paper.written).toBe(offers);
    });
  }

  it('one of whom leaves and comes back are linked in pairs', async () => {
    await play('(abcdefgh) 5s C 2s c', () => 20);
    isFull();
  });

  it('are linked in pairs at any times, also if a member leaves and comes back', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = seeded(seed);
      members = new Map();
      paper = new Paper();
      const gap = () => ` ${Math.floor(random() * 1_500) + 1}ms `;
      const back = NAMES[Math.floor(random() * 7)]!;
      const story = NAMES.map((name) => name + gap());
      await play(`${story.join('')}${back.toUpperCase()}${gap()}${back}`, () => random() * 150);
      isFull();
      for (const member of members.values()) member.leave();
      await time.pass(1_000);
    }
  });
});
