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
  /** As the next page would. */
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
      // Nothing that would make the browser ask first (CORS).
      expect(Object.keys(options ?? {})).toEqual(['signal']);
      return answer();
    });
  });

  it('is asked for by its code', async () => {
    expect(await ask()).toBe(CODE);
    expect(asked).toEqual([
      'https://firestore.googleapis.com/v1/projects/spec/databases/(default)/documents/config/lobby',
    ]);
  });

  it('is read with or without dashes', async () => {
    answer = () => fields({ stringValue: CODE.replaceAll('-', '').toUpperCase() });
    expect(await ask()).toBe(CODE);
  });

  it('is asked for again after twelve hours', async () => {
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
    it(`is none where it is ${what}, for an hour`, async () => {
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

  it('is asked for again where what is remembered is gone, and that alone', async () => {
    const other = 'bbbb-bbbb-bbbb-bbbb';
    await ask();
    answer = () => fields({ stringValue: other });
    expect(await ask(other)).toBe(CODE);
    expect(await ask(CODE)).toBe(other);
    expect(await ask()).toBe(other);
    expect(asked.length).toBe(2);
  });

  it('is asked for again when the clock was set back', async () => {
    await ask();
    now -= HOUR;
    await ask();
    expect(asked.length).toBe(2);
  });

  it('is not known without a network, and nothing is kept of that', async () => {
    answer = () => {
      throw new TypeError('Failed to fetch');
    };
    await expectAsync(ask()).toBeRejected();
    answer = () => new Response('', { status: 503 });
    await expectAsync(ask()).toBeRejectedWithError(/503/);
    expect(storage.held.size).toBe(0);
  });

  it('is asked for where what is kept makes no sense, or nothing can be kept', async () => {
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
