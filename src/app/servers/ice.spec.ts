import { TestBed } from '@angular/core/testing';
import { firstValueFrom, Subject, take, tap, toArray } from 'rxjs';

import { LOCAL_STORAGE } from '../storage/local-storage';
import { ICE_SERVERS } from '../rtc/ice-servers';
import { MemoryDatabase, MemoryDocuments } from '../testing/memory-documents';
import { VirtualTime } from '../testing/virtual-time';
import { Ice } from './ice';

const fallback = [{ urls: ['stun:fallback.example.org'] }];
const relay = { urls: ['turns:turn.example.org:443'], username: '1:parley', credential: 'one' };
const HOUR = 3_600_000;

describe('Ice', () => {
  let database: MemoryDatabase;
  let documents: MemoryDocuments;
  let stored: Map<string, string>;

  /** A page on this device. */
  const page = () => {
    TestBed.resetTestingModule();
    const storage = {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
      removeItem: (key: string) => stored.delete(key),
    };
    TestBed.configureTestingModule({
      providers: [
        { provide: LOCAL_STORAGE, useValue: storage },
        { provide: ICE_SERVERS, useValue: fallback },
      ],
    });
    return TestBed.inject(Ice);
  };
  const publish = (servers: unknown, validFor: number | null) =>
    database.simulateWrite('config/ice', {
      servers: JSON.stringify(servers),
      validUntil: validFor === null ? null : new Date(documents.now() + validFor),
      updatedAt: new Date(),
    });
  const first = (ice: Ice) =>
    firstValueFrom(TestBed.runInInjectionContext(() => ice.configuration$(documents)));

  beforeEach(() => {
    database = new MemoryDatabase();
    documents = database.user('a');
    stored = new Map();
  });

  it('works where storage always throws, and hides the address until the page closes', () => {
    const deny = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({
      providers: [
        { provide: LOCAL_STORAGE, useValue: { getItem: deny, setItem: deny, removeItem: deny } },
        { provide: ICE_SERVERS, useValue: fallback },
      ],
    });
    const ice = TestBed.inject(Ice);
    expect(ice.relayOnly()).toBeFalse();
    ice.hideAddress(true);
    expect(ice.relayOnly()).toBeTrue();
  });

  for (const kept of ['{', 'null', '7', '"text"', '[]', '{"readAt":1e999}', '{"readAt":1,"servers":7}']) {
    it(`ignores stored servers of the wrong shape: ${kept}`, async () => {
      stored.set('parley.ice', kept);
      expect((await first(page())).iceServers).toEqual([]);
    });
  }

  it('uses the deployment’s servers, or the build’s where the deployment has none', async () => {
    const ice = page();
    Reflect.set(documents, 'emulated', false);
    expect((await first(ice)).iceServers).toEqual(fallback);
    publish([relay], HOUR);
    stored.clear();
    const other = page();
    expect(await first(other)).toEqual({
      iceServers: [relay],
      iceTransportPolicy: 'all',
      bundlePolicy: 'max-bundle',
    });
  });

  it('reads the servers once while they are valid', async () => {
    publish([relay], HOUR);
    const get = spyOn(documents, 'get').and.callThrough();
    expect((await page().list(documents)).servers).toEqual([relay]);
    expect((await page().list(documents)).servers).toEqual([relay]);
    expect(get).toHaveBeenCalledTimes(1);
    // Nine minutes before they expire, credentials are too old to begin a call with.
    const now = documents.now.bind(documents);
    spyOn(documents, 'now').and.callFake(() => now() + HOUR - 9 * 60_000);
    await page().list(documents);
    expect(get).toHaveBeenCalledTimes(2);
  });

  it('uses the previous servers when nothing can be read, and starts without any', async () => {
    publish([relay], 1);
    await page().list(documents);
    documents.simulateOffline(true);
    expect((await page().list(documents)).servers).toEqual([relay]);
    stored.clear();
    expect((await page().list(documents)).servers).toBeNull();
  });

  it('ignores everything that is not a list of servers', async () => {
    database.simulateWrite('config/ice', { servers: '{', validUntil: null, updatedAt: new Date() });
    expect((await page().list(documents)).servers).toBeNull();
    stored.set('parley.ice', '{"readAt":"yesterday"}');
    expect((await page().list(documents)).servers).toBeNull();
  });

  it('emits new credentials before the old ones expire', async () => {
    const time = new VirtualTime();
    publish([relay], HOUR);
    spyOn(Math, 'random').and.returnValue(1);
    const told: unknown[] = [];
    const telling = page()
      .configuration$(documents)
      .subscribe(({ iceServers }) => told.push(iceServers![0]!.credential));
    await time.pass(1_000);
    publish([{ ...relay, credential: 'two' }], 2 * HOUR);
    await time.pass(HOUR - 20 * 60_000 - 2_000);
    expect(told).toEqual(['one']);
    await time.pass(1_000);
    expect(told).toEqual(['one', 'two']);
    telling.unsubscribe();
  });

  it('hides the address on request, and remembers that', async () => {
    publish([relay], HOUR);
    const ice = page();
    const first = new Subject<void>();
    const begun = firstValueFrom(first);
    const told = firstValueFrom(
      ice.configuration$(documents).pipe(
        tap(() => first.next()),
        take(2),
        toArray(),
      ),
    );
    await begun;
    ice.hideAddress(true);
    expect((await told).map(({ iceTransportPolicy }) => iceTransportPolicy)).toEqual(['all', 'relay']);
    expect(page().relayOnly()).toBeTrue();
  });
});
