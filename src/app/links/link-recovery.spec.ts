import { BehaviorSubject, EMPTY, of, Subject } from 'rxjs';

import { Negotiation } from '../rtc/negotiation';
import type { LinkContext } from './link';
import { linkRecovery$ } from './link-recovery';
import { newRecovery } from './recovery';

describe('linkRecovery$', () => {
  it('expects no connection, and reports no failure, before the answer is stored', () => {
    const connection = new RTCPeerConnection();
    const described$ = new Subject<unknown>();
    const networkChanges$ = new Subject<unknown>();
    const recovery$ = new BehaviorSubject(newRecovery('answerer'));
    const context = { configuration$: EMPTY, networkChanges$, obstacles: new Map() } as Partial<LinkContext>;
    const subscription = linkRecovery$(
      {
        context: context as LinkContext,
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
});
