import { BehaviorSubject, firstValueFrom, map, Observable, Subject, switchMap, throwError } from 'rxjs';

import { DocumentsError } from '../firebase/documents';
import { MemoryDatabase, type MemoryDocuments } from '../testing/memory-documents';
import { START, VirtualTime, type Recording } from '../testing/virtual-time';
import { LobbyDocuments } from './lobby-documents';
import { entriesIn, type EntryRecord } from './lobby-records';
import type { LobbyState } from './people';
import { lobbyWatch$, lookEvery } from './watch';

const ID = 'lobby';
const DAY = 86_400_000;

/** Real documents whose cards are not sealed: virtual time does not wait for cryptography. */
class OpenLobby extends LobbyDocuments {
  readonly cut = new BehaviorSubject(false);

  constructor(private readonly memory: MemoryDocuments) {
    super(memory, { id: ID, key: {} as CryptoKey });
  }

  override readonly entries$: Observable<readonly EntryRecord[]> = new Observable((subscriber) =>
    this.cut
      .pipe(
        switchMap((cut) =>
          cut
            ? throwError(() => new DocumentsError('offline'))
            : this.memory.collection$(`lobbies/${ID}/people`),
        ),
        map((found) => found.flatMap(({ id, fields }) => entriesIn(id, fields))),
      )
      .subscribe(subscriber),
  );

  override async nameOf({ card }: EntryRecord): Promise<string> {
    return new TextDecoder().decode(card);
  }

  get reads(): Promise<number> {
    return firstValueFrom(this.memory.operations$.pipe(map(({ reads }) => reads)));
  }

  get writes(): Promise<number> {
    return firstValueFrom(this.memory.operations$.pipe(map(({ writes }) => writes)));
  }

  setOffline(offline: boolean): void {
    this.memory.simulateOffline(offline);
    this.cut.next(offline);
  }
}

describe('lobbyWatch$', () => {
  let time: VirtualTime;
  let database: MemoryDatabase;
  let lobby: OpenLobby;
  let shown: BehaviorSubject<boolean>;
  let look: Subject<void>;
  let seen: Recording<LobbyState>;

  /** Writes a document of entries: uid → when the lease expires, in ms from the start. */
  const people = (leases: Readonly<Record<string, number>>, shard = 0, state = 'available') =>
    database.simulateWrite(`lobbies/${ID}/people/${shard}`, {
      people: Object.fromEntries(
        Object.entries(leases).map(([uid, lease]) => [
          uid,
          { lease: new Date(START + lease), state, card: new TextEncoder().encode(`Name of ${uid}`) },
        ]),
      ),
      swept: '',
      expiresAt: new Date(START + DAY),
    });
  const crowd = (count: number, lease = DAY) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, lease]));
  const made = (expiresAt = START + 80 * DAY) =>
    database.simulateWrite(`lobbies/${ID}`, { createdBy: 'x', expiresAt: new Date(expiresAt) });
  const watch = async (length: number) => {
    seen = time.record(lobbyWatch$(lobby, { seen$: shown, look$: look }));
    await time.pass(length);
  };
  const open = (state: LobbyState | '|' | undefined) =>
    state !== '|' && state?.phase === 'open' ? state : null;
  const uids = () => open(seen.last)?.people.map(({ uid }) => uid);
  /** When the list was emitted, and how many people were in it. */
  const counts = () =>
    seen.heard.flatMap(([at, state]) => (open(state) ? [[at, open(state)!.people.length]] : []));

  beforeEach(() => {
    time = new VirtualTime();
    database = new MemoryDatabase();
    lobby = new OpenLobby(database.user('me'));
    shown = new BehaviorSubject(true);
    look = new Subject();
    made();
  });
  afterEach(() => {
    seen.stop();
  });

  it('reports that there is no lobby, and looks again on request', async () => {
    made(START);
    await watch(60_000);
    expect(seen.heard).toEqual([
      [0, { phase: 'opening' }],
      [0, { phase: 'absent' }],
    ]);
    expect(await lobby.reads).toBe(1);
    made();
    look.next();
    await time.pass(10);
    expect(uids()).toEqual([]);
  });

  it('reports each change among a few people at once, sorted by name and without this person', async () => {
    people({ me: DAY, cleo: DAY, ben: DAY });
    await watch(1_000);
    expect(open(seen.last)).toEqual({
      phase: 'open',
      people: [
        { uid: 'ben', name: 'Name of ben', availability: 'available' },
        { uid: 'cleo', name: 'Name of cleo', availability: 'available' },
      ],
      age: 0,
      live: true,
    });
    people({ me: DAY, ben: DAY });
    await time.pass(10);
    expect(uids()).toEqual(['ben']);
    expect(await lobby.reads).toBe(3);
  });

  it('counts a person with entries in two documents once, with the later one', async () => {
    people({ ben: 100_000 }, 0, 'busy');
    people({ ben: 200_000 }, 1, 'dnd');
    await watch(1_000);
    expect(open(seen.last)?.people.map(({ availability }) => availability)).toEqual(['dnd']);
  });

  it('drops people when their lease expires', async () => {
    people({ ben: 20_000, cleo: 60_000, gone: -1 });
    await watch(100_000);
    expect(counts()).toEqual([
      [jasmine.any(Number), 2],
      [20_050, 1],
      [60_050, 0],
    ]);
  });

  it('follows up to twelve people with a listener, and polls above that: every 1.2 s per person, at most every two minutes', async () => {
    expect(lookEvery(13)).toBe(15_600);
    expect(lookEvery(100)).toBe(120_000);
    expect(lookEvery(1_000)).toBe(120_000);
    people(crowd(12));
    await watch(100_000);
    expect(await lobby.reads).toBe(2);
    people(crowd(13));
    await time.pass(10);
    expect(open(seen.last)).toEqual(jasmine.objectContaining({ age: 15_600, live: true }));
    expect(uids()!.length).toBe(13);
    expect(await lobby.reads).toBe(3);
    // The listener has been stopped.
    people(crowd(20));
    await time.pass(15_000);
    expect(await lobby.reads).toBe(3);
    await time.pass(1_000);
    expect(uids()!.length).toBe(20);
    expect(await lobby.reads).toBe(4);
    await time.pass(24_000);
    expect(await lobby.reads).toBe(5);
  });

  it('uses the listener again at ten people, not at eleven', async () => {
    people(crowd(13));
    await watch(1_000);
    people(crowd(11));
    await time.pass(16_000);
    expect(open(seen.last)).toEqual(jasmine.objectContaining({ age: 13_200 }));
    people(crowd(10));
    await time.pass(14_000);
    expect(uids()!.length).toBe(10);
    people(crowd(9));
    await time.pass(10);
    expect(uids()!.length).toBe(9);
    expect(open(seen.last)).toEqual(jasmine.objectContaining({ age: 0 }));
  });

  it('costs 24,000 reads in eight hours for 100 people who look all the time', async () => {
    people(crowd(100));
    await watch(3_600_000);
    const hour = await lobby.reads;
    expect(hour).toBeGreaterThanOrEqual(30);
    expect(hour * 8 * 100).toBeLessThan(26_000);
  });

  it('looks at once on request', async () => {
    people(crowd(50));
    await watch(10_000);
    people(crowd(51));
    look.next();
    await time.pass(10);
    expect(uids()!.length).toBe(51);
  });

  it('reads nothing once hidden for 30 s, and reads at once when visible again', async () => {
    people(crowd(50));
    await watch(1_000);
    shown.next(false);
    await time.pass(600_000);
    const before = await lobby.reads;
    expect(before).toBeLessThanOrEqual(3);
    shown.next(true);
    await time.pass(10);
    expect(await lobby.reads).toBe(before + 1);
    expect(uids()!.length).toBe(50);
  });

  it('keeps going while the page is hidden for a moment, at no cost', async () => {
    people(crowd(3));
    await watch(1_000);
    shown.next(false);
    await time.pass(29_000);
    people(crowd(4));
    await time.pass(10);
    expect(uids()!.length).toBe(4);
    shown.next(true);
    await time.pass(60_000);
    expect(await lobby.reads).toBe(3);
  });

  it('shows the last known list while offline, and retries every five seconds', async () => {
    people({ ben: DAY });
    await watch(1_000);
    lobby.setOffline(true);
    await time.pass(12_000);
    expect(open(seen.last)).toEqual(jasmine.objectContaining({ live: false }));
    expect(uids()).toEqual(['ben']);
    people({ ben: DAY, cleo: DAY });
    lobby.setOffline(false);
    await time.pass(5_000);
    expect(open(seen.last)).toEqual(jasmine.objectContaining({ live: true }));
    expect(uids()).toEqual(['ben', 'cleo']);
  });

  it('continues after a look that failed', async () => {
    people(crowd(13));
    await watch(1_000);
    lobby.setOffline(true);
    await time.pass(16_000);
    expect(open(seen.last)).toEqual(jasmine.objectContaining({ live: false }));
    lobby.setOffline(false);
    look.next();
    await time.pass(10);
    expect(open(seen.last)).toEqual(jasmine.objectContaining({ live: true, age: 15_600 }));
  });

  it('reports that it is offline at the start, and opens when the network is there', async () => {
    people({ ben: DAY });
    lobby.setOffline(true);
    await watch(1_000);
    expect(seen.last).toEqual({ phase: 'failed', reason: 'offline' });
    lobby.setOffline(false);
    await time.pass(5_000);
    expect(uids()).toEqual(['ben']);
  });

  it('retries after a refusal only on request', async () => {
    const lobbyOf = spyOn(lobby, 'lobby').and.rejectWith(new DocumentsError('quota'));
    await watch(60_000);
    expect(seen.last).toEqual({ phase: 'failed', reason: 'quota' });
    expect(lobbyOf).toHaveBeenCalledTimes(1);
    lobbyOf.and.callThrough();
    look.next();
    await time.pass(10);
    expect(uids()).toEqual([]);
  });

  it('extends a lobby with less than two thirds of its lifetime left', async () => {
    made(START + 60 * DAY);
    await watch(100);
    expect(await lobby.writes).toBe(0);
    seen.stop();
    made(START + 59 * DAY);
    await watch(100);
    expect(await lobby.writes).toBe(1);
    expect((await lobby.lobby())!.expiresAt).toBeGreaterThan(START + 88 * DAY);
  });
});
