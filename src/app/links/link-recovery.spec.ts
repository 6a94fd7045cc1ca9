import { BehaviorSubject, EMPTY, type Observable, of, Subject } from 'rxjs';

import { Negotiation } from '../rtc/negotiation';
import type { LinkRole } from '../rtc/link-role';
import { VirtualTime } from '../testing/virtual-time';
import type { LinkContext } from './link';
import { linkRecovery$ } from './link-recovery';
import { newRecovery } from './recovery';

describe('linkRecovery$', () => {
  const contextWith = (networkChanges$: Observable<unknown>) =>
    ({ configuration$: EMPTY, networkChanges$, obstacles: new Map() }) as Partial<LinkContext> as LinkContext;

  it('expects no connection, and reports no failure, before the answer is stored', () => {
    const connection = new RTCPeerConnection();
    const described$ = new Subject<unknown>();
    const networkChanges$ = new Subject<unknown>();
    const recovery$ = new BehaviorSubject(newRecovery('answerer'));
    const subscription = linkRecovery$(
      {
        context: contextWith(networkChanges$),
        role: 'answerer',
        connection,
        negotiation: new Negotiation(connection, 'answerer', 'a', () => undefined),
        recovery$,
      },
      { peer$: of('ann'), described$ },
      EMPTY,
    ).subscribe();
    expect(recovery$.value.step).toBe('waiting');
    // The answer in flight fits this connection and no other.
    networkChanges$.next(null);
    expect(recovery$.value.step).toBe('waiting');
    described$.next(null);
    expect(recovery$.value.step).toBe('connecting');
    subscription.unsubscribe();
    connection.close();
  });

  /** Number of restarts within two minutes of a link whose media takes a relay although checks arrive without one. */
  const restartsOf = async (role: LinkRole) => {
    const time = new VirtualTime();
    const connection = new RTCPeerConnection();
    let checks = 0;
    spyOn(connection, 'getStats').and.callFake(() => Promise.resolve(relayed(++checks)));
    const recovery$ = new BehaviorSubject(newRecovery(role));
    const restarted$ = new Subject<void>();
    const restarts: number[] = [];
    const subscription = linkRecovery$(
      {
        context: contextWith(EMPTY),
        role,
        connection,
        negotiation: { restarted$ } as Partial<Negotiation> as Negotiation,
        recovery$,
      },
      { peer$: of('ann'), described$: of(null) },
      of(true),
    ).subscribe((recovery) => {
      restarts.push(recovery.restarts);
      if (recovery.step === 'renewing') setTimeout(() => restarted$.next(), 100);
    });
    await time.pass(120_000);
    expect(recovery$.value.step).toBe('well');
    subscription.unsubscribe();
    connection.close();
    return Math.max(...restarts);
  };

  it('restarts ICE as the offerer, twice at most, when a path without a relay stays unused', async () => {
    expect(await restartsOf('offerer')).toBe(2);
  });

  it('leaves that to the offerer as the answerer', async () => {
    expect(await restartsOf('answerer')).toBe(0);
  });
});

/** What a browser reports that uses a relay, and has received so many checks without one. */
const relayed = (checks: number): RTCStatsReport => {
  const stats = [
    { id: 'T', type: 'transport', selectedCandidatePairId: 'relayed' },
    { id: 'relay', type: 'remote-candidate', candidateType: 'relay' },
    { id: 'relayed', type: 'candidate-pair', remoteCandidateId: 'relay' },
    { id: 'direct', type: 'candidate-pair', requestsReceived: checks },
  ];
  return new Map(stats.map((one) => [one.id, one]));
};
