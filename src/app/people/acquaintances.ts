import type { Signal } from '@angular/core';

/** Somebody one wants to find again. */
export interface Favourite {
  readonly lobby: string;
  readonly uid: string;
  readonly name: string;
}

/** Something that was, or came to nothing. */
export interface PastRing {
  readonly id: number;
  readonly lobby: string;
  readonly uid: string;
  readonly name: string;
  readonly direction: 'out' | 'in';
  /** `missed`: came in and was not answered. */
  readonly outcome: 'answered' | 'missed' | 'declined' | 'noAnswer' | 'busy' | 'cancelled' | 'failed';
  /** ms since the epoch. */
  readonly at: number;
  /** How long the call was, ms; null while it goes on, or when there was none. */
  readonly duration: number | null;
}

/** Favourites, history and blocked people: on this device only. */
export abstract class Acquaintances {
  abstract readonly favourites: Signal<readonly Favourite[]>;
  /** The latest first. */
  abstract readonly history: Signal<readonly PastRing[]>;
  abstract readonly blocked: Signal<readonly Favourite[]>;
  /** Missed since the history was looked at last. */
  abstract readonly missed: Signal<number>;

  abstract favour(person: Favourite, on: boolean): Promise<void>;
  abstract block(person: Favourite, on: boolean): Promise<void>;
  abstract isFavourite(lobby: string, uid: string): boolean;
  abstract isBlocked(lobby: string, uid: string): boolean;
  /** Resolves to its id. */
  abstract add(ring: Omit<PastRing, 'id'>): Promise<number>;
  /** Notes how long the call was. */
  abstract end(id: number, duration: number): Promise<void>;
  abstract looked(): void;
  abstract clear(): Promise<void>;
}
