import { BehaviorSubject } from 'rxjs';

import type { CallRecord } from '../signaling/records';
import { VirtualTime } from '../testing/virtual-time';
import { callToJoin$ } from './entering';

describe('callToJoin$', () => {
  const call: CallRecord = {
    createdAt: 0,
    expiresAt: Infinity,
    seats: 8,
    mode: 'mesh',
    door: 'open',
    host: 'ada',
    hostSeat: 0,
  };

  const joining = (awaitsCaller: boolean) => {
    const time = new VirtualTime();
    const call$ = new BehaviorSubject<CallRecord | null>(null);
    const gone$ = new BehaviorSubject(false);
    const found: (CallRecord | null)[] = [];
    callToJoin$({ call$, awaitsCaller, gone$ }).subscribe((one) => found.push(one));
    return { time, call$, gone$, found };
  };

  it('is what there is, unless the person was rung', () => {
    expect(joining(false).found).toEqual([null]);
  });

  it('is, for a callee, the call that the caller creates meanwhile', async () => {
    const { time, call$, found } = joining(true);
    await time.pass(9_000);
    expect(found).toEqual([]);
    call$.next(call);
    expect(found).toEqual([call]);
  });

  it('is missing, for a callee, once they have left', () => {
    const { gone$, found } = joining(true);
    gone$.next(true);
    expect(found).toEqual([null]);
  });

  it('is missing, for a callee, once the caller takes more than ten seconds', async () => {
    const { time, found } = joining(true);
    await time.pass(9_999);
    expect(found).toEqual([]);
    await time.pass(1);
    expect(found).toEqual([null]);
  });
});
