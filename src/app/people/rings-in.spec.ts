import { BehaviorSubject, defer, map, Subject, switchMap, throwError } from 'rxjs';

import { DocumentsError } from '../firebase/documents';
import { START, VirtualTime, type Recording } from '../testing/virtual-time';
import { ringId, type RingRecord } from './lobby-records';
import { ringsIn$, type DoorBell } from './rings-in';

const CODE = 'aaaa-aaaa-aaaa-aaaa';
const SESSION = 'this-page';

/** The rings of a lobby, as seen by Ben. */
class FakeBell implements DoorBell {
  readonly rings = new BehaviorSubject<readonly RingRecord[]>([]);
  readonly fails = new BehaviorSubject<boolean>(false);
  /** The code in the offer; null if it fails to decrypt. */
  code: string | null = CODE;
  reads = 0;

  readonly incoming$ = defer(() => this.fails).pipe(
    switchMap((fails) =>
      fails
        ? throwError(() => new DocumentsError('offline'))
        : this.rings.pipe(map((rings) => rings.filter(({ state }) => state === 'ringing'))),
    ),
  );

  now(): number {
    return Date.now();
  }

  async ring(other: string): Promise<RingRecord | null> {
    this.reads++;
    if (this.fails.value) throw new DocumentsError('offline');
    return this.rings.value.find(({ id }) => id === ringId('ben', other)) ?? null;
  }

  async offerIn({ from }: RingRecord) {
    return this.code === null ? null : { name: from.toUpperCase(), code: this.code };
  }

  /** A person rings, or their ring changes. */
  put(from: string, change: Partial<RingRecord> = {}): void {
    const id = ringId('ben', from);
    const before = this.rings.value.find((ring) => ring.id === id);
    const ring: RingRecord = {
      id,
      from,
      to: 'ben',
      revision: 1,
      state: 'ringing',
      createdAt: Date.now(),
      offer: new Uint8Array(),
      reply: null,
      answeredBy: null,
      ...before,
      ...change,
    };
    this.rings.next([...this.rings.value.filter((other) => other.id !== id), ring]);
  }
}

describe('ringsIn$', () => {
  let time: VirtualTime;
  let bell: FakeBell;
  let back: Subject<void>;
  let seen: Recording<string>;

  beforeEach(() => {
    time = new VirtualTime();
    bell = new FakeBell();
    back = new Subject();
    seen = time.record(
      ringsIn$(bell, SESSION, back).pipe(map(({ record, ended }) => `${record.id} ${ended ?? 'rings'}`)),
    );
  });
  afterEach(() => {
    seen.stop();
  });

  for (const [change, ended] of [
    [{ state: 'cancelled' }, 'cancelled'],
    [{ state: 'expired' }, 'missed'],
    [{ state: 'accepted', answeredBy: SESSION }, 'here'],
    [{ state: 'declined', answeredBy: SESSION }, 'here'],
    [{ state: 'accepted', answeredBy: 'another' }, 'elsewhere'],
    [{ state: 'busy', answeredBy: 'another' }, 'elsewhere'],
  ] as const) {
    it(`begins, and ends once: ${ended} (${change.state})`, async () => {
      bell.put('ada');
      await time.pass(9_000);
      bell.put('ada', change);
      await time.pass(60_000);
      expect(seen.heard).toEqual([
        [0, 'ada_ben rings'],
        [9_000, `ada_ben ${ended}`],
      ]);
      expect(bell.reads).toBe(1);
    });
  }

  it('emits the name and the code in it', async () => {
    const events = time.record(ringsIn$(bell, SESSION));
    bell.put('ada');
    await time.pass(1);
    expect(events.last).toEqual(jasmine.objectContaining({ id: 'ada_ben 1', name: 'ADA', code: CODE }));
    events.stop();
  });

  it('is missed if its end is never written', async () => {
    bell.put('ada', { createdAt: START - 5_000 });
    await time.pass(60_000);
    expect(seen.heard).toEqual([
      [0, 'ada_ben rings'],
      [42_000, 'ada_ben missed'],
    ]);
    expect(bell.reads).toBe(0);
  });

  it('lasts no longer than others if its time is in the future', async () => {
    bell.put('ada', { createdAt: START + 86_400_000 });
    await time.pass(60_000);
    expect(seen.heard).toEqual([
      [0, 'ada_ben rings'],
      [47_000, 'ada_ben missed'],
    ]);
  });

  it('is ignored after 45 s', async () => {
    bell.put('ada', { createdAt: START - 45_000 });
    await time.pass(60_000);
    expect(seen.heard).toEqual([]);
  });

  it('is ignored if it fails to decrypt, or leads to no call', async () => {
    bell.code = null;
    bell.put('ada');
    await time.pass(100);
    bell.code = 'javascript:alert(1)';
    bell.put('cleo');
    await time.pass(60_000);
    expect(seen.heard).toEqual([]);
  });

  it('is a different ring when the same person rings again', async () => {
    bell.put('ada');
    await time.pass(1_000);
    bell.put('ada', { state: 'cancelled' });
    await time.pass(10_000);
    bell.put('ada', { state: 'ringing', revision: 2, createdAt: Date.now() });
    await time.pass(1_000);
    bell.put('ada', { state: 'accepted', answeredBy: 'another' });
    await time.pass(60_000);
    expect(seen.heard.map(([at]) => at)).toEqual([0, 1_000, 11_000, 12_000]);
    expect(seen.heard.map(([, what]) => String(what).split(' ').at(-1))).toEqual([
      'rings',
      'cancelled',
      'rings',
      'elsewhere',
    ]);
  });

  it('ends if the next one has already begun', async () => {
    bell.put('ada');
    await time.pass(12_000);
    bell.put('ada', { revision: 2, createdAt: Date.now() });
    await time.pass(1);
    expect(seen.heard.map(([, what]) => String(what).split(' ').at(-1)).sort()).toEqual([
      'cancelled',
      'rings',
      'rings',
    ]);
  });

  it('emits the rings of two people at once', async () => {
    bell.put('ada');
    bell.put('cleo');
    await time.pass(1_000);
    bell.put('ada', { state: 'cancelled' });
    await time.pass(1_000);
    expect(seen.heard).toEqual([
      [0, 'ada_ben rings'],
      [0, 'ben_cleo rings'],
      [1_000, 'ada_ben cancelled'],
    ]);
  });

  it('continues when Firestore is reachable again, and repeats no ring', async () => {
    bell.put('ada');
    await time.pass(1_000);
    bell.fails.next(true);
    await time.pass(2_000);
    bell.fails.next(false);
    back.next();
    await time.pass(1_000);
    bell.put('ada', { state: 'cancelled' });
    await time.pass(1_000);
    expect(seen.heard).toEqual([
      [0, 'ada_ben rings'],
      [4_000, 'ada_ben cancelled'],
    ]);
  });

  it('retries by itself every five seconds', async () => {
    bell.fails.next(true);
    await time.pass(7_000);
    bell.fails.next(false);
    bell.put('ada');
    await time.pass(10_000);
    expect(seen.heard).toEqual([[10_000, 'ada_ben rings']]);
  });
});
