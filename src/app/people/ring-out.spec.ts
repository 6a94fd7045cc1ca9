import { BehaviorSubject, map, NEVER, throwError, type Observable } from 'rxjs';

import { DocumentsError, type DocumentsReason } from '../firebase/documents';
import { parse, START, VirtualTime, type Recording } from '../testing/virtual-time';
import type { RingOffer } from './lobby-documents';
import { ringId, type EntryRecord, type RingRecord, type RingState } from './lobby-records';
import type { RingOutcome } from './people';
import { type Meeting, ringOut$, type RingLine, type RingProgress } from './ring-out';

const MINE = 'aaaa-aaaa-aaaa-aaaa';
const THEIRS = 'bbbb-bbbb-bbbb-bbbb';
const SESSION = 'session-of-ada';
const BYTES = new Uint8Array();

/** A lobby as seen by Ada, who rings Ben: the ring between them, and the rules as far as they matter here. */
class FakeLine implements RingLine {
  readonly uid = 'ada';
  readonly held = new BehaviorSubject<RingRecord | null>(null);
  readonly written: [number, string][] = [];
  entry: Partial<EntryRecord> | null = {};
  /** The offer of each revision. */
  private readonly offers = new Map<number, RingOffer>();
  /** Called with the name of the write that is about to happen; may throw or wait. */
  before: (what: string) => unknown = () => undefined;
  listener$: Observable<RingRecord | null> = this.held;

  now(): number {
    return Date.now();
  }

  async entries(): Promise<readonly EntryRecord[]> {
    await this.before('entries');
    const there = {
      uid: 'ben',
      shard: 3,
      lease: START + 300_000,
      availability: 'available',
      card: BYTES,
    } as const;
    return this.entry ? [{ ...there, ...this.entry }] : [];
  }

  async ring(): Promise<RingRecord | null> {
    return this.held.value;
  }

  ring$(): Observable<RingRecord | null> {
    return this.listener$;
  }

  async startRing(to: string, shard: number, offer: RingOffer, before: RingRecord | null) {
    const id = ringId(this.uid, to);
    const revision = (before?.revision ?? 0) + 1;
    await this.before('start');
    const now = this.held.value;
    if (now?.state === 'ringing' && now.createdAt + 45_000 > Date.now())
      throw new DocumentsError('forbidden');
    this.put({ from: this.uid, revision }, offer);
    this.note(`start ${shard} ${revision}`);
    return { id, revision };
  }

  async endRing({ revision }: { revision: number }, state: 'cancelled' | 'expired'): Promise<void> {
    await this.before(state);
    const now = this.held.value;
    if (now?.revision !== revision) throw new DocumentsError('forbidden');
    if (now.state !== 'ringing' && now.state !== state) throw new DocumentsError('forbidden');
    this.change({ state });
    this.note(state);
  }

  async answerRing(_ring: unknown, state: RingState, session: string): Promise<void> {
    await this.before(state);
    if (this.held.value?.state !== 'ringing') throw new DocumentsError('forbidden');
    this.change({ state, answeredBy: session });
    this.note(state);
  }

  async offerIn({ revision }: RingRecord): Promise<RingOffer | null> {
    return this.offers.get(revision) ?? null;
  }

  async messageIn({ reply }: RingRecord): Promise<string | null> {
    return reply && new TextDecoder().decode(reply);
  }

  /** Ben, or another page, writes the ring. */
  put(ring: Partial<RingRecord> & { from: string }, offer: RingOffer): void {
    const whole: RingRecord = {
      id: 'ada_ben',
      to: ring.from === 'ada' ? 'ben' : 'ada',
      revision: 1,
      state: 'ringing',
      createdAt: Date.now(),
      offer: BYTES,
      reply: null,
      answeredBy: null,
      ...ring,
    };
    this.offers.set(whole.revision, offer);
    this.held.next(whole);
  }

  change(change: Partial<RingRecord>): void {
    this.held.next({ ...this.held.value!, ...change });
  }

  private note(what: string): void {
    this.written.push([Date.now() - START, what]);
  }
}

const offer: RingOffer = { name: 'Ada', code: MINE };
const fail = (reason: DocumentsReason) => {
  throw new DocumentsError(reason);
};
/** Marbles: one letter for each outcome. */
const OUTCOMES = {
  r: 'ringing',
  a: 'accepted',
  d: 'declined',
  b: 'busy',
  n: 'noAnswer',
  c: 'cancelled',
  u: 'unreachable',
  q: 'dnd',
  t: 'tooSoon',
  o: 'offline',
  f: 'failed',
} as const satisfies Record<string, RingOutcome>;

describe('ringOut$', () => {
  let time: VirtualTime;
  let line: FakeLine;
  let seen: Recording<RingOutcome>;
  let progress: RingProgress[];

  beforeEach(() => {
    time = new VirtualTime();
    line = new FakeLine();
    progress = [];
  });
  afterEach(() => {
    seen.stop();
  });

  /** Rings, and lets this much time pass, in ms. */
  const placeRing = async (length: number, ben = '', meeting: Meeting = 'either') => {
    time.play(ben, { a: 'accepted', d: 'declined', b: 'busy', x: 'expired' } as const, (state) =>
      line.change({ state, answeredBy: 'session-of-ben' }),
    );
    seen = time.record(
      ringOut$(line, 'ben', offer, SESSION, meeting).pipe(
        map((now) => {
          progress.push(now);
          return now.outcome;
        }),
      ),
    );
    await time.pass(length);
  };
  const expectOutcomes = (marbles: string) => expect(seen.heard).toEqual(parse(marbles, OUTCOMES));

  for (const [ben, told] of [
    ['9s a', 'r 8999ms (a|)'],
    ['9s d', 'r 8999ms (d|)'],
    ['9s b', 'r 8999ms (b|)'],
    ['9s x', 'r 8999ms (n|)'],
    ['44999ms a', 'r 44998ms (a|)'],
    ['45900ms a', 'r 45899ms (a|)'],
  ] as const) {
    it(`rings until there is an answer: ${ben}`, async () => {
      await placeRing(60_000, ben);
      expectOutcomes(told);
      expect(line.written).toEqual([[0, 'start 3 1']]);
      expect(progress.at(-1)!.code).toBe(MINE);
    });
  }

  it('reports the message that the callee declined with', async () => {
    await placeRing(0);
    line.change({ state: 'declined', reply: new TextEncoder().encode('Later') });
    await time.pass(1);
    expect(progress.at(-1)).toEqual({ outcome: 'declined', message: 'Later', code: MINE });
  });

  it('times out a second after the 45 s without an answer', async () => {
    await placeRing(60_000);
    expectOutcomes('r 45999ms (n|)');
    expect(line.written).toEqual([
      [0, 'start 3 1'],
      [46_000, 'expired'],
    ]);
  });

  it('accepts an answer in the last moment, even if the listener has not reported it yet', async () => {
    line.listener$ = NEVER;
    await placeRing(60_000, '45900ms a');
    expectOutcomes('r 45999ms (a|)');
  });

  it("ends in any case, even if the end can't be written", async () => {
    line.listener$ = NEVER;
    line.before = (what) => (what === 'expired' ? new Promise(() => undefined) : undefined);
    await placeRing(60_000);
    expectOutcomes('r 50999ms (n|)');
  });

  it('cancels once on unsubscribing', async () => {
    await placeRing(5_000);
    seen.stop();
    await time.pass(60_000);
    expectOutcomes('r');
    expect(line.written).toEqual([
      [0, 'start 3 1'],
      [5_000, 'cancelled'],
    ]);
  });

  it('retries the cancellation while requests get lost', async () => {
    await placeRing(5_000);
    let lost = 3;
    line.before = () => lost-- > 0 && fail('offline');
    seen.stop();
    await time.pass(60_000);
    expect(line.written).toEqual([
      [0, 'start 3 1'],
      [8_500, 'cancelled'],
    ]);
  });

  it('does not cancel the ring after it', async () => {
    await placeRing(5_000);
    line.before = () => fail('offline');
    seen.stop();
    await time.pass(1_000);
    line.before = () => undefined;
    line.put({ from: 'ada', revision: 2 }, offer);
    await time.pass(60_000);
    expect(line.held.value!.state).toBe('ringing');
    expect(line.written.length).toBe(1);
  });

  it('retries the cancellation for as long as the ring may last', async () => {
    await placeRing(5_000);
    let tries = 0;
    line.before = () => {
      tries++;
      fail('offline');
    };
    seen.stop();
    await time.pass(45_000);
    expect(tries).toBeGreaterThan(8);
    const before = tries;
    await time.pass(60_000);
    expect(tries).toBe(before);
  });

  it('is not cancelled once it was answered', async () => {
    await placeRing(10_000, '9s d');
    seen.stop();
    await time.pass(100);
    expect(line.written.length).toBe(1);
  });

  it('is cancelled when the caller gave up while the write was in flight', async () => {
    line.before = (what) => (what === 'start' ? time.later(800) : undefined);
    await placeRing(500);
    seen.stop();
    await time.pass(10_000);
    expect(line.written).toEqual([
      [800, 'start 3 1'],
      [800, 'cancelled'],
    ]);
  });

  it('does not start if the caller gave up before', async () => {
    line.before = (what) => (what === 'entries' ? time.later(800) : undefined);
    await placeRing(500);
    seen.stop();
    await time.pass(10_000);
    expect(line.written).toEqual([]);
  });

  describe('when both ring at once', () => {
    it('accepts the callee’s ring if it is already there', async () => {
      line.put({ from: 'ben' }, { name: 'Ben', code: THEIRS });
      await placeRing(1_000);
      expectOutcomes('(a|)');
      expect(progress.at(-1)!.code).toBe(THEIRS);
      expect(line.held.value).toEqual(jasmine.objectContaining({ state: 'accepted', answeredBy: SESSION }));
    });

    it('accepts the callee’s ring if it came first by a moment', async () => {
      line.before = async (what) => {
        if (what !== 'start') return;
        await time.later(80);
        line.put({ from: 'ben' }, { name: 'Ben', code: THEIRS });
      };
      await placeRing(1_000);
      expectOutcomes('80ms (a|)');
      expect(progress.at(-1)!.code).toBe(THEIRS);
    });

    it('is answered by the callee if it came first', async () => {
      await placeRing(1_000, '100ms a');
      expectOutcomes('r 99ms (a|)');
      expect(progress.at(-1)!.code).toBe(MINE);
    });

    it('enters the callee’s call if the acceptance got through but its response was lost', async () => {
      line.put({ from: 'ben' }, { name: 'Ben', code: THEIRS });
      line.before = (what) => {
        if (what !== 'accepted') return;
        line.change({ state: 'accepted', answeredBy: SESSION });
      };
      await placeRing(1_000);
      expectOutcomes('(a|)');
    });

    it('retries the acceptance of the callee’s ring when it gets lost', async () => {
      line.put({ from: 'ben' }, { name: 'Ben', code: THEIRS });
      let lost = 2;
      line.before = (what) => what === 'accepted' && lost-- > 0 && fail('offline');
      await placeRing(5_000);
      expectOutcomes('1500ms (a|)');
      expect(line.held.value!.answeredBy).toBe(SESSION);
    });

    it('does not retry the acceptance once the caller gave up', async () => {
      line.put({ from: 'ben' }, { name: 'Ben', code: THEIRS });
      line.before = (what) => what === 'accepted' && fail('offline');
      await placeRing(100);
      seen.stop();
      line.before = () => undefined;
      await time.pass(60_000);
      expect(line.held.value!.state).toBe('ringing');
    });

    it('rings after all if the callee cancelled at that moment', async () => {
      line.put({ from: 'ben' }, { name: 'Ben', code: THEIRS });
      line.before = (what) => what === 'accepted' && line.change({ state: 'cancelled' });
      await placeRing(1_000);
      expectOutcomes('r');
      expect(line.written).toEqual([[0, 'start 3 2']]);
    });

    it('fails if another page of the same person accepted it', async () => {
      line.put({ from: 'ben' }, { name: 'Ben', code: THEIRS });
      line.before = (what) =>
        what === 'accepted' && line.change({ state: 'accepted', answeredBy: 'another page' });
      await placeRing(1_000);
      expectOutcomes('(f|)');
    });

    it('answers it as busy and rings, if the caller is in the call already', async () => {
      line.put({ from: 'ben' }, { name: 'Ben', code: THEIRS });
      await placeRing(5_000, '', 'callers');
      expectOutcomes('r');
      expect(line.written).toEqual([
        [0, 'busy'],
        [0, 'start 3 2'],
      ]);
    });

    it('rings if another page of the same person has answered it as busy', async () => {
      line.put({ from: 'ben' }, { name: 'Ben', code: THEIRS });
      line.before = (what) => {
        if (what !== 'busy') return;
        line.change({ state: 'busy', answeredBy: 'another page' });
        fail('forbidden');
      };
      await placeRing(5_000, '', 'callers');
      expectOutcomes('r');
      expect(line.written).toEqual([[0, 'start 3 2']]);
    });

    it('fails if it can’t be answered as busy', async () => {
      line.put({ from: 'ben' }, { name: 'Ben', code: THEIRS });
      line.before = (what) => what === 'busy' && fail('forbidden');
      await placeRing(5_000, '', 'callers');
      expectOutcomes('(f|)');
      expect(line.written).toEqual([]);
    });

    it('fails if the callee’s ring leads to no call', async () => {
      line.put({ from: 'ben' }, { name: 'Ben', code: 'https://elsewhere' });
      await placeRing(1_000);
      expectOutcomes('(f|)');
      expect(line.held.value!.state).toBe('ringing');
    });
  });

  describe('when there was a ring before', () => {
    const before = (ring: Partial<RingRecord>) =>
      line.put({ from: 'ada', revision: 4, ...ring }, { name: 'Ada', code: 'cccc-cccc-cccc-cccc' });

    it('requires ten seconds between two rings from the same person', async () => {
      before({ state: 'declined', createdAt: START - 9_000 });
      await placeRing(1_000);
      expectOutcomes('(t|)');
      expect(line.written).toEqual([]);
    });

    it('rings again after that', async () => {
      before({ state: 'declined', createdAt: START - 10_000 });
      await placeRing(1_000);
      expectOutcomes('r');
      expect(line.written).toEqual([[0, 'start 3 5']]);
    });

    it('rings back at once', async () => {
      before({ from: 'ben', state: 'cancelled', createdAt: START - 1_000 });
      await placeRing(1_000);
      expectOutcomes('r');
    });

    it('cancels the ring of a page that was closed while it rang', async () => {
      before({ createdAt: START - 20_000 });
      await placeRing(1_000);
      expectOutcomes('r');
      expect(line.written).toEqual([
        [0, 'cancelled'],
        [0, 'start 3 5'],
      ]);
    });

    it('rings all the same if that ring has just ended', async () => {
      before({ createdAt: START - 20_000 });
      line.before = (what) => what === 'cancelled' && line.change({ state: 'declined' });
      await placeRing(1_000);
      expect(line.written).toEqual([[0, 'start 3 5']]);
    });

    it('rings after the callee’s own ring has timed out', async () => {
      before({ from: 'ben', createdAt: START - 45_000 });
      await placeRing(1_000);
      expectOutcomes('r');
      expect(line.written).toEqual([[0, 'start 3 5']]);
    });

    it('ignores the end of the previous ring', async () => {
      before({ state: 'declined', createdAt: START - 60_000 });
      const late = new BehaviorSubject<RingRecord | null>(line.held.value);
      line.listener$ = late;
      await placeRing(1_000);
      expectOutcomes('r');
    });

    it('ends when another page of the same person rings again', async () => {
      await placeRing(1_000);
      line.put({ from: 'ada', revision: 2 }, offer);
      await time.pass(1_000);
      expectOutcomes('r 999ms (c|)');
    });
  });

  describe('does not start', () => {
    it('if the callee has no entry', async () => {
      line.entry = null;
      await placeRing(100);
      expectOutcomes('(u|)');
    });

    it('if the callee’s lease has expired', async () => {
      line.entry = { lease: START };
      await placeRing(100);
      expectOutcomes('(u|)');
    });

    it('if the callee has set do not disturb', async () => {
      line.entry = { availability: 'dnd' };
      await placeRing(100);
      expectOutcomes('(q|)');
    });

    it('without a network', async () => {
      line.before = () => fail('offline');
      await placeRing(100);
      expectOutcomes('(o|)');
    });

    it('after any other failure', async () => {
      line.before = () => fail('quota');
      await placeRing(100);
      expectOutcomes('(f|)');
    });

    it('if the callee left at this moment', async () => {
      line.before = (what) => what === 'start' && fail('forbidden');
      await placeRing(100);
      expectOutcomes('(u|)');
    });

    it('a second time from another page of the same person', async () => {
      line.before = (what) => {
        if (what !== 'start') return;
        line.put({ from: 'ada' }, { name: 'Ada', code: 'cccc-cccc-cccc-cccc' });
        fail('forbidden');
      };
      await placeRing(100);
      expectOutcomes('(t|)');
    });
  });

  it('rings if a refusal only means that an earlier attempt got through', async () => {
    line.before = (what) => {
      if (what !== 'start') return;
      line.put({ from: 'ada' }, offer);
      fail('conflict');
    };
    await placeRing(5_000, '3s a');
    expectOutcomes('r 2999ms (a|)');
  });

  it('cancels a ring that may have got through without a response', async () => {
    line.before = (what) => {
      if (what !== 'start') return;
      line.put({ from: 'ada' }, offer);
      fail('offline');
    };
    await placeRing(100);
    expectOutcomes('(o|)');
    expect(line.held.value!.state).toBe('cancelled');
  });

  it('is cancelled when its listener fails', async () => {
    line.listener$ = throwError(() => new DocumentsError('offline'));
    await placeRing(100);
    expectOutcomes('(ro|)');
    expect(line.held.value!.state).toBe('cancelled');
  });
});
