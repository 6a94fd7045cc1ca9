import { combineLatest, filter, merge, type Observable, tap } from 'rxjs';

import { beating } from '../wire/vital-signs';
import type { CodecMismatch } from './link-status';
import type { LinkEnd } from './link-end';
import type { LinkMessage } from './link-messages';

/**
 * Tells the peer about this side while the control channel is open: that it is alive, whether it sends audio and video, and
 * that the two have no codec in common. Emits nothing of interest.
 */
export const telling = (
  { context, control }: Pick<LinkEnd, 'context' | 'control'>,
  mismatch$: Observable<CodecMismatch | null>,
): Observable<unknown> => {
  const sending$ = combineLatest([context.sending$, control.open$]).pipe(
    filter(([, open]) => open),
    tap(([{ microphone, camera }]) => control.send<LinkMessage>({ type: 'state', microphone, camera })),
  );
  const codecs$ = combineLatest([mismatch$, control.open$]).pipe(
    tap(([mismatch, open]) => {
      if (mismatch && open)
        control.send<LinkMessage>({ type: 'codecs', kind: mismatch.kind, codecs: mismatch.ours });
    }),
  );
  return merge(sending$, codecs$, beating(control));
};
