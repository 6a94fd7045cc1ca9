import type { Signal } from '@angular/core';

/** A saved person: a favourite or a blocked person. */
export interface Favourite {
  readonly lobby: string;
  readonly uid: string;
  readonly name: string;
}

/** A ring in the history, whether or not a call came of it. */
export interface PastRing {
  readonly id: number;
  readonly lobby: string;
  readonly uid: string;
  readonly name: string;
  readonly direction: 'out' | 'in';
  /** `missed`: an incoming ring that was not answered. */
  readonly outcome: 'answered' | 'missed' | 'declined' | 'noAnswer' | 'busy' | 'cancelled' | 'failed';
  /** In ms since the epoch. */
  readonly at: number;
  /** Length of the call, in ms; null until it ends, or if there was no call. */
  readonly duration: number | null;
}

/** Favourites, history and blocked people, stored on this device only. */
export abstract class Acquaintances {
  abstract readonly favourites: Signal<readonly Favourite[]>;
  /** Latest first. */
  abstract readonly history: Signal<readonly PastRing[]>;
  abstract readonly blocked: Signal<readonly Favourite[]>;
  /** Number of rings missed since the person last looked at the history. */
  abstract readonly missed: Signal<number>;

  abstract favour(person: Favourite, on: boolean): Promise<void>;
  abstract block(person: Favourite, on: boolean): Promise<void>;
  abstract isFavourite(lobby: string, uid: string): boolean;
  abstract isBlocked(lobby: string, uid: string): boolean;
  /** Resolves to the ring's id. */
  abstract add(ring: Omit<PastRing, 'id'>): Promise<number>;
  /** Records the length of the call, in ms. */
  abstract end(id: number, duration: number): Promise<void>;
  abstract looked(): void;
  abstract clear(): Promise<void>;
  /** Deletes all favourites, rings and blocked people of a lobby. Resolves to a function that puts them back. */
  abstract forget(lobby: string): Promise<() => Promise<void>>;
}
