import type { Observable } from 'rxjs';

import type { CallState, Notice } from './call-state';
import type { LinkStatistics, SignalingCost } from './call-statistics';

/** How a person came to a call: by *New call*, or by a code somebody shared. */
export type Intent = 'new' | 'join';

/** One call, from opening its link to leaving. What pages see of everything below. */
export abstract class Call {
  /** Starts with the present state. Errors never come as errors of the stream but as the phase `failed`. */
  abstract readonly state$: Observable<CallState>;
  /** Passing remarks; nothing is replayed. */
  abstract readonly notices$: Observable<Notice>;
  /** Whether what others do is asked for every few seconds, since listening for it is stopped on its way; starts with how it is now. */
  abstract readonly polling$: Observable<boolean>;
  /** Documents written, read and deleted for this call so far. */
  abstract readonly cost$: Observable<SignalingCost>;

  /**
   * Looks the call up and prepares everything but the answer. Opening again starts afresh.
   *
   * @param name joins under it as soon as that is possible
   */
  abstract open(code: string, intent: Intent, name?: string | null): void;
  /**
   * The same for a call that somebody is only asked into: microphone and camera stay closed until it is opened.
   *
   * @param name under which an answer is let be known, so that joining takes less; null when nothing is
   */
  abstract openAhead(code: string, name?: string | null): void;
  /** Getting ready to press Join (pointer near, focus): warms the way to Firestore. Cheap to call often. */
  abstract prepare(): void;
  /** Takes a seat under this name. From the phase `absent`, starts the call under the same code. */
  abstract join(name: string): void;
  /** Says goodbye, frees the seat, removes what this member wrote. */
  abstract leave(): void;
  /** Tries again what led to `failed`, or joins again after `left`. */
  abstract retry(): void;
  /** For the creator: whether newcomers may take seats. */
  abstract setOpen(open: boolean): void;
  /** For the creator: empties a seat. */
  abstract remove(session: string): void;
  /** Figures of the link to one member, once a second while subscribed. */
  abstract statistics$(session: string): Observable<LinkStatistics>;
}
