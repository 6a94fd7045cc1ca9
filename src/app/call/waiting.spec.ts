import { BehaviorSubject } from 'rxjs';

import type { CallModeration } from '../signaling/call-moderation';
import { SHORT_LEASE } from '../signaling/lease';
import type { CallRecord, Knock } from '../signaling/records';
import { START, VirtualTime } from '../testing/virtual-time';
import type { Notice, Waiting } from './call-state';
import { LiveRoster } from './live-roster';
import type { VisitContext } from './visit-context';
import { waiting$ } from './waiting';

const MINUTE = 60_000;
const call: CallRecord = {
  createdAt: START - 20 * MINUTE,
  expiresAt: Infinity,
  seats: 8,
  mode: 'mesh',
  door: 'ask',
  host: 'me',
  hostSeat: 0,
};
const knock = (uid: string, at = 0, name: string | null = uid): Knock => ({
  uid,
  at: START + at,
  card: name === null ? null : { name },
});

describe('The guests who wait', () => {
  let time: VirtualTime;
  let roster: LiveRoster;
  let knocks: BehaviorSubject<readonly Knock[]>;
  let shown: readonly Waiting[];
  let notices: Notice[];

  beforeEach(() => {
    time = new VirtualTime();
    const now = () => START + time.now;
    roster = new LiveRoster('me', now);
    roster.tell({ type: 'seated', seated: { number: 0, name: '', since: 0, call, lease: SHORT_LEASE } });
    knocks = new BehaviorSubject<readonly Knock[]>([]);
    [shown, notices] = [[], []];
    roster.notices$.subscribe((notice) => notices.push(notice));
    const context = { roster, now } as unknown as VisitContext;
    waiting$(context, { knocks$: knocks } as unknown as CallModeration).subscribe((list) => (shown = list));
  });
  const names = () => shown.map(({ name }) => name);

  it('are shown in the order in which they knocked, each with one notice', async () => {
    knocks.next([knock('cleo', 2), knock('ben', 1)]);
    await time.pass(1);
    expect(names()).toEqual(['ben', 'cleo']);
    // Repeated after nine minutes: the same guest, who still is the first.
    const [ben] = shown;
    await time.pass(9 * MINUTE);
    knocks.next([knock('cleo', 2), knock('ben', 9 * MINUTE)]);
    await time.pass(1);
    expect(shown.find(({ id }) => id === 'ben')).toBe(ben);
    expect(notices).toEqual([
      { kind: 'asked', id: 'ben', name: 'ben' },
      { kind: 'asked', id: 'cleo', name: 'cleo' },
    ]);
  });

  it('are shown without a name if it can’t be decrypted', async () => {
    knocks.next([knock('ben', 0, null)]);
    await time.pass(1);
    expect(names()).toEqual(['']);
  });

  it('disappear ten minutes after the last knock, and are announced when they knock again', async () => {
    knocks.next([knock('ben')]);
    await time.pass(9 * MINUTE);
    expect(names()).toEqual(['ben']);
    await time.pass(2 * MINUTE);
    expect(names()).toEqual([]);
    knocks.next([knock('ben', 11 * MINUTE)]);
    await time.pass(1);
    expect(notices.length).toBe(2);
  });

  it('don’t include those of an earlier call under the same code', async () => {
    knocks.next([knock('old', -21 * MINUTE), knock('ben')]);
    await time.pass(1);
    expect(names()).toEqual(['ben']);
  });

  it('are not asked for while the door doesn’t ask', async () => {
    knocks.next([knock('ben')]);
    await time.pass(1);
    roster.tell({ type: 'changed', call: { ...call, door: 'open' } });
    await time.pass(1);
    expect([names(), knocks.observed]).toEqual([[], false]);
    roster.tell({ type: 'changed', call });
    await time.pass(1);
    expect(names()).toEqual(['ben']);
  });
});
