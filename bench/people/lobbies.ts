import { idOf, newCode } from '../../tools/lobby-code.mjs';
import { Listener } from './listener';
import { LISTENED, SHARD, lookEvery, type Design } from './formula';
import { Store, Tally, ahead, bytes, map, text, type Fields, type Found, type Place } from './store';

/** As long as Firebase's own uids, and different in each lobby. */
const uidOf = (lobby: string, name: string): string => `${name}${lobby}`.padEnd(28, 'x').slice(0, 28);

const MINUTE = 60_000;
/** Size of a sealed name, in bytes. */
const CARD = 56;

/** What a person does in a lobby, one after the other. */
export interface Person {
  /** Opens the lobby and sees its people. */
  open(): Promise<void>;
  appear(): Promise<void>;
  renew(): Promise<void>;
  leave(): Promise<void>;
  /** Polls the lobby. */
  look(): Promise<void>;
  /** Time until the next poll, in s; undefined while listening, and after leaving. */
  readonly lookAfter: number | undefined;
  /** Processes what was received, and stops listening if there are too many people. */
  settle(): Promise<void>;
  end(): Promise<void>;
}

/** A lobby of one of the designs. Each write reaches all listeners before the next action. */
export class Lobby {
  private readonly listeners = new Set<Listener>();
  private readonly people = new Set<Person>();

  private constructor(
    private readonly place: Place,
    readonly id: string,
    private readonly tally: Tally,
  ) {}

  /** Creates a lobby. This is not counted, because a lobby is created once and used for months. */
  static async make(place: Place, tally: Tally): Promise<Lobby> {
    const id = idOf(newCode(), 'parley/1/lobby-id');
    const founder = new Store(place, uidOf(id, 'founder'), new Tally());
    const fields = { createdBy: text(founder.uid), expiresAt: ahead(60 * MINUTE) };
    await founder.commit({ path: `lobbies/${id}`, fields, now: 'createdAt' });
    return new Lobby(place, id, tally);
  }

  /** Makes a change that listeners receive, and waits until they have. */
  async change(write: () => Promise<void>): Promise<void> {
    const arrivals = [...this.listeners].map((listener) => listener.next());
    await write();
    await Promise.all(arrivals.map((arrival) => arrival()));
    await Promise.all([...this.people].map((person) => person.settle()));
  }

  async listen(uid: string): Promise<Listener> {
    const listener = new Listener(this.place, uid, `lobbies/${this.id}/people`, this.tally);
    await listener.next()();
    this.listeners.add(listener);
    return listener;
  }

  async unlisten(listener: Listener): Promise<void> {
    this.listeners.delete(listener);
    await listener.end();
  }

  /** @param index number of people who came before */
  person(design: Design, index: number): Person {
    const store = new Store(this.place, uidOf(this.id, String(index)), this.tally);
    // Fills each document with as many people as it is meant for.
    const shard = Math.floor(index / SHARD);
    const person =
      design === 'naive'
        ? new Alone(this, store)
        : new Sharing(this, store, shard, design === 'listened' ? Infinity : LISTENED);
    this.people.add(person);
    return person;
  }
}

const entry = (): Fields => ({ lease: ahead(5 * MINUTE), state: text('available'), card: bytes(CARD) });

/** A document for each person; everyone listens to all of them. */
class Alone implements Person {
  readonly lookAfter = undefined;
  private listener: Listener | undefined;

  constructor(
    private readonly lobby: Lobby,
    private readonly store: Store,
  ) {}

  private get path(): string {
    return `lobbies/${this.lobby.id}/people/${this.store.uid}`;
  }

  async open(): Promise<void> {
    this.listener = await this.lobby.listen(this.store.uid);
  }

  async appear(): Promise<void> {
    await this.renew();
  }

  async renew(): Promise<void> {
    await this.lobby.change(() => this.store.commit({ path: this.path, fields: entry() }));
  }

  async leave(): Promise<void> {
    await this.end();
    await this.lobby.change(() => this.store.commit({ delete: this.path }));
  }

  async look(): Promise<void> {
    // Every change is received by the listener.
  }

  async settle(): Promise<void> {
    // It goes on listening.
  }

  async end(): Promise<void> {
    if (this.listener) await this.lobby.unlisten(this.listener);
    this.listener = undefined;
  }
}

/** Many people in one document. Clients listen to up to `listened` people and poll otherwise. */
class Sharing implements Person {
  private listener: Listener | undefined;
  private people = 0;
  private gone = false;

  constructor(
    private readonly lobby: Lobby,
    private readonly store: Store,
    private readonly shard: number,
    private readonly listened: number,
  ) {}

  get lookAfter(): number | undefined {
    return this.listener || this.gone ? undefined : lookEvery(this.people);
  }

  async open(): Promise<void> {
    await this.store.get(`lobbies/${this.lobby.id}`);
    await this.look();
  }

  async appear(): Promise<void> {
    await this.renew();
  }

  async renew(): Promise<void> {
    await this.write({ people: map({ [this.store.uid]: map(entry()) }) });
  }

  async leave(): Promise<void> {
    await this.end();
    this.gone = true;
    await this.write({});
  }

  async look(): Promise<void> {
    if (this.listener) return;
    this.people = peopleIn(await this.store.query(`lobbies/${this.lobby.id}`, 'people'));
    if (this.people <= this.listened) this.listener = await this.lobby.listen(this.store.uid);
  }

  async settle(): Promise<void> {
    if (!this.listener || this.listened === Infinity) return;
    this.people = this.listener.documents().reduce((sum, shard) => sum + countOf(shard['people']), 0);
    if (this.people > this.listened) await this.end();
  }

  async end(): Promise<void> {
    if (this.listener) await this.lobby.unlisten(this.listener);
    this.listener = undefined;
  }

  private async write(people: Fields): Promise<void> {
    await this.lobby.change(() =>
      this.store.commit({
        path: `lobbies/${this.lobby.id}/people/${this.shard}`,
        fields: { ...people, swept: text(''), expiresAt: ahead(23 * 60 * MINUTE) },
        mask: [`people.\`${this.store.uid}\``, 'swept', 'expiresAt'],
      }),
    );
  }
}

const countOf = (people: unknown): number => Object.keys(people ?? {}).length;

const peopleIn = (shards: readonly Found[]): number =>
  shards.reduce((sum, { fields }) => {
    const { mapValue } = (fields?.['people'] ?? {}) as { readonly mapValue?: { readonly fields?: object } };
    return sum + countOf(mapValue?.fields);
  }, 0);
