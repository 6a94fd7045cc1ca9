import { BehaviorSubject, EMPTY, NEVER, of, Subject } from 'rxjs';

import { ControlChannel } from '../wire/control-channel';
import { Negotiation } from '../rtc/negotiation';
import { LinkContext, linkState$ } from './link';
import { newRecovery } from './recovery';

describe('linkState$', () => {
  it('expects no connection, and reports no failure, before the answer is stored', () => {
    const connection = new RTCPeerConnection();
    const control = new ControlChannel(connection);
    const described$ = new Subject<unknown>();
    const networkChanges$ = new Subject<unknown>();
    const recovery$ = new BehaviorSubject(newRecovery('answerer'));
    const context = {
      signaling: { reach: () => Promise.resolve(true) },
      configuration$: EMPTY,
      sending$: EMPTY,
      networkChanges$,
      obstacles: new Map(),
      shown$: NEVER,
      departures: { find: () => undefined },
    } as unknown as LinkContext;
    const subscription = linkState$(context, {
      path: { seat: 1, id: 'a' },
      role: 'answerer',
      connection,
      control,
      negotiation: new Negotiation(connection, 'answerer', 'a', () => undefined),
      peer$: of('ann'),
      described$,
      exchanged$: NEVER,
      mismatch$: of(null),
      provisionalName$: of(null),
      recovery$,
    }).subscribe();
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
