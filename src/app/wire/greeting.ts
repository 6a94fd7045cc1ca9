import { distinctUntilChanged, filter, ignoreElements, map, merge, type Observable, tap } from 'rxjs';

import type { Codec } from './codec';
import { type Control, said } from './control-channel';

/** The sender now listens and wants the present state. `answer`: it wants a hello back. */
export interface HelloMessage {
  readonly type: 'hello';
  readonly answer: boolean;
}

export const greetings: Codec<HelloMessage> = {
  hello: ({ answer }) => (typeof answer === 'boolean' ? { answer } : null),
};

/**
 * Emits whenever the peer has begun to listen and needs the present state. A part that is loaded late has missed what was
 * said when the channel opened. So both sides say hello, and answer the peer's hello.
 */
export const greeting = (control: Control): Observable<void> =>
  merge(
    said(control, greetings, 'hello').pipe(
      tap(({ answer }) => answer && control.send<HelloMessage>({ type: 'hello', answer: false })),
      map(() => undefined),
    ),
    control.open$.pipe(
      tap((open) => open && control.send<HelloMessage>({ type: 'hello', answer: true })),
      ignoreElements(),
    ),
  );

/** Emits when the peer lacks the present state: the channel opens, or the peer says that it listens only now. */
export const stateWanted$ = (control: Pick<Control, 'open$' | 'messages'>): Observable<unknown> =>
  merge(
    control.open$.pipe(
      distinctUntilChanged(),
      filter((open) => open),
    ),
    said(control, greetings, 'hello').pipe(filter(({ answer }) => answer)),
  );
