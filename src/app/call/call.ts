import type { Observable } from 'rxjs';

import type { CallState, Door, Notice, Outcome } from './call-state';
import type { LinkStatistics, SignalingCost } from './call-statistics';

/** How a person came to a call: with *New call*, or with a code that was shared with them. */
export type Intent = 'new' | 'join';

/** One call, from opening its link to leaving it. Pages see everything below through this class. */
export abstract class Call {
  /** Starts with the present state. Failures arrive as the phase `failed`, never as errors of the stream. */
  abstract readonly state$: Observable<CallState>;
  /** One-off notices; nothing is replayed. */
  abstract readonly notices$: Observable<Notice>;
  /**
   * Whether changes are polled every few seconds because something on this device or network blocks listeners; starts with
   * the present value.
   */
  abstract readonly polling$: Observable<boolean>;
  /** Documents written, read and deleted for this call so far. */
  abstract readonly cost$: Observable<SignalingCost>;

  /**
   * Looks up the call and prepares everything short of publishing the answer. Opening again starts over.
   *
   * @param name joins under this name as soon as possible
   */
  abstract open(code: string, intent: Intent, name?: string | null): void;
  /**
   * Like `open`, for a call that this person is only being asked into: the microphone and camera stay closed until `open` is
   * called.
   *
   * @param name Name to publish a provisional answer under, which makes joining faster, or null to publish none.
   */
  abstract openAhead(code: string, name?: string | null): void;
  /** Call when a press of Join is likely (pointer near, focus): warms the connection to Firestore. Cheap to call often. */
  abstract prepare(): void;
  /** Takes a seat under this name, or knocks where `asks` says so. From the phase `absent`, starts the call under the same code. */
  abstract join(name: string): void;
  /** Says goodbye, frees the seat, and deletes what this member wrote. */
  abstract leave(): void;
  /** Retries what led to `failed`, or joins again after `left`. */
  abstract retry(): void;
  /** For the host: sets who may take a seat. */
  abstract setDoor(door: Door): void;
  /** For the host: sets the number of seats, 2 to 16, but no fewer than are needed for the highest seat that is held. */
  abstract setSeats(seats: number): void;
  /** Lets a guest in who waits; for the host, also a person who was removed or refused. */
  abstract admit(id: string): Promise<Outcome>;
  /** Refuses a guest who waits. */
  abstract refuse(id: string): Promise<Outcome>;
  /**
   * Lets a person in before they knock, because they are about to be rung. Resolves once it is done, to false if it could not
   * be saved.
   *
   * @param id the person's uid
   */
  abstract admitAhead(id: string): Promise<boolean>;
  /** For the host: empties a seat. That person can't come back unless the host admits them. */
  abstract remove(session: string): void;
  /** For the host: makes another member the host. */
  abstract handOver(session: string): void;
  /** For the host: ends the call for all. */
  abstract end(): void;
  /** For the host: asks a member to mute the microphone, or all of them if null. It is only ever muted, never unmuted. */
  abstract askToMute(session: string | null): void;
  /** Statistics of the link to one member, once a second while subscribed. */
  abstract statistics$(session: string): Observable<LinkStatistics>;
}
