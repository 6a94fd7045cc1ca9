import { createEnvironmentInjector, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { deleteDB, openDB } from 'idb';

import type { Favourite, PastRing } from './acquaintances';
import { ACQUAINTANCES_NAME, DeviceAcquaintances } from './device-acquaintances';

const ada: Favourite = { lobby: 'lobby', uid: 'ada', name: 'Ada' };
const bo: Favourite = { lobby: 'lobby', uid: 'bo', name: 'Bo' };
const missedRing = (at: number, person = ada): Omit<PastRing, 'id'> => ({
  ...person,
  direction: 'in',
  outcome: 'missed',
  at,
  duration: null,
});

describe('DeviceAcquaintances', () => {
  let name: string;
  let tabs: EnvironmentInjector[];

  /** A separate tab: another instance with its own connection and channel. */
  const open = async (): Promise<DeviceAcquaintances> => {
    const tab = createEnvironmentInjector(
      [{ provide: ACQUAINTANCES_NAME, useValue: name }, DeviceAcquaintances],
      TestBed.inject(EnvironmentInjector),
    );
    tabs.push(tab);
    const acquaintances = tab.get(DeviceAcquaintances);
    await acquaintances.ready;
    return acquaintances;
  };
  const until = async (seen: () => boolean): Promise<void> => {
    while (!seen()) await new Promise((resolve) => setTimeout(resolve, 10));
  };

  beforeEach(() => {
    name = `spec-${crypto.randomUUID()}`;
    tabs = [];
  });

  afterEach(async () => {
    for (const tab of tabs) tab.destroy();
    await deleteDB(name);
  });

  it('starts empty', async () => {
    const acquaintances = await open();
    expect(acquaintances.favourites()).toEqual([]);
    expect(acquaintances.history()).toEqual([]);
    expect(acquaintances.blocked()).toEqual([]);
    expect(acquaintances.missed()).toBe(0);
  });

  it('keeps favourites and blocked people across visits, under their latest name', async () => {
    const before = await open();
    await before.favour(bo, true);
    await before.favour(ada, true);
    await before.favour({ ...bo, name: 'Aaron' }, true);
    await before.block({ ...bo, lobby: 'other' }, true);
    await before.block(ada, true);
    await before.block(ada, false);

    const after = await open();
    expect(after.favourites()).toEqual([{ ...bo, name: 'Aaron' }, ada]);
    expect(after.blocked()).toEqual([{ ...bo, lobby: 'other' }]);
    expect(after.isFavourite('lobby', 'ada')).toBeTrue();
    expect(after.isFavourite('other', 'ada')).toBeFalse();
    expect(after.isBlocked('other', 'bo')).toBeTrue();
    expect(after.isBlocked('lobby', 'bo')).toBeFalse();
  });

  it('forgets everything about a lobby, on disk too, and can put it back', async () => {
    const before = await open();
    const elsewhere = { ...ada, lobby: 'other' };
    for (const person of [ada, elsewhere]) {
      await before.favour(person, true);
      await before.block(person, true);
      await before.add(missedRing(1, person));
    }
    const putBack = await before.forget('lobby');

    const after = await open();
    expect(after.favourites()).toEqual([elsewhere]);
    expect(after.blocked()).toEqual([elsewhere]);
    expect(after.history().map(({ lobby }) => lobby)).toEqual(['other']);
    const database = await openDB(name);
    for (const store of ['favourites', 'blocked', 'history']) {
      expect((await database.getAll(store)).map(({ lobby }: Favourite) => lobby)).toEqual(['other']);
    }
    database.close();

    await after.favour({ ...ada, name: 'Ada L.' }, true);
    await putBack();
    const last = await open();
    expect(last.favourites().map((person) => person.name)).toEqual(['Ada', 'Ada L.']);
    expect(last.isBlocked('lobby', 'ada')).toBeTrue();
    expect(last.history().length).toBe(2);
    expect(last.missed()).toBe(2);
  });

  it('shows a change at once', async () => {
    const acquaintances = await open();
    const kept = acquaintances.block(ada, true);
    expect(acquaintances.isBlocked('lobby', 'ada')).toBeTrue();
    await kept;
    expect(acquaintances.isBlocked('lobby', 'ada')).toBeTrue();
  });

  it('keeps the history, latest first, and the length of calls', async () => {
    const before = await open();
    const id = await before.add({ ...ada, direction: 'out', outcome: 'answered', at: 1_000, duration: null });
    await before.add({ ...bo, direction: 'out', outcome: 'noAnswer', at: 2_000, duration: null });
    await before.end(id, 65_000);
    await before.end(-1, 5);

    const after = await open();
    expect(after.history()).toEqual([
      jasmine.objectContaining({ ...bo, direction: 'out', outcome: 'noAnswer', at: 2_000, duration: null }),
      jasmine.objectContaining({ id, ...ada, direction: 'out', outcome: 'answered', duration: 65_000 }),
    ]);
    await after.favour(ada, true);
    await after.clear();
    expect((await open()).history()).toEqual([]);
    expect((await open()).favourites()).toEqual([ada]);
  });

  it('forgets the oldest of 201 rings', async () => {
    const acquaintances = await open();
    const ids: number[] = [];
    for (let at = 1; at <= 200; at++) ids.push(await acquaintances.add(missedRing(at)));
    expect(new Set(ids).size).toBe(200);
    expect(acquaintances.history().at(-1)?.at).toBe(1);
    await acquaintances.add(missedRing(201));
    for (const { history } of [acquaintances, await open()]) {
      expect(history().length).toBe(200);
      expect(history()[0]?.at).toBe(201);
      expect(history().at(-1)?.at).toBe(2);
    }
    const database = await openDB(name);
    expect(await database.count('history')).toBe(200);
    database.close();
  });

  it('counts missed rings until the person looks at them', async () => {
    const acquaintances = await open();
    await acquaintances.add(missedRing(1));
    await acquaintances.add(missedRing(2));
    await acquaintances.add({ ...missedRing(3), outcome: 'declined' });
    expect(acquaintances.missed()).toBe(2);
    expect((await open()).missed()).toBe(2);
    acquaintances.looked();
    expect(acquaintances.missed()).toBe(0);
    await acquaintances.add(missedRing(4));
    expect(acquaintances.missed()).toBe(1);
    expect((await open()).missed()).toBe(1);
  });

  it('counts a missed ring only when it would survive the page closing at once', async () => {
    const acquaintances = await open();
    const noted = acquaintances.add(missedRing(1));
    expect(acquaintances.history().length).toBe(1);
    expect(acquaintances.missed()).toBe(0);
    await noted;
    expect(acquaintances.missed()).toBe(1);
  });

  it('follows changes in another tab', async () => {
    const [one, other] = [await open(), await open()];
    await one.favour(ada, true);
    await one.block(bo, true);
    await until(() => other.isFavourite('lobby', 'ada') && other.isBlocked('lobby', 'bo'));

    const id = await other.add(missedRing(1));
    await until(() => one.missed() === 1);
    expect(one.history()[0]?.id).toBe(id);
    one.looked();
    await until(() => other.missed() === 0);
    await other.favour(ada, false);
    await until(() => !one.isFavourite('lobby', 'ada'));
  });

  it('loses nothing if two tabs write at the same time, and stores the same ring once', async () => {
    const [one, other] = [await open(), await open()];
    const [id, same] = await Promise.all([
      one.add(missedRing(1)),
      other.add(missedRing(1)),
      one.add(missedRing(2)),
      other.add(missedRing(3)),
      one.favour(ada, true),
      other.favour(bo, true),
    ]);
    expect(same).toBe(id);
    await until(() => [one, other].every(({ history }) => history().length === 3));
    await until(() => [one, other].every(({ favourites }) => favourites().length === 2));
    expect((await open()).missed()).toBe(3);
  });

  it('drops a malformed record and nothing else', async () => {
    const first = await open();
    await first.favour(ada, true);
    const id = await first.add(missedRing(7));
    const database = await openDB(name);
    const good = { ...ada, direction: 'in', outcome: 'missed', at: 8, duration: null, seen: false };
    for (const broken of [
      { ...good, id: 1, outcome: 'toString' },
      { ...good, id: 2, direction: 'up' },
      { ...good, id: 3, at: 'yesterday' },
      { ...good, id: 4, duration: -1 },
      { ...good, id: 5, seen: undefined },
      { ...good, id: 6, uid: 7 },
      { ...good, id: 1.5 },
      { id: 'text' },
    ])
      await database.put('history', broken);
    await database.put('favourites', { lobby: 'lobby', uid: 'nameless' });
    await database.put('blocked', { lobby: '', uid: '', name: '' });
    await database.put('blocked', bo);

    const second = await open();
    expect(second.history().map((ring) => ring.id)).toEqual([id]);
    expect(second.missed()).toBe(1);
    expect(second.favourites()).toEqual([ada]);
    expect(second.blocked()).toEqual([bo]);
    // Removed by the next write.
    await second.add(missedRing(9));
    expect(await database.count('history')).toBe(2);
    expect(await database.count('favourites')).toBe(1);
    expect(await database.count('blocked')).toBe(1);
    database.close();
  });

  describe('without storage', () => {
    const works = async (acquaintances: DeviceAcquaintances): Promise<void> => {
      await acquaintances.favour(ada, true);
      await acquaintances.block(bo, true);
      const id = await acquaintances.add(missedRing(1));
      await acquaintances.end(id, 3_000);
      expect(acquaintances.isFavourite('lobby', 'ada')).toBeTrue();
      expect(acquaintances.isBlocked('lobby', 'bo')).toBeTrue();
      expect(acquaintances.history()).toEqual([jasmine.objectContaining({ id, at: 1, duration: 3_000 })]);
      expect(acquaintances.missed()).toBe(1);
      acquaintances.looked();
      expect(acquaintances.missed()).toBe(0);
    };

    it('works in memory if opening throws, and stores everything once it can', async () => {
      const opening = spyOn(indexedDB, 'open').and.throwError(new DOMException('denied', 'SecurityError'));
      const acquaintances = await open();
      await works(acquaintances);
      expect(opening).toHaveBeenCalled();
      opening.and.callThrough();
      await acquaintances.favour(bo, true);
      const later = await open();
      expect(later.favourites()).toEqual([ada, bo]);
      expect(later.history().length).toBe(1);
      expect(later.missed()).toBe(0);
    });

    it('works in memory if opening fails, as when a newer app has made the database', async () => {
      (await openDB(name, 1_000)).close();
      await works(await open());
      expect((await open()).favourites()).toEqual([]);
    });

    it('works in memory if opening gets no response', async () => {
      // Deleting the database waits for the tab that holds it, and opening the database waits for the deletion.
      const keeper = await openDB(name, 1);
      const deletion = deleteDB(name);
      jasmine.clock().install();
      try {
        const opened = open();
        jasmine.clock().tick(4_000);
        const acquaintances = await opened;
        const kept = acquaintances.favour(ada, true);
        // Until it has requested to open again.
        for (let turn = 0; turn < 20; turn++) await Promise.resolve();
        jasmine.clock().tick(4_000);
        await kept;
        expect(acquaintances.favourites()).toEqual([ada]);
      } finally {
        jasmine.clock().uninstall();
        keeper.close();
        await deletion;
      }
    });

    it('keeps in memory what does not fit, and leaves stored data intact', async () => {
      const acquaintances = await open();
      await acquaintances.favour(ada, true);
      const putting = spyOn(IDBObjectStore.prototype, 'put').and.throwError(
        new DOMException('full', 'QuotaExceededError'),
      );
      await acquaintances.favour(bo, true);
      expect(acquaintances.favourites()).toEqual([ada, bo]);
      const other = await open();
      expect(other.favourites()).toEqual([ada]);
      putting.and.callThrough();
      await acquaintances.block(bo, true);
      await until(() => other.favourites().length === 2);
    });

    it('works without a channel between tabs', async () => {
      spyOn(globalThis, 'BroadcastChannel').and.throwError(new DOMException('denied', 'SecurityError'));
      const acquaintances = await open();
      await acquaintances.favour(ada, true);
      expect((await open()).favourites()).toEqual([ada]);
    });
  });

  it('releases the database to a newer version of the app in another tab, and keeps working', async () => {
    const acquaintances = await open();
    await acquaintances.favour(ada, true);
    const newer = await openDB(name, 2);
    expect(await newer.getAll('favourites')).toEqual([ada]);
    await acquaintances.favour(bo, true);
    expect(acquaintances.favourites()).toEqual([ada, bo]);
    expect(await newer.count('favourites')).toBe(1);
    newer.close();
  });

  it('creates the database again after the person has cleared it', async () => {
    const acquaintances = await open();
    await acquaintances.favour(ada, true);
    await deleteDB(name);
    await acquaintances.block(bo, true);
    expect((await open()).blocked()).toEqual([bo]);
  });
});
