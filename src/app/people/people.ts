import type { Signal } from '@angular/core';
import type { Observable } from 'rxjs';

import type { SignInReason } from '../firebase/sign-in-reason';

/** How a person appears in a lobby. `busy`: in a call. */
export type Availability = 'available' | 'busy' | 'dnd';

/** A person who is visible in a lobby. */
export interface Person {
  readonly uid: string;
  /** Empty if it fails to decrypt. */
  readonly name: string;
  readonly availability: Availability;
}

/** Why a lobby can't be shown or entered. */
export type PeopleReason =
  | 'offline'
  | 'configuration'
  /** Sign-in was refused. */
  | SignInReason
  | 'forbidden'
  | 'quota'
  /** The lobby has no room for another person. */
  | 'full'
  | 'unavailable';

/** State of a lobby that is being watched. */
export type LobbyState =
  | { readonly phase: 'opening' }
  /** No lobby has this code, or it has expired. */
  | { readonly phase: 'absent' }
  | {
      readonly phase: 'open';
      /** All other visible people, sorted by name. */
      readonly people: readonly Person[];
      /** Maximum age of the list, in ms; 0 while changes arrive at once. */
      readonly age: number;
      /** False while Firestore can't be reached: the list is the last known one. */
      readonly live: boolean;
    }
  | { readonly phase: 'failed'; readonly reason: PeopleReason };

/** Where and under which name this person is visible, and whether that worked. */
export interface Visibility {
  readonly code: string;
  readonly name: string;
  /** Chosen by the person; `busy` is set automatically during a call. */
  readonly doNotDisturb: boolean;
  readonly status: 'appearing' | 'visible' | 'failed';
  readonly reason?: PeopleReason;
}

/** State of an outgoing ring. */
export type RingOutcome =
  | 'ringing'
  | 'accepted'
  | 'declined'
  | 'busy'
  /** No answer within 45 s. */
  | 'noAnswer'
  | 'cancelled'
  /** No longer visible. */
  | 'unreachable'
  /** Has set do not disturb. */
  | 'dnd'
  /** Was rung a moment ago: 10 s must pass between two rings. */
  | 'tooSoon'
  | 'offline'
  | 'failed';

/** An outgoing ring. */
export interface OutgoingRing {
  readonly lobby: string;
  readonly to: Pick<Person, 'uid' | 'name'>;
  /** Code of the call that the two meet in. */
  readonly code: string;
  readonly outcome: RingOutcome;
  /** Message that the callee declined with. */
  readonly message: string | null;
}

/** An incoming ring that waits for an answer. */
export interface IncomingRing {
  /** Unique to this ring: the pair's next ring has a different id. */
  readonly id: string;
  readonly lobby: string;
  readonly from: Pick<Person, 'uid' | 'name'>;
  readonly code: string;
  /** How it ended without an answer from this page; null while it rings. */
  readonly ended: 'cancelled' | 'elsewhere' | 'missed' | null;
}

/** How a person enters the call of a ring: with the camera as it was left last time, or with the camera off. */
export type CameraOnEntering = 'asRemembered' | 'off';

/** Visibility, lobbies and rings: what pages see of the layers below. */
export abstract class People {
  /** Where this person is visible; null if they are not. Kept on this device across reloads. */
  abstract readonly visibility: Signal<Visibility | null>;
  /** The ring that opened a call of its own; one at a time. */
  abstract readonly outgoing: Signal<OutgoingRing | null>;
  /** Rings into the call that this page is in; several at once, one for each person. */
  abstract readonly intoCall: Signal<readonly OutgoingRing[]>;
  /** The first ring is shown first. */
  abstract readonly incoming: Signal<readonly IncomingRing[]>;

  /** Watches a lobby while subscribed. Failures are states, never errors of the stream. */
  abstract lobby$(code: string): Observable<LobbyState>;
  /** Refreshes the watched lobbies now, or retries what failed. */
  abstract look(): void;
  /** Creates a lobby; resolves to its code. Rejects with `PeopleError`. */
  abstract create(): Promise<string>;

  /** Makes this person visible in a lobby under a name, so that they can be rung; leaves the previous lobby. */
  abstract appear(code: string, name: string): void;
  abstract disappear(): void;
  abstract setDoNotDisturb(on: boolean): void;

  /** Opens a new call and rings a person into it. */
  abstract ring(lobby: string, to: Pick<Person, 'uid' | 'name'>): void;
  /** Cancels the outgoing ring, or dismisses its outcome. */
  abstract hangUp(): void;
  /** Rings a person into the call with this code, which this page is in and stays in. Leaving the call cancels the ring. */
  abstract ringIntoCall(code: string, lobby: string, to: Pick<Person, 'uid' | 'name'>): void;
  /** Cancels the ring to a person into the call, or dismisses its outcome. */
  abstract takeBack(uid: string): void;

  /**
   * Opens the call at once.
   *
   * @param joined resolves when the peers in the call are connected, or joining has failed; the caller is notified then, or
   * after a second
   */
  abstract accept(ring: IncomingRing, camera?: CameraOnEntering, joined?: Promise<unknown>): void;
  /** @param message at most 140 characters */
  abstract decline(ring: IncomingRing, message?: string): void;
  /** Dismisses a ring that ended without an answer from this page. */
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
