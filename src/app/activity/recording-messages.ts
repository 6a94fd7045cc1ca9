import { combineLatest, ignoreElements, map, Observable, tap } from 'rxjs';

import { said, type Control } from '../wire/control-channel';
import { type GestureMessage, gestures } from './gesture-messages';

/** Tells the peer whether this member records, when the peer begins to listen and at each change. */
export const tellRecording = (
  control: Control,
  on$: Observable<boolean>,
  hello$: Observable<unknown>,
): Observable<never> =>
  combineLatest([on$, hello$]).pipe(
    tap(([on]) => control.send<GestureMessage>({ type: 'recording', on })),
    ignoreElements(),
  );

/** Whether the peer records. Emits whenever the peer reports it. */
export const theirRecording = (control: Control): Observable<boolean> =>
  said(control, gestures, 'recording').pipe(map(({ on }) => on));
