import { signal } from '@angular/core';

import { Acquaintances, type Favourite, type PastRing } from '../people/acquaintances';

/** A past call with Ada, by default. */
export const fakePastRing = (ring: Partial<PastRing> = {}): PastRing => ({
  id: 1,
  lobby: 'abcd-efgh-jkmn-pqrs',
  uid: 'ada',
  name: 'Ada',
  direction: 'out',
  outcome: 'answered',
  at: Date.UTC(2026, 10, 23, 9, 30),
  duration: 247_000,
  ...ring,
});

const same = (one: Favourite, lobby: string, uid: string): boolean => one.lobby === lobby && one.uid === uid;

/** Acquaintances in memory. */
export class FakeAcquaintances extends Acquaintances {
  readonly favourites = signal<readonly Favourite[]>([]);
  readonly history = signal<readonly PastRing[]>([]);
  readonly blocked = signal<readonly Favourite[]>([]);
  readonly missed = signal(0);

  async favour(person: Favourite, on: boolean): Promise<void> {
    this.#turn(this.favourites, person, on);
  }

  async block(person: Favourite, on: boolean): Promise<void> {
    this.#turn(this.blocked, person, on);
  }

  isFavourite(lobby: string, uid: string): boolean {
    return this.favourites().some((one) => same(one, lobby, uid));
  }

  isBlocked(lobby: string, uid: string): boolean {
    return this.blocked().some((one) => same(one, lobby, uid));
  }

  async add(ring: Omit<PastRing, 'id'>): Promise<number> {
    const id = this.history().length + 1;
    this.history.update((history) => [{ ...ring, id }, ...history]);
    return id;
  }

  async end(id: number, duration: number): Promise<void> {
    this.history.update((history) => history.map((ring) => (ring.id === id ? { ...ring, duration } : ring)));
  }

  looked(): void {
    this.missed.set(0);
  }

  async clear(): Promise<void> {
    this.history.set([]);
    this.missed.set(0);
  }

  async forget(lobby: string): Promise<() => Promise<void>> {
    const before = [this.favourites(), this.blocked(), this.history()] as const;
    this.favourites.update((all) => all.filter((one) => one.lobby !== lobby));
    this.blocked.update((all) => all.filter((one) => one.lobby !== lobby));
    this.history.update((all) => all.filter((one) => one.lobby !== lobby));
    return async () => {
      this.favourites.set(before[0]);
      this.blocked.set(before[1]);
      this.history.set(before[2]);
    };
  }

  #turn(list: typeof this.favourites, person: Favourite, on: boolean): void {
    list.update((all) => [
      ...all.filter((one) => !same(one, person.lobby, person.uid)),
      ...(on ? [person] : []),
    ]);
  }
}
