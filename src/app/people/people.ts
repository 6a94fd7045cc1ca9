import type { Signal } from '@angular/core';
import type { Observable } from 'rxjs';

import type { SignInReason } from '../firebase/sign-in-reason';

/** What somebody in a lobby wants to be taken for. `busy`: in a call. */
export type Availability = 'available' | 'busy' | 'dnd';

/** Somebody who is visible in a lobby. */
export interface Person {
  readonly uid: string;
  /** Empty when it does not open. */
  readonly name: string;
  readonly availability: Availability;
}

/** Why a lobby can't be shown or entered. */
export type PeopleReason =
  | 'offline'
  | 'configuration'
  /** Signing in was refused. */
  | SignInReason
  | 'forbidden'
  | 'quota'
  /** The lobby holds as many people as it can. */
  | 'full'
  | 'unavailable';

/** A lobby as it is looked at. */
export type LobbyState =
  | { readonly phase: 'opening' }
  /** Nobody made a lobby with this code, or it has expired. */
  | { readonly phase: 'absent' }
  | {
      readonly phase: 'open';
      /** All others who are visible, by name. */
      readonly people: readonly Person[];
      /** How long what is shown may be old, ms; 0 where every change is told at once. */
      readonly age: number;
      /** False while the way to Firestore is lost: what is shown is what was known. */
      readonly live: boolean;
    }
  | { readonly phase: 'failed'; readonly reason: PeopleReason };

/** Being visible: where, as whom, and whether it is so. */
export interface Visibility {
  readonly code: string;
  readonly name: string;
  /** Wanted by the person; `busy` is told by itself while in a call. */
  readonly doNotDisturb: boolean;
  readonly status: 'appearing' | 'visible' | 'failed';
  readonly reason?: PeopleReason;
}

/** Where a ring of one's own stands. */
export type RingOutcome =
  | 'ringing'
  | 'accepted'
  | 'declined'
  | 'busy'
  /** Nobody answered for 45 s. */
  | 'noAnswer'
  | 'cancelled'
  /** Not visible any more. */
  | 'unreachable'
  /** Wants not to be disturbed. */
  | 'dnd'
  /** Was rung a moment ago: not before 10 s have passed. */
  | 'tooSoon'
  | 'offline'
  | 'failed';

/** A ring that goes out; one at a time. */
export interface OutgoingRing {
  readonly lobby: string;
  readonly to: Pick<Person, 'uid' | 'name'>;
  /** Of the call that the two meet in. */
  readonly code: string;
  readonly outcome: RingOutcome;
  /** What the other said in declining. */
  readonly message: string | null;
}

/** A ring that has come in and waits for an answer. */
export interface IncomingRing {
  /** Of this ring alone: the next of the same pair has another. */
  readonly id: string;
  readonly lobby: string;
  readonly from: Pick<Person, 'uid' | 'name'>;
  readonly code: string;
  /** How it ended without an answer here; null while it rings. */
  readonly ended: 'cancelled' | 'elsewhere' | 'missed' | null;
}

/** Being seen, seeing others, ringing and being rung. What pages see of everything below. */
export abstract class People {
  /** Where one is visible; null while one is not. Kept on this device over reloads. */
  abstract readonly visibility: Signal<Visibility | null>;
  abstract readonly outgoing: Signal<OutgoingRing | null>;
  /** The first is asked about first. */
  abstract readonly incoming: Signal<readonly IncomingRing[]>;

  /** Looks at a lobby while subscribed. Errors never come as errors of the stream. */
  abstract lobby$(code: string): Observable<LobbyState>;
  /** Looks at the lobbies that are open now, or tries again what failed. */
  abstract look(): void;
  /** Makes a lobby; resolves to its code. Rejects with `PeopleError`. */
  abstract create(): Promise<string>;

  /** Becomes visible in a lobby under a name, and can be rung from then on; leaves the one before. */
  abstract appear(code: string, name: string): void;
  abstract disappear(): void;
  abstract setDoNotDisturb(on: boolean): void;

  /** Goes into a new call and rings somebody into it. */
  abstract ring(lobby: string, to: Pick<Person, 'uid' | 'name'>): void;
  /** Takes back the ring that goes out, or puts away what became of it. */
  abstract hangUp(): void;

  /**
   * Goes straight into the call.
   *
   * @param joined resolves when the others in the call are reached, or there is no way in; the other is told then, or a second later
   */
  abstract accept(ring: IncomingRing, joined?: Promise<unknown>): void;
  /** @param message at most 140 characters */
  abstract decline(ring: IncomingRing, message?: string): void;
  /** Puts away a ring that ended without an answer here. */
  abstract dismiss(ring: IncomingRing): void;
}

export class PeopleError extends Error {
  override readonly name = 'PeopleError';

  constructor(
    readonly reason: PeopleReason,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}
