import { merge, shareReplay, Subscription, switchMap, tap } from 'rxjs';

import type { AnsweredLink } from '../links/answered-link';
import { CallSignaling } from '../signaling/call-signaling';
import { newCode } from '../signaling/code';
import { codeKeys } from '../signaling/code-keys';
import type { CodeKeys } from '../signaling/code-keys';
import { firstLease, untilLeases } from '../signaling/lease';
import type { CallRecord } from '../signaling/records';
import { MemoryDatabase, type MemoryDocuments } from '../testing/memory-documents';
import { VirtualTime } from '../testing/virtual-time';
import { within } from '../testing/within';
import { freeing, holding } from './holding';
import { LiveRoster } from './live-roster';

const HOUR = 3_600_000;
const SEATS = 8;

/** A member as far as leases go: real documents and a real roster, whose links are up from the start. */
class Holder {
  readonly session: string;
  readonly documents: MemoryDocuments;
  readonly roster: LiveRoster;
  private readonly signaling: CallSignaling;
  private readonly subscription = new Subscription();

  constructor(
    database: MemoryDatabase,
    keys: CodeKeys,
    readonly number: number,
  ) {
    this.session = String(number).repeat(16);
    this.documents = database.user(`uid ${number}`);
    this.signaling = new CallSignaling(this.documents, keys);
    this.roster = new LiveRoster(this.session, () => this.documents.now());
  }

  async sitDown(): Promise<void> {
    const { session, number, roster, signaling, documents } = this;
    const lease = firstLease(number + 1);
    const card = { name: `name ${number}` };
    const call: CallRecord = {
      createdAt: 0,
      expiresAt: Infinity,
      seats: SEATS,
      mode: 'mesh',
      door: 'open',
      host: 'uid 0',
      hostSeat: 0,
    };
    if (number === 0) await signaling.create(session, card, SEATS);
    else await signaling.takeSeat(number, session, card, [], undefined, lease.length);
    const links = Array.from({ length: SEATS }, (_, other) => ({
      state: {
        session: String(other).repeat(16),
        status: 'connected',
        provisionalName: null,
        obstacle: null,
      },
    })) as unknown as readonly AnsweredLink[];
    roster.tell({ type: 'answered', links });
    roster.tell({ type: 'seated', seated: { number, name: card.name, since: 0, call, lease } });
    const seats$ = signaling.seats$.pipe(
      switchMap((seats) => untilLeases(seats, () => documents.now())),
      tap((seats) => roster.tell({ type: 'seats', seats })),
      shareReplay({ bufferSize: 1, refCount: true }),
    );
    const context = { roster, signaling, uid: documents.uid };
    const seated = roster.now.seated!;
    this.subscription.add(merge(seats$, holding(context, seated), freeing(context)).subscribe());
  }

  crash(): void {
    this.subscription.unsubscribe();
  }

  leave(): Promise<void> {
    this.crash();
    return this.signaling.farewell({ last: false, successor: null, admission: false });
  }
}

describe('Leases', () => {
  let time: VirtualTime;
  let database: MemoryDatabase;
  let keys: CodeKeys;
  let members: Holder[];

  const spent = () =>
    members.reduce(
      (sum, { documents }) => {
        let now = { writes: 0, reads: 0, deletes: 0 };
        documents.operations$.subscribe((count) => (now = count)).unsubscribe();
        return {
          writes: sum.writes + now.writes,
          reads: sum.reads + now.reads,
          deletes: sum.deletes + now.deletes,
        };
      },
      { writes: 0, reads: 0, deletes: 0 },
    );
  const cost = async (during: () => Promise<void>) => {
    const before = spent();
    await during();
    const after = spent();
    return {
      writes: after.writes - before.writes,
      reads: after.reads - before.reads,
      deletes: after.deletes - before.deletes,
    };
  };
  const seatsHeld = () =>
    [...database.contents.keys()].flatMap((path) => /seats\/(\d+)$/.exec(path)?.[1] ?? []).map(Number);
  const leaseOf = (number: number) => {
    const [, fields] = [...database.contents].find(([path]) => path.endsWith(`/seats/${number}`))!;
    return (fields['lease'] as Date).getTime() - Date.now();
  };
  const gather = async (count: number) => {
    members = Array.from({ length: count }, (_, number) => new Holder(database, keys, number));
    for (const member of members) {
      await member.sitDown();
      await time.pass(5_000);
    }
  };

  beforeEach(async () => {
    const later = window.setTimeout.bind(window);
    // Cards are sealed by the browser, which virtual time can't see.
    time = new VirtualTime(() => new Promise((resolve) => later(resolve, 3)));
    database = new MemoryDatabase();
    keys = await codeKeys(newCode(), 'call');
  });
  afterEach(() => members.forEach((member) => member.crash()));

  it(
    'of eight cost at most 400 reads and 200 writes an hour, and nobody loses a seat',
    async () => {
      await gather(8);
      const { writes, reads, deletes } = await cost(() => time.pass(HOUR));
      expect(reads).toBeLessThanOrEqual(400);
      expect(writes).toBeLessThanOrEqual(200);
      expect(writes).toBeGreaterThan(40);
      expect(deletes).toBe(0);
      expect(members.map(({ roster }) => roster.now.members.length)).toEqual(members.map(() => 7));
      expect(members.map(({ number }) => leaseOf(number)).every((left) => left > 30_000)).toBeTrue();
    },
    within(60_000),
  );

  it(
    'of two are short: about 100 writes and twice as many reads an hour',
    async () => {
      await gather(2);
      const { writes, reads } = await cost(async () => {
        await time.pass(HOUR / 2);
        expect(Math.max(leaseOf(0), leaseOf(1))).toBeLessThanOrEqual(120_000);
        await time.pass(HOUR / 2);
      });
      expect(writes).toBeGreaterThanOrEqual(96);
      expect(writes).toBeLessThanOrEqual(111);
      expect(reads).toBe(2 * writes);
    },
    within(60_000),
  );

  it(
    'become short again when a call shrinks to two',
    async () => {
      await gather(3);
      await time.pass(HOUR / 6);
      expect(leaseOf(1)).toBeGreaterThan(120_000);
      await members[2]!.leave();
      await time.pass(16_000);
      expect([leaseOf(0), leaseOf(1)].every((left) => left > 90_000 && left <= 120_000)).toBeTrue();
    },
    within(60_000),
  );

  it(
    'stay long when the third member is soon back',
    async () => {
      await gather(3);
      await time.pass(HOUR / 6);
      await members[2]!.leave();
      await time.pass(5_000);
      const back = new Holder(database, keys, 2);
      members.push(back);
      const { writes } = await cost(async () => {
        await back.sitDown();
        await time.pass(20_000);
      });
      expect(writes).toBe(1);
    },
    within(60_000),
  );

  it(
    'of a crashed member end early: the host frees the seat',
    async () => {
      await gather(4);
      await time.pass(60_000);
      members[2]!.crash();
      await time.pass(30_000);
      for (const { roster } of [members[0]!, members[1]!, members[3]!]) roster.lose(members[2]!.session);
      await time.pass(9_000);
      expect(seatsHeld()).toEqual([0, 1, 2, 3]);
      const { deletes } = await cost(() => time.pass(2_000));
      expect(deletes).toBe(1);
      expect(seatsHeld()).toEqual([0, 1, 3]);
    },
    within(60_000),
  );

  it(
    'show that a member is alive whom the host does not hear',
    async () => {
      await gather(4);
      await time.pass(60_000);
      // The two don't notice at the same moment.
      members[2]!.roster.lose(members[0]!.session);
      await time.pass(4_000);
      members[0]!.roster.lose(members[2]!.session);
      await time.pass(60_000);
      members[1]!.roster.lose(members[0]!.session);
      members[0]!.roster.lose(members[1]!.session);
      const { writes, deletes } = await cost(() => time.pass(60_000));
      expect(writes).toBeLessThanOrEqual(3);
      expect(deletes).toBe(0);
      expect(seatsHeld()).toEqual([0, 1, 2, 3]);
    },
    within(60_000),
  );
});
