import { firstValueFrom, interval, map, startWith, filter, timeout } from 'rxjs';

import type { Member } from '../call/call-state';
import { newCode } from '../signaling/code';
import { FakeNetwork } from './fake-network';
import { LivePerson } from './live-person';
import { MemoryDatabase } from './memory-documents';
import { within } from './within';

/** How often to look whether something has happened, in ms. */
const LOOK = 20;
/** The longest commit, response and delivery, in ms. */
const LAG = 25;

/** Numbers of 0…1 that are the same for each seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A call of several people with fake connections, whose documents take random times. */
export class MeshScene {
  readonly database = new MemoryDatabase();
  readonly random: () => number;
  readonly network: FakeNetwork;
  private readonly code = newCode();
  private readonly all: LivePerson[] = [];

  constructor(seed: number) {
    this.random = seeded(seed);
    this.network = new FakeNetwork(this.random);
  }

  /** A person with a page of their own, named by their uid. */
  person(uid: string): LivePerson {
    const made = new LivePerson(this.database, uid, () => this.network.create(uid));
    made.documents.simulateLag(() => this.random() * LAG);
    this.all.push(made);
    return made;
  }

  async start(uid: string): Promise<LivePerson> {
    const made = this.person(uid);
    made.call.open(this.code, 'new', uid);
    await made.phase('seated');
    return made;
  }

  /** A person who is ready to press Join. */
  async open(uid: string, made = this.person(uid)): Promise<LivePerson> {
    made.call.open(this.code, 'join');
    await made.phase('prejoin');
    return made;
  }

  async join(uid: string): Promise<LivePerson> {
    const made = await this.open(uid);
    made.call.join(uid);
    await made.phase('seated');
    return made;
  }

  /** The page crashes: from now on it sends nothing, not even a goodbye. */
  crash(person: LivePerson): void {
    person.documents.simulateOffline(true);
    this.network.simulateGone(person.documents.uid);
    person.goAway();
  }

  /** Waits for a random time, in ms. */
  moment(most: number): Promise<void> {
    return this.network.later(most);
  }

  /** Waits until each of these people sees all others connected, over one connection for each pair. */
  async full(...people: readonly LivePerson[]): Promise<void> {
    const uids = people.map(({ documents }) => documents.uid).sort();
    const pairs = uids.flatMap((a) => uids.filter((b) => a < b).map((b) => `${a}-${b}`));
    await this.until(
      () =>
        people.every((person) => {
          const others = uids.filter((uid) => uid !== person.documents.uid);
          const members = membersOf(person);
          const connected = members.filter(({ status }) => status === 'connected');
          return (
            String(connected.map(({ name }) => name).sort()) === String(others) &&
            members.length === others.length
          );
        }) && String(this.network.connected) === String(pairs),
      () => people.map((person) => `${person.documents.uid}: ${told(person)}`).join('; '),
    );
  }

  async until(is: () => boolean, tell: () => string = () => '', patience = 12_000): Promise<void> {
    const isSo$ = interval(LOOK).pipe(startWith(0), map(is), filter(Boolean), timeout(within(patience)));
    await firstValueFrom(isSo$).catch((cause: unknown) => {
      throw new Error(`${tell()} (connected: ${String(this.network.connected)})`, { cause });
    });
  }

  /** Number of offers at a seat without an answer. */
  standing(seat: number): number {
    const isOffer = new RegExp(`/seats/${seat}/links/[^/]+$`);
    return [...this.database.contents].filter(([path, { answer }]) => isOffer.test(path) && answer === null)
      .length;
  }

  end(): void {
    for (const person of this.all) person.goAway();
  }
}

export const membersOf = ({ states }: LivePerson): readonly Member[] => {
  const now = states.at(-1);
  return now?.phase === 'seated' ? now.members : [];
};

const told = (person: LivePerson): string =>
  `${person.states.at(-1)?.phase} ${membersOf(person)
    .map(({ name, status }) => `${name} ${status}`)
    .join(', ')}`;
