import { signal } from '@angular/core';
import { BehaviorSubject, defer, finalize, type Observable } from 'rxjs';

import {
  People,
  type CameraOnEntering,
  type IncomingRing,
  type LobbyState,
  type OutgoingRing,
  type Person,
  type Visibility,
} from '../people/people';

/** A person who is visible and can be called, by default. */
export const fakePerson = (person: Partial<Person> = {}): Person => ({
  uid: 'ada',
  name: 'Ada',
  availability: 'available',
  ...person,
});

/** A ring from Ada that is ringing, by default. */
export const fakeIncoming = (ring: Partial<IncomingRing> = {}): IncomingRing => ({
  id: 'ring-1',
  lobby: 'abcd-efgh-jkmn-pqrs',
  from: { uid: 'ada', name: 'Ada' },
  code: '0123-4567-89ab-cdef',
  ended: null,
  ...ring,
});

/** A ring to Ada that is ringing, by default. */
export const fakeOutgoing = (ring: Partial<OutgoingRing> = {}): OutgoingRing => ({
  lobby: 'abcd-efgh-jkmn-pqrs',
  to: { uid: 'ada', name: 'Ada' },
  code: '0123-4567-89ab-cdef',
  outcome: 'ringing',
  message: null,
  ...ring,
});

/** A request from a page to `People`. */
export type AskedOfPeople = readonly [
  (
    | 'look'
    | 'create'
    | 'appear'
    | 'disappear'
    | 'doNotDisturb'
    | 'ring'
    | 'hangUp'
    | 'ringIntoCall'
    | 'takeBack'
    | 'accept'
    | 'decline'
    | 'dismiss'
  ),
  ...(readonly unknown[]),
];

/** People who do nothing by themselves. Specs simulate events and inspect what was asked of them. */
export class FakePeople extends People {
  readonly asked: AskedOfPeople[] = [];
  readonly visibility = signal<Visibility | null>(null);
  readonly outgoing = signal<OutgoingRing | null>(null);
  readonly intoCall = signal<readonly OutgoingRing[]>([]);
  readonly incoming = signal<readonly IncomingRing[]>([]);

  /** Codes of the lobbies being watched. */
  readonly watched: string[] = [];
  /** The result of creating a lobby. */
  created: () => Promise<string> = () => Promise.resolve('abcd-efgh-jkmn-pqrs');
  readonly #lobbies = new Map<string, BehaviorSubject<LobbyState>>();

  lobby$(code: string): Observable<LobbyState> {
    return defer(() => {
      this.watched.push(code);
      return this.#lobby(code).pipe(finalize(() => this.watched.splice(this.watched.indexOf(code), 1)));
    });
  }

  look(): void {
    this.asked.push(['look']);
  }

  create(): Promise<string> {
    this.asked.push(['create']);
    return this.created();
  }

  appear(code: string, name: string): void {
    this.asked.push(['appear', code, name]);
    this.visibility.set({ code, name, doNotDisturb: false, status: 'appearing' });
  }

  disappear(): void {
    this.asked.push(['disappear']);
    this.visibility.set(null);
  }

  setDoNotDisturb(on: boolean): void {
    this.asked.push(['doNotDisturb', on]);
    this.visibility.update((visibility) => visibility && { ...visibility, doNotDisturb: on });
  }

  ring(lobby: string, to: Pick<Person, 'uid' | 'name'>): void {
    this.asked.push(['ring', lobby, to]);
  }

  hangUp(): void {
    this.asked.push(['hangUp']);
  }

  ringIntoCall(code: string, lobby: string, to: Pick<Person, 'uid' | 'name'>): void {
    this.asked.push(['ringIntoCall', code, lobby, to]);
  }

  takeBack(uid: string): void {
    this.asked.push(['takeBack', uid]);
    this.intoCall.update((rings) => rings.filter(({ to }) => to.uid !== uid));
  }

  accept(ring: IncomingRing, camera: CameraOnEntering = 'asRemembered'): void {
    this.asked.push(camera === 'asRemembered' ? ['accept', ring.id] : ['accept', ring.id, camera]);
    this.#putAway(ring);
  }

  decline(ring: IncomingRing, message?: string): void {
    this.asked.push(message === undefined ? ['decline', ring.id] : ['decline', ring.id, message]);
    this.#putAway(ring);
  }

  dismiss(ring: IncomingRing): void {
    this.asked.push(['dismiss', ring.id]);
    this.#putAway(ring);
  }

  simulateLobby(code: string, state: LobbyState): void {
    this.#lobby(code).next(state);
  }

  /** Opens the lobby, reports it at once, and puts these people in it. */
  simulateOpen(code: string, people: readonly Person[] = [], age = 0, live = true): void {
    this.simulateLobby(code, { phase: 'open', people, age, live });
  }

  /** Makes one visible, or not visible any more. */
  simulateVisible(visibility: Partial<Visibility> | null = {}): void {
    this.visibility.set(
      visibility && {
        code: 'abcd-efgh-jkmn-pqrs',
        name: 'Kim',
        doNotDisturb: false,
        status: 'visible',
        ...visibility,
      },
    );
  }

  #putAway({ id }: IncomingRing): void {
    this.incoming.update((rings) => rings.filter((ring) => ring.id !== id));
  }

  #lobby(code: string): BehaviorSubject<LobbyState> {
    const known = this.#lobbies.get(code);
    if (known) return known;
    const lobby = new BehaviorSubject<LobbyState>({ phase: 'opening' });
    this.#lobbies.set(code, lobby);
    return lobby;
  }
}
