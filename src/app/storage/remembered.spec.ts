import { DOCUMENT } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { KeptText } from './kept-text';
import { LOCAL_STORAGE } from './local-storage';
import { Remembered } from './remembered';

const key = 'parley.spec';
const deny = () => {
  throw new DOMException('denied', 'SecurityError');
};

describe('Remembered', () => {
  afterEach(() => localStorage.removeItem(key));

  it('stores and removes', () => {
    const remembered = TestBed.inject(Remembered);
    remembered.set(key, 'kept');
    expect(remembered.get(key)).toBe('kept');
    expect(localStorage.getItem(key)).toBe('kept');
    remembered.set(key, null);
    expect(remembered.get(key)).toBeNull();
    expect(localStorage.getItem(key)).toBeNull();
  });

  it('reads what another tab has stored', () => {
    const remembered = TestBed.inject(Remembered);
    remembered.set(key, 'mine');
    localStorage.setItem(key, 'theirs');
    expect(remembered.get(key)).toBe('theirs');
  });

  it('holds a text until the page is closed where reading `localStorage` throws', () => {
    TestBed.configureTestingModule({
      providers: [
        {
          provide: DOCUMENT,
          useValue: {
            defaultView: Object.defineProperty({}, 'localStorage', { get: deny }),
            querySelectorAll: () => [],
            removeEventListener: () => undefined,
          },
        },
      ],
    });
    expect(TestBed.inject(LOCAL_STORAGE)).toBeNull();
    const remembered = TestBed.inject(Remembered);
    expect(remembered.get(key)).toBeNull();
    remembered.set(key, 'held');
    expect(remembered.get(key)).toBe('held');
    remembered.set(key, null);
    expect(remembered.get(key)).toBeNull();
  });
});

describe('KeptText', () => {
  const over = (storage: Partial<Storage>) => new KeptText(() => storage as Storage);

  it('holds a text where every use of the storage throws', () => {
    const kept = over({ getItem: deny, setItem: deny, removeItem: deny });
    expect(kept.get(key)).toBeNull();
    expect(kept.record(key)).toBeNull();
    kept.setRecord(key, { a: 1 });
    expect(kept.record(key)).toEqual({ a: 1 });
    kept.set(key, null);
    expect(kept.get(key)).toBeNull();
  });

  it('returns the newest text once the storage works again', () => {
    const stored = new Map<string, string>();
    let full = true;
    const kept = over({
      getItem: (name) => stored.get(name) ?? null,
      setItem: (name, text) => (full ? deny() : stored.set(name, text)),
    });
    kept.set(key, 'first');
    expect(kept.get(key)).toBe('first');
    full = false;
    kept.set(key, 'second');
    stored.set(key, 'of another tab');
    expect(kept.get(key)).toBe('of another tab');
  });

  it('reads an object from JSON, and null from anything else', () => {
    for (const text of ['{', '', 'null', '7', '"text"', '[1]', 'undefined', 'true']) {
      expect(over({ getItem: () => text }).record(key))
        .withContext(text)
        .toBeNull();
    }
    expect(over({ getItem: () => 7 as unknown as string }).get(key)).toBeNull();
    expect(over({ getItem: () => '{"a":[1]}' }).record(key)).toEqual({ a: [1] });
  });
});
