import { catchError, concat, NEVER, Observable, of, tap, throwError } from 'rxjs';

import type { Refusal } from '../rtc/refusal';
import { refusalOf } from '../rtc/refusal';
import type { LinkState } from './link';
import { LinkError } from './link-error';
import type { LinkEnd } from './link-end';

/** A description that a browser refused three times would be refused again. */
const TRIES = 3;

/** A member's description can't be used: this browser refused it, or it breaks docs/protocol.md. */
export class RefusedError extends LinkError {
  constructor(
    readonly refusal: Refusal,
    /** Session of the member whose description it is. */
    readonly session: string,
    options?: ErrorOptions,
  ) {
    super('refused', options);
  }
}

/**
 * Sets another member's first description, and reports the cause when that fails. Rejects with `RefusedError`, or with
 * `LinkError` where the connection is in the wrong state for it.
 */
export async function setting<T>(
  { session, sdp }: { readonly session: string; readonly sdp: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof LinkError) throw cause;
    if (cause instanceof DOMException && cause.name === 'InvalidStateError') {
      throw new LinkError('negotiation', { cause });
    }
    throw new RefusedError(refusalOf(sdp), session, { cause });
  }
}

/** Number of consecutive refused descriptions in this stay, by session of their author. */
export class Refusals {
  private readonly counts = new Map<string, number>();

  /** Counts one more refusal; returns whether to retry. */
  add(session: string): boolean {
    const count = (this.counts.get(session) ?? 0) + 1;
    this.counts.set(session, count);
    return count < TRIES;
  }

  forget(session: string): void {
    this.counts.delete(session);
  }
}

/** What a link is shown by once it is no longer retried. */
type RefusedEnd = Pick<LinkEnd, 'id' | 'path' | 'connection' | 'control'>;

/**
 * Lets a link whose description was refused fail, so that it is made again, but not forever: after three refusals in a row
 * the connection is closed, and the cause is shown while that member stays.
 */
export const triedEnough =
  (refusals: Refusals, end: RefusedEnd) =>
  (source: Observable<LinkState>): Observable<LinkState> =>
    source.pipe(
      tap(({ status, session }) => {
        if (status === 'connected' && session !== null) refusals.forget(session);
      }),
      catchError((error: unknown) => {
        if (!(error instanceof RefusedError) || refusals.add(error.session)) return throwError(() => error);
        end.connection.close();
        return concat(of(refusedLink(end, error)), NEVER);
      }),
    );

const refusedLink = (
  { id, path, connection, control }: RefusedEnd,
  { session, refusal }: RefusedError,
): LinkState => ({
  id,
  path,
  session,
  provisionalName: null,
  status: 'failed',
  stream: new MediaStream(),
  microphone: true,
  camera: true,
  mismatch: null,
  obstacle: refusal,
  connection,
  control,
  heard$: of(false),
  refusal$: of(refusal),
});
