import { BehaviorSubject, Subject } from 'rxjs';

import { DocumentsError, type DocumentsReason } from '../firebase/documents';
import { ConnectError } from '../firebase/firebase';
import { SIGN_IN_REASONS } from '../firebase/sign-in-reason';
import { START, VirtualTime, type Recording } from '../testing/virtual-time';
import type { EntryRecord } from './lobby-records';
import type { Availability } from './people';
import { presence$, reasonOf, shardFor, type PresenceState, type Register } from './presence';

const LEASE = 300_000;

const entry = (uid: string, change: Partial<EntryRecord> = {}): EntryRecord => ({
  uid,
  shard: 0,
  lease: START + LEASE,
  availability: 'available',
  card: new Uint8Array(),
  ...change,
});

/** Records what is written and when. */
class FakeRegister implements Register {
  readonly uid = 'ada';
  readonly written: [number, string][] = [];
  there: readonly EntryRecord[] = [];
  /** Called before each write; may throw or wait. */
  before: (what: string, sweep: string | null) => unknown = () => undefined;
  onEntries: () => void = () => undefined;

  now(): number {
    return Date.now();
  }

  async card(name: string): Promise<Uint8Array> {
    return new TextEncoder().encode(name);
  }

  async entries(): Promise<readonly EntryRecord[]> {
    this.onEntries();
    return this.there;
  }

  async appear(shard: number, card: Uint8Array, availability: Availability, sweep: string | null) {
    const what = `${new TextDecoder().decode(card)} ${availability} in ${shard}${sweep ? ` without ${sweep}` : ''}`;
    await this.before(what, sweep);
    this.note(what);
  }

  async leave(shard: number): Promise<void> {
    this.note(`leaves ${shard}`);
  }

  private note(what: string): void {
    this.written.push([Date.now() - START, what]);
  }
}

const fail = (reason: DocumentsReason) => {
  throw new DocumentsError(reason);
};

describe('shardFor', () => {
  it('takes the first document with room', () => {
    const many = (shard: number, count: number) =>
      Array.from({ length: count }, (_, index) => entry(`${shard} ${index}`, { shard }));
    expect(shardFor('ada', many(0, 99), START)).toBe(0);
    expect(shardFor('ada', many(0, 100), START)).toBe(1);
    expect(shardFor('ada', many(0, 100), START + LEASE)).toBe(0);
    expect(shardFor('ada', [...many(0, 10), entry('ada', { shard: 7, lease: 0 })], START)).toBe(7);
    const all = Array.from({ length: 16 }, (_, shard) => many(shard, 100)).flat();
    expect(shardFor('ada', all, START)).toBeNull();
    expect(shardFor('ada', all.slice(1), START)).toBe(0);
  });
});

describe('presence$', () => {
  let time: VirtualTime;
  let register: FakeRegister;
  let name: BehaviorSubject<string | null>;
  let availability: BehaviorSubject<Availability>;
  let active: BehaviorSubject<boolean>;
  let back: Subject<void>;
  let leaves: boolean;
  let seen: Recording<PresenceState>;

  beforeEach(() => {
    time = new VirtualTime();
    register = new FakeRegister();
    name = new BehaviorSubject<string | null>('Ada');
    availability = new BehaviorSubject<Availability>('available');
    active = new BehaviorSubject(true);
    back = new Subject();
    leaves = true;
    spyOn(Math, 'random').and.returnValue(0);
  });
  afterEach(() => {
    seen.stop();
  });

  const appears = async (length: number) => {
    const wish = {
      name$: name,
      availability$: availability,
      active$: active,
      back$: back,
      leaves: () => leaves,
    };
    seen = time.record(presence$(register, wish));
    await time.pass(length);
  };
  const statuses = () => seen.heard.map(([at, state]) => [at, state === '|' ? state : state.status]);

  it('writes the entry at once, and renews it 45 s before its lease expires', async () => {
    await appears(600_000);
    expect(register.written).toEqual([
      [0, 'Ada available in 0'],
      [255_000, 'Ada available in 0'],
      [510_000, 'Ada available in 0'],
    ]);
    expect(statuses()).toEqual([[0, 'visible']]);
  });

  it('renews up to ten seconds earlier, so that renewals spread out', async () => {
    (Math.random as jasmine.Spy).and.returnValue(0.999);
    await appears(300_000);
    expect(register.written[1]![0]).toBe(245_010);
  });

  it('renews nothing while the page is not in use, and ends with the lease', async () => {
    await appears(1_000);
    active.next(false);
    await time.pass(600_000);
    expect(register.written.length).toBe(1);
    expect(statuses()).toEqual([
      [0, 'visible'],
      [300_000, 'appearing'],
    ]);
    active.next(true);
    await time.pass(10);
    expect(register.written.length).toBe(2);
    expect(statuses().at(-1)).toEqual([601_000, 'visible']);
  });

  it('renews in time when the page is used again before the lease expires', async () => {
    await appears(1_000);
    active.next(false);
    await time.pass(100_000);
    active.next(true);
    await time.pass(200_000);
    expect(register.written.map(([at]) => at)).toEqual([0, 255_000]);
  });

  it('is written once by a page that is not in use, and fades', async () => {
    active.next(false);
    await appears(400_000);
    expect(register.written.length).toBe(1);
    expect(statuses()).toEqual([
      [0, 'visible'],
      [300_000, 'appearing'],
    ]);
  });

  it('publishes a changed availability or name at once', async () => {
    await appears(10_000);
    availability.next('dnd');
    await time.pass(10_000);
    active.next(false);
    availability.next('busy');
    await time.pass(10_000);
    name.next(null);
    name.next('Ada L.');
    await time.pass(10_000);
    expect(register.written).toEqual([
      [0, 'Ada available in 0'],
      [10_000, 'Ada dnd in 0'],
      [20_000, 'Ada busy in 0'],
      [30_000, 'Ada L. busy in 0'],
    ]);
  });

  it('publishes what changed while offline, even if the page was out of use in the meantime', async () => {
    await appears(10_000);
    register.before = () => fail('offline');
    availability.next('dnd');
    await time.pass(1_000);
    active.next(false);
    await time.pass(1_000);
    register.before = () => undefined;
    active.next(true);
    await time.pass(10);
    expect(register.written.at(-1)).toEqual([12_000, 'Ada dnd in 0']);
  });

  it('serializes writes, and skips outdated ones', async () => {
    register.before = () => time.later(2_000);
    await appears(1_000);
    availability.next('busy');
    availability.next('dnd');
    await time.pass(10_000);
    expect(register.written).toEqual([
      [2_000, 'Ada available in 0'],
      [4_000, 'Ada dnd in 0'],
    ]);
  });

  it('retries every five seconds while offline, and at once when the network may be back', async () => {
    let tries = 0;
    register.before = () => {
      tries++;
      fail('offline');
    };
    await appears(12_000);
    expect(tries).toBe(3);
    expect(statuses()).toEqual([[0, 'appearing']]);
    register.before = () => undefined;
    back.next();
    await time.pass(10);
    expect(statuses().at(-1)).toEqual([12_000, 'visible']);
  });

  it('stays visible while a renewal is retried, until the lease expires', async () => {
    await appears(250_000);
    register.before = () => fail('offline');
    await time.pass(60_000);
    expect(statuses()).toEqual([
      [0, 'visible'],
      [300_000, 'appearing'],
    ]);
  });

  it('retries the search for room after a failure', async () => {
    register.onEntries = () => fail('offline');
    await appears(4_000);
    register.onEntries = () => undefined;
    await time.pass(2_000);
    expect(register.written).toEqual([[5_000, 'Ada available in 0']]);
  });

  it('sweeps entries that expired five seconds ago, one with each write', async () => {
    register.there = [
      entry('gone', { lease: START - 6_000 }),
      entry('gone too', { lease: START - 60_000 }),
      entry('hardly', { lease: START - 4_000 }),
      entry('elsewhere', { lease: START - 60_000, shard: 1 }),
      entry('there'),
    ];
    await appears(600_000);
    expect(register.written.map(([, what]) => what)).toEqual([
      'Ada available in 0 without gone',
      'Ada available in 0 without gone too',
      'Ada available in 0',
    ]);
  });

  it('repeats the write without the sweep if the swept person is back', async () => {
    register.there = [entry('gone', { lease: START - 6_000 })];
    register.before = (_what, sweep) => sweep && fail('forbidden');
    await appears(300_000);
    expect(register.written).toEqual([
      [0, 'Ada available in 0'],
      [255_000, 'Ada available in 0'],
    ]);
  });

  it('ends if the lobby is full, and writes nothing', async () => {
    register.there = Array.from({ length: 1_600 }, (_, index) =>
      entry(`${index}`, { shard: Math.floor(index / 100) }),
    );
    await appears(1_000);
    seen.stop();
    expect(seen.heard).toEqual([
      [0, { status: 'failed', reason: 'full' }],
      [0, '|'],
    ]);
    expect(register.written).toEqual([]);
  });

  it('ends if the rules refuse it', async () => {
    register.before = () => fail('forbidden');
    await appears(1_000);
    expect(seen.heard[0]).toEqual([0, { status: 'failed', reason: 'forbidden' }]);
  });

  it('removes the entry once on teardown', async () => {
    await appears(10_000);
    seen.stop();
    await time.pass(600_000);
    expect(register.written.slice(1)).toEqual([[10_000, 'leaves 0']]);
  });

  it('repeats the removal after a write in flight', async () => {
    register.before = () => time.later(2_000);
    await appears(1_000);
    seen.stop();
    await time.pass(10_000);
    expect(register.written).toEqual([
      [1_000, 'leaves 0'],
      [2_000, 'Ada available in 0'],
      [2_000, 'leaves 0'],
    ]);
  });

  it('keeps the entry if another page takes it over', async () => {
    await appears(10_000);
    leaves = false;
    seen.stop();
    await time.pass(10_000);
    expect(register.written.length).toBe(1);
  });
});

describe('reasonOf', () => {
  it('keeps the reason for a refused sign-in', () => {
    for (const reason of ['offline', 'configuration', ...SIGN_IN_REASONS] as const) {
      expect(reasonOf(new ConnectError(reason))).toBe(reason);
    }
    expect(reasonOf(new Error('something else'))).toBe('unavailable');
  });
});
