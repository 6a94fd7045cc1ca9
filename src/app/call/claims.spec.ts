import type { CallModeration } from '../signaling/call-moderation';
import { SHORT_LEASE } from '../signaling/lease';
import type { CallRecord, Seat } from '../signaling/records';
import { START, VirtualTime } from '../testing/virtual-time';
import { claims } from './claims';
import { LiveRoster } from './live-roster';
import type { VisitContext } from './visit-context';

const seat = (number: number, uid: string, change: Partial<Seat> = {}): Seat => ({
  number,
  uid,
  session: `session ${uid}`,
  since: START + number,
  lease: START + 3_600_000,
  card: null,
  ...change,
});
const [ada, ben, cleo] = [seat(0, 'ada'), seat(1, 'ben'), seat(2, 'cleo')];
const call: CallRecord = {
  createdAt: START,
  expiresAt: Infinity,
  seats: 8,
  mode: 'mesh',
  door: 'open',
  host: 'ada',
  hostSeat: 0,
};

/** A member who may claim the role of the host. */
class Claimant {
  readonly roster: LiveRoster;
  /** When this member wrote, in ms since the start, and the seat that became the host's. */
  readonly written: [number, number][] = [];
  /** When the call was read again, in ms since the start. */
  readonly reads: number[] = [];
  refuses = false;

  constructor(
    time: VirtualTime,
    private readonly own: Seat,
    private readonly record: CallRecord = call,
  ) {
    const { session, uid, number } = own;
    const now = () => START + time.now;
    this.roster = new LiveRoster(session, now);
    const context = { roster: this.roster, uid, session, now } as unknown as VisitContext;
    const documents = {
      setHost: ({ number: at }: Seat) => {
        this.written.push([time.now, at]);
        return this.refuses ? Promise.reject(new Error('refused')) : Promise.resolve();
      },
    } as unknown as CallModeration;
    const seated = { number, name: '', since: 0, call: record, lease: SHORT_LEASE };
    this.roster.tell({ type: 'seated', seated });
    claims(
      context,
      seated,
      documents,
      (changed) => this.roster.tell({ type: 'changed', call: changed }),
      () => this.reads.push(time.now),
    ).subscribe();
  }

  see(...seats: readonly Seat[]): void {
    this.roster.tell({ type: 'seats', seats });
  }

  get hosts(): boolean {
    return this.roster.now.call?.host === this.own.uid;
  }

  learn(change: Partial<CallRecord>): void {
    this.roster.tell({ type: 'changed', call: { ...this.record, ...change } });
  }
}

describe('The role of a host who has gone', () => {
  let time: VirtualTime;

  beforeEach(() => (time = new VirtualTime()));

  it('is claimed by the member who has been there longest, ten seconds later, after reading the call', async () => {
    const claimant = new Claimant(time, ben);
    claimant.see(ada, ben, cleo);
    await time.pass(60_000);
    expect(claimant.written).toEqual([]);
    claimant.see(ben, cleo);
    await time.pass(9_999);
    expect([claimant.written, claimant.reads]).toEqual([[], [67_000]]);
    await time.pass(1);
    expect(claimant.written).toEqual([[70_000, 1]]);
    expect(claimant.hosts).toBeTrue();
    await time.pass(600_000);
    expect(claimant.written.length).toBe(1);
  });

  it('is claimed by the next one if that member doesn’t', async () => {
    const claimant = new Claimant(time, cleo);
    claimant.see(ada, ben, cleo);
    claimant.see(ben, cleo);
    await time.pass(13_999);
    expect(claimant.written).toEqual([]);
    await time.pass(1);
    expect(claimant.written).toEqual([[14_000, 2]]);
  });

  it('is not claimed when the host has reloaded, or when the role was handed on', async () => {
    const [first, second] = [new Claimant(time, ben), new Claimant(time, ben)];
    for (const each of [first, second]) {
      each.see(ada, ben);
      each.see(ben);
    }
    await time.pass(5_000);
    first.see(seat(0, 'ada', { session: 'another session' }), ben);
    second.learn({ host: 'ben', hostSeat: 1 });
    await time.pass(60_000);
    expect([first.written, second.written]).toEqual([[], []]);
  });

  it('is claimed after a crash once the lease has expired, not before', async () => {
    const claimant = new Claimant(time, ben);
    const crashed = seat(0, 'ada', { lease: START + 100_000 });
    claimant.see(crashed, ben);
    claimant.roster.lose(ada.session);
    await time.pass(99_000);
    expect(claimant.written).toEqual([]);
    await time.pass(2_000);
    claimant.see(crashed, ben);
    await time.pass(10_000);
    expect(claimant.written).toEqual([[111_000, 1]]);
  });

  it('is claimed again every ten seconds while the rules refuse', async () => {
    const claimant = new Claimant(time, ben);
    claimant.refuses = true;
    claimant.see(ada, ben);
    claimant.see(ben);
    await time.pass(30_000);
    expect(claimant.written.map(([at]) => at)).toEqual([10_000, 20_000, 30_000]);
    claimant.learn({ host: 'cleo', hostSeat: 2 });
    claimant.see(ben, cleo);
    await time.pass(60_000);
    expect(claimant.written.length).toBe(3);
  });

  it('stays with a host who came back to another seat, who says so at once', async () => {
    const claimant = new Claimant(time, seat(4, 'ada'));
    claimant.see(ben, seat(4, 'ada'));
    await time.pass(0);
    expect(claimant.written).toEqual([[0, 4]]);
    await time.pass(60_000);
    expect(claimant.written.length).toBe(1);
  });

  it('stays with a host who has two seats', async () => {
    const claimant = new Claimant(time, seat(4, 'ada', { session: 'second window' }));
    claimant.see(ada, seat(4, 'ada', { session: 'second window' }));
    await time.pass(60_000);
    expect(claimant.written).toEqual([]);
  });
});
