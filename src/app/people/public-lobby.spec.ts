import { TestBed } from '@angular/core/testing';

import { LOCAL_STORAGE } from '../storage/local-storage';
import { PUBLIC_LOBBY } from './public-lobby';

const CODE = 'aaaa-aaaa-aaaa-aaaa';
const HOUR = 3_600_000;

/** A device's storage, empty at first. */
class FakeStorage implements Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  readonly held = new Map<string, string>();

  getItem(key: string): string | null {
    return this.held.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.held.set(key, value);
  }

  removeItem(key: string): void {
    this.held.delete(key);
  }
}

describe('the public lobby', () => {
  let storage: FakeStorage;
  let now: number;
  let asked: string[];
  let answer: () => Response;

  const fields = (code: unknown) => Response.json({ name: 'x', fields: { code } });
  /** Asks like the next page would. */
  const ask = (gone?: string) => {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({ providers: [{ provide: LOCAL_STORAGE, useValue: storage }] });
    return TestBed.inject(PUBLIC_LOBBY)(gone);
  };

  beforeEach(() => {
    storage = new FakeStorage();
    now = Date.UTC(2026, 10, 23);
    asked = [];
    answer = () => fields({ stringValue: CODE });
    spyOn(Date, 'now').and.callFake(() => now);
    spyOn(window, 'fetch').and.callFake(async (url, options) => {
      if (url === '/__/firebase/init.json') return Response.json({ projectId: 'spec', apiKey: 'none' });
      asked.push(url as string);
      // Nothing that would cause a preflight request (CORS).
      expect(Object.keys(options ?? {})).toEqual(['signal']);
      return answer();
    });
  });

  it('is requested from config/lobby', async () => {
    expect(await ask()).toBe(CODE);
    expect(asked).toEqual([
      'https://firestore.googleapis.com/v1/projects/spec/databases/(default)/documents/config/lobby',
    ]);
  });

  it('is read with or without dashes', async () => {
    answer = () => fields({ stringValue: CODE.replaceAll('-', '').toUpperCase() });
    expect(await ask()).toBe(CODE);
  });

  it('is requested again after twelve hours', async () => {
    await ask();
    now += 12 * HOUR - 1;
    expect(await ask()).toBe(CODE);
    expect(asked.length).toBe(1);
    now += 1;
    await ask();
    expect(asked.length).toBe(2);
  });

  for (const [what, none] of [
    ['missing', () => new Response('{}', { status: 404 })],
    ['forbidden', () => new Response('{}', { status: 403 })],
    ['no code', () => fields({ stringValue: 'welcome' })],
    ['no text', () => fields({ integerValue: '7' })],
    ['empty', () => Response.json({})],
  ] as const) {
    it(`counts as missing for an hour if it is ${what}`, async () => {
      answer = none;
      expect(await ask()).toBeNull();
      now += HOUR - 1;
      expect(await ask()).toBeNull();
      expect(asked.length).toBe(1);
      now += 1;
      answer = () => fields({ stringValue: CODE });
      expect(await ask()).toBe(CODE);
    });
  }

  it('is requested again if the cached lobby no longer exists, and only then', async () => {
    const other = 'bbbb-bbbb-bbbb-bbbb';
    await ask();
    answer = () => fields({ stringValue: other });
    expect(await ask(other)).toBe(CODE);
    expect(await ask(CODE)).toBe(other);
    expect(await ask()).toBe(other);
    expect(asked.length).toBe(2);
  });

  it('is requested again if the clock was set back', async () => {
    await ask();
    now -= HOUR;
    await ask();
    expect(asked.length).toBe(2);
  });

  it('is unknown without a network, and that is not cached', async () => {
    answer = () => {
      throw new TypeError('Failed to fetch');
    };
    await expectAsync(ask()).toBeRejected();
    answer = () => new Response('', { status: 503 });
    await expectAsync(ask()).toBeRejectedWithError(/503/);
    expect(storage.held.size).toBe(0);
  });

  it('is requested if the cached value is invalid, or nothing can be stored', async () => {
    for (const kept of ['{', '7', '{"code":"x"}', '{"readAt":"now"}']) {
      storage.setItem('parley.lobby', kept);
      expect(await ask()).toBe(CODE);
    }
    expect(asked.length).toBe(4);
    spyOn(storage, 'setItem').and.throwError('QuotaExceededError');
    storage.held.clear();
    expect(await ask()).toBe(CODE);
  });
});
