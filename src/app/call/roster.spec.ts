import type { AnsweredLink } from '../links/answered-link';
import type { LinkState } from '../links/link';
import { SHORT_LEASE } from '../signaling/lease';
import type { CallRecord, Door, LinkRecord, Seat } from '../signaling/records';
import { newRoster, nextRoster, type Roster, type RosterEvent } from './roster';

const NOW = 1_000_000;
const LEASE = 60_000;

const call: CallRecord = {
  createdAt: 0,
  expiresAt: Infinity,
  seats: 3,
  mode: 'mesh',
  door: 'open',
  host: 'uid 0',
  hostSeat: 0,
};
const NAMES = ['Me', 'Ben', 'Cleo'];
const seat = (number: number, change: Partial<Seat> = {}): Seat => ({
  number,
  uid: `uid ${number}`,
  session: `session ${number}`,
  since: NOW + number,
  lease: NOW + LEASE,
  card: { name: NAMES[number]! },
  ...change,
});
const [me, ben, cleo] = [seat(0), seat(1), seat(2)];
const link = (session: string | null, change: Partial<LinkState> = {}) =>
  ({
    path: { seat: 1, id: 'l' },
    session,
    provisionalName: null,
    status: 'connected',
    ...change,
  }) as LinkState;
const answered = (state: LinkState) => ({ state, prepared: null }) as unknown as AnsweredLink;
const offer = (change: Partial<LinkRecord> = {}): LinkRecord => ({
  seat: 1,
  id: 'offer of 0',
  from: 'uid 0',
  fromSeat: 0,
  revision: 1,
  offer: { session: 'session 0', sdp: '', candidates: [], complete: true },
  pranswer: null,
  answer: null,
  answered: false,
  ...change,
});

/** Events, by a short name each. */
const seats = (...held: readonly Seat[]): RosterEvent => ({ type: 'seats', seats: held });
const seatedAt = (number: number): RosterEvent => ({
  type: 'seated',
  seated: { number, name: NAMES[number]!, since: 0, call, lease: SHORT_LEASE },
});
const offered = (...links: readonly LinkState[]): RosterEvent => ({ type: 'offered', links });
const answers = (...links: readonly LinkState[]): RosterEvent => ({
  type: 'answered',
  links: links.map(answered),
});
const offers = (...records: readonly LinkRecord[]): RosterEvent => ({
  type: 'offers',
  seat: 1,
  offers: records,
});
const left = (session: string): RosterEvent => ({ type: 'left', session });
const lost = (session: string): RosterEvent => ({ type: 'lost', session });
const found = (session: string): RosterEvent => ({ type: 'found', session });
const reached = (is: boolean): RosterEvent => ({ type: 'reached', reached: is });
const door = (set: Door): RosterEvent => ({ type: 'changed', call: { ...call, door: set } });
const told: RosterEvent = { type: 'changed', call, byHost: true };
const waited: RosterEvent = { type: 'waited' };
const settled: RosterEvent = { type: 'settled' };
/** When the leases of all seats have run out. */
const later = NOW + 2 * LEASE;
/** My seat, whose lease I have renewed. */
const renewed = seat(0, { lease: later + LEASE });

/** One step of a story: an event, or an event at a time. */
type Step = RosterEvent | readonly [event: RosterEvent, now: number];

const after = (self: string, ...steps: readonly Step[]): Roster =>
  steps.reduce(
    (roster: Roster, step) =>
      'type' in step ? nextRoster(roster, step, NOW) : nextRoster(roster, step[0], step[1]),
    newRoster(self),
  );
const namesIn = ({ members }: Roster) => members.map(({ name }) => name);
const targetsOf = ({ targets }: Roster) =>
  targets.map(({ seat: at, session, generation }) => `${at}/${generation} ${session ?? 'next'}`);
const noticesIn = ({ notices }: Roster) =>
  notices.map((notice) => ('name' in notice ? `${notice.name} ${notice.kind}` : notice.kind));

/** I host the call, alone. */
const alone: readonly Step[] = [seatedAt(0), seats(me)];
/** Ben has joined, and the link to him is up. */
const withBen: readonly Step[] = [...alone, seats(me, ben), offered(link('session 1'))];

describe('The roster', () => {
  interface Case {
    readonly steps: readonly Step[];
    readonly members: readonly string[];
    readonly notices?: readonly string[];
    readonly targets: readonly string[];
  }
  const cases: Readonly<Record<string, Case>> = {
    'is empty before anything is known': { steps: [], members: [], targets: [] },
    'offers nothing before this member’s seat is known': { steps: [seatedAt(0)], members: [], targets: [] },
    'offers a standing offer for the next member': { steps: alone, members: [], targets: ['1/0 next'] },
    'shows the members who are there from the start at once, without a notice': {
      steps: [seatedAt(0), seats(me, ben)],
      members: ['Ben'],
      targets: ['1/0 session 1'],
    },
    'makes the standing offer again once the door asks': {
      steps: [...alone, door('ask')],
      members: [],
      targets: ['1/1 next'],
    },
    'makes the standing offer again when the host tells of a change but the call is as it was: someone was removed':
      {
        steps: [...alone, told],
        members: [],
        targets: ['1/1 next'],
      },
    'leaves the standing offer after a read that found nothing new': {
      steps: [...alone, door('open')],
      members: [],
      targets: ['1/0 next'],
    },
    'leaves the standing offer where the door opens': {
      steps: [...alone, door('ask'), door('open')],
      members: [],
      targets: ['1/1 next'],
    },
    'leaves the link to a member as it is when the door narrows': {
      steps: [...withBen, door('ask')],
      members: ['Ben'],
      targets: ['1/0 session 1'],
    },
    'withholds a newcomer without a link': {
      steps: [...alone, seats(me, ben)],
      members: [],
      targets: ['1/0 session 1'],
    },
    'shows a newcomer with a link': {
      steps: [...alone, seats(me, ben), offered(link('session 1', { status: 'connecting' }))],
      members: ['Ben'],
      notices: ['Ben joined'],
      targets: ['1/0 session 1'],
    },
    'shows a newcomer after a while without a link too': {
      steps: [...alone, seats(me, ben), waited],
      members: ['Ben'],
      notices: ['Ben joined'],
      targets: ['1/0 session 1'],
    },
    'withholds no member because of a newcomer': {
      steps: [...withBen, seats(me, ben, cleo)],
      members: ['Ben'],
      targets: ['1/0 session 1', '2/0 session 2'],
    },
    'shows a member who connected by a provisional answer before their seat is known': {
      steps: [...alone, offered(link('session 1', { provisionalName: 'Ben at once' }))],
      members: ['Ben at once'],
      notices: ['Ben at once joined'],
      targets: ['1/0 next'],
    },
    'does not show them once their seat was seen and is held no longer': {
      steps: [
        ...alone,
        offered(link('session 1', { provisionalName: 'Ben at once' })),
        seats(me, ben),
        seats(me),
      ],
      members: [],
      notices: ['Ben left'],
      targets: ['1/1 next'],
    },
    'removes a member who says bye, and offers them nothing while they hold the seat': {
      steps: [...withBen, left('session 1')],
      members: [],
      notices: ['Ben left'],
      targets: ['2/0 next'],
    },
    'never brings back a member who said bye': {
      steps: [...withBen, left('session 1'), found('session 1')],
      members: [],
      targets: ['2/0 next'],
    },
    'offers the next generation once the seat is free': {
      steps: [...withBen, left('session 1'), seats(me)],
      members: [],
      targets: ['1/1 next'],
    },
    'removes a member who was not heard, and still offers a link': {
      steps: [...withBen, offered(link('session 1', { status: 'reconnecting' })), lost('session 1')],
      members: [],
      notices: ['Ben lost'],
      targets: ['1/0 session 1'],
    },
    'brings them back once a link reaches them': {
      steps: [...withBen, lost('session 1'), found('session 1')],
      members: ['Ben'],
      notices: ['Ben joined'],
      targets: ['1/0 session 1'],
    },
    'keeps a member whose lease ran out while the link is active': {
      steps: [...withBen, [seats(renewed, ben), later]],
      members: ['Ben'],
      targets: ['1/0 session 1'],
    },
    'drops a member whose lease ran out and whose link is not active': {
      steps: [...withBen, offered(link('session 1', { status: 'failed' })), [seats(renewed, ben), later]],
      members: [],
      notices: ['Ben lost'],
      targets: ['1/1 next'],
    },
    'drops nobody while Firestore is unreachable': {
      steps: [...withBen, reached(false), offered(), [seats(renewed, ben), later]],
      members: ['Ben'],
      targets: ['1/1 next'],
    },
    'says that a member left whose seat was freed': {
      steps: [...withBen, seats(me)],
      members: [],
      notices: ['Ben left'],
      targets: ['1/1 next'],
    },
    'offers nothing at a free seat while the call is closed': {
      steps: [...withBen, door('closed')],
      members: ['Ben'],
      targets: ['1/0 session 1'],
    },
    'offers at a free seat again once the call is open': {
      steps: [...withBen, door('closed'), door('open')],
      members: ['Ben'],
      targets: ['1/0 session 1'],
    },
    'gives notice that a change could not be saved': {
      steps: [...withBen, { type: 'notice', notice: { kind: 'unsaved' } }],
      members: ['Ben'],
      notices: ['unsaved'],
      targets: ['1/0 session 1'],
    },
    'publishes a standing offer for a later member once the links have been up for a while': {
      steps: [...withBen, settled],
      members: ['Ben'],
      targets: ['1/0 session 1', '2/0 next'],
    },
    'publishes it too when a link can’t be made': {
      steps: [
        ...alone,
        seats(me, ben),
        offered(link('session 1', { status: 'connecting', obstacle: 'noRelay' })),
        settled,
      ],
      members: ['Ben'],
      targets: ['1/0 session 1', '2/0 next'],
    },
    'does not publish it while a link is being made': {
      steps: [...alone, seats(me, ben), offered(link('session 1', { status: 'connecting' })), settled],
      members: ['Ben'],
      targets: ['1/0 session 1'],
    },
    'does not publish it while a link is being recovered': {
      steps: [...withBen, offered(link('session 1', { status: 'reconnecting' })), settled],
      members: ['Ben'],
      targets: ['1/0 session 1'],
    },
    'keeps what is published while a link is being recovered': {
      steps: [...withBen, settled, offered(link('session 1', { status: 'reconnecting' }))],
      members: ['Ben'],
      targets: ['1/0 session 1', '2/0 next'],
    },
    'does not count the calm before a newcomer': {
      steps: [...alone, settled, seats(me, ben), offered(link('session 1'))],
      members: ['Ben'],
      notices: ['Ben joined'],
      targets: ['1/0 session 1'],
    },
    'makes the standing offer the link to the newcomer who takes the seat, and publishes no other': {
      steps: [...withBen, settled, seats(me, ben, cleo), settled],
      members: ['Ben'],
      targets: ['1/0 session 1', '2/0 session 2'],
    },
    'publishes the standing offer at the lowest free seat': {
      steps: [seatedAt(0), seats(me, cleo), offered(link('session 2')), settled, seats(me, cleo)],
      members: ['Cleo'],
      targets: ['2/0 session 2', '1/0 next'],
    },
    'ignores the call’s record once this member is seated': {
      steps: [...withBen, { type: 'call', call: null }],
      members: ['Ben'],
      targets: ['1/0 session 1'],
    },
  };
  for (const [what, { steps, members, notices = [], targets }] of Object.entries(cases)) {
    it(what, () => {
      const roster = after('session 0', ...steps);
      expect(namesIn(roster)).toEqual(members);
      expect(noticesIn(roster)).toEqual(notices);
      expect(targetsOf(roster)).toEqual(targets);
    });
  }

  it('says while a newcomer is withheld', () => {
    expect(after('session 0', ...alone, seats(me, ben)).withholds).toBeTrue();
    expect(after('session 0', ...alone, seats(me, ben), waited).withholds).toBeFalse();
    expect(after('session 0', ...withBen).withholds).toBeFalse();
  });

  describe('of a member whose seat is held no longer', () => {
    const lostSeats: Readonly<Record<string, readonly [steps: readonly Step[], lost: Roster['lostSeat']]>> = {
      'says nothing while it is held': [[...alone, seats(me)], null],
      'says nothing before it was held': [[seatedAt(0), seats()], null],
      'says that they were removed': [[...alone, seats()], 'removed'],
      'says that they were removed while they hear the others': [[...withBen, seats(ben)], 'removed'],
      'says that they were removed before a link was up': [
        [...alone, seats(me, ben), offered(link('session 1', { status: 'connecting' })), seats(ben)],
        'removed',
      ],
      'says that they were given up while they hear nobody': [
        [...withBen, offered(link('session 1', { status: 'reconnecting' })), seats(ben)],
        'silence',
      ],
    };
    for (const [what, [steps, expected]] of Object.entries(lostSeats)) {
      it(what, () => expect(after('session 0', ...steps).lostSeat).toBe(expected));
    }

    it('says that they were given up while they hear others, but not the host', () => {
      const roster = after(
        'session 1',
        seatedAt(1),
        seats(me, ben, cleo),
        answers(link('session 0')),
        offered(link('session 2')),
        lost('session 0'),
        seats(me, cleo),
      );
      expect(roster.lostSeat).toBe('silence');
    });
  });

  describe('of missing members', () => {
    const long = seat(1, { lease: NOW + 870_000 });
    const again = seat(1, { lease: NOW + 900_000 });
    const goes: Readonly<
      Record<string, readonly [steps: readonly Step[], gone: readonly string[], abandoned: number]>
    > = {
      'finds nobody at first': [withBen, [], 0],
      'finds a member who said bye gone': [[...withBen, left('session 1')], ['session 1'], 0],
      'finds a member gone whose seat was freed': [[...withBen, offered(), seats(me)], ['session 1'], 0],
      'finds a member gone whose lease ended without a link': [
        [...withBen, offered(), [seats(renewed, ben), later]],
        ['session 1'],
        0,
      ],
      'finds nobody gone whose link is up': [[...withBen, [seats(renewed, ben), later]], [], 0],
      'finds nobody gone while Firestore is unreachable': [
        [...withBen, offered(), reached(false), [seats(renewed, ben), later]],
        [],
        0,
      ],
      'finds a member who was not heard neither gone nor, with a short lease, the seat abandoned': [
        [...withBen, [lost('session 1'), NOW + 40_000]],
        [],
        0,
      ],
      'finds a seat abandoned whose holder was not heard and did not renew': [
        [...alone, seats(me, long), [lost('session 1'), NOW + 40_000]],
        [],
        1,
      ],
      'finds no seat abandoned whose holder renewed during the silence': [
        [...alone, seats(me, long), [seats(me, again), NOW + 25_000], [lost('session 1'), NOW + 40_000]],
        [],
        0,
      ],
      'finds no seat abandoned whose holder renews afterwards': [
        [...alone, seats(me, long), [lost('session 1'), NOW + 40_000], [seats(me, again), NOW + 41_000]],
        [],
        0,
      ],
      'finds no seat abandoned whose holder is back': [
        [...alone, seats(me, long), [lost('session 1'), NOW + 40_000], [found('session 1'), NOW + 41_000]],
        [],
        0,
      ],
      'finds a seat abandoned that was not freed after a bye': [
        [...alone, seats(me, long), [left('session 1'), NOW + 40_000]],
        ['session 1'],
        1,
      ],
    };
    for (const [what, [steps, gone, abandoned]] of Object.entries(goes)) {
      it(what, () => {
        const roster = after('session 0', ...steps);
        expect([...roster.gone]).toEqual([...gone]);
        expect(roster.abandoned.length).toBe(abandoned);
      });
    }
  });

  it('keeps what has not changed as the same object, so that no link starts over', () => {
    const before = after('session 1', { type: 'call', call }, seats(me), offers(offer()), seatedAt(1));
    const same = nextRoster(before, seats(me), NOW);
    const unknown = newRoster('session 1');
    for (const part of ['targets', 'answers', 'orphans', 'active'] as const) {
      expect(same[part]).toBe(before[part]);
      expect(nextRoster(unknown, seats(me), NOW)[part]).toBe(unknown[part]);
    }
  });

  describe('of the answering member', () => {
    const opened: readonly Step[] = [{ type: 'call', call }, seats(me)];
    const seated: readonly Step[] = [...opened, seatedAt(1), seats(me, ben)];
    const broken = offer({ offer: null });
    const restart = offer({ revision: 2 });
    const table: Readonly<
      Record<string, readonly [steps: readonly Step[], answers: readonly LinkRecord[], orphans: number]>
    > = {
      'answers no offer before the call’s record is known': [[seats(me), offers(offer())], [], 0],
      'answers an offer while it waits': [[...opened, offers(offer())], [offer()], 0],
      'answers it in the seat': [[...seated, offers(offer())], [offer()], 0],
      'answers a restart of a link that it answered': [
        [...seated, offers(offer()), offers(restart)],
        [restart],
        0,
      ],
      'does not answer a restart of another link': [[...seated, offers(restart)], [], 0],
      'does not answer what another member answered': [[...seated, offers(offer({ answered: true }))], [], 0],
      'keeps a link whose next offer fails to decrypt': [
        [...seated, offers(offer()), offers(broken)],
        [offer()],
        1,
      ],
      'finds an offer without a member behind it': [[...seated, seats(ben), offers(offer())], [], 1],
      'does not answer a member who said bye, whose offer is not an orphan yet': [
        [...seated, offers(offer()), left('session 0')],
        [],
        0,
      ],
      'keeps a member whose lease ran out while the link is active': [
        [...seated, offers(offer()), answers(link('session 0')), [seats(me, ben), later]],
        [offer()],
        0,
      ],
    };
    for (const [what, [steps, expected, orphans]] of Object.entries(table)) {
      it(what, () => {
        const roster = after('session 1', ...steps);
        expect(roster.answers).toEqual(expected);
        expect(roster.orphans.length).toBe(orphans);
      });
    }

    it('listens for offers at its own seat, if there are earlier members', () => {
      expect(after('session 1', ...opened).answersAt).toBeNull();
      expect(after('session 1', ...seated).answersAt).toBe(1);
      expect(after('session 0', ...withBen).answersAt).toBeNull();
    });
  });
});
