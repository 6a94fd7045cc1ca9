import { TestBed } from '@angular/core/testing';

import { LOCAL_STORAGE } from '../storage/local-storage';
import { VisibleMemory, type Wish } from './visible-memory';

const KEY = 'parley.visible';
const wish: Wish = { code: 'aaaa-aaaa-aaaa-aaaa', name: 'Ada', doNotDisturb: false };

describe('VisibleMemory', () => {
  /** As in the next page of this browser. */
  const page = (storage: Storage | null = localStorage) => {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({ providers: [{ provide: LOCAL_STORAGE, useValue: storage }] });
    return TestBed.inject(VisibleMemory);
  };
  beforeEach(() => localStorage.removeItem(KEY));
  afterEach(() => localStorage.removeItem(KEY));

  it('is off until chosen', () => {
    expect(page().wish()).toBeNull();
  });

  it('is kept across reloads, and deleted when turned off', () => {
    page().set({ ...wish, doNotDisturb: true });
    expect(page().wish()).toEqual({ ...wish, doNotDisturb: true });
    page().set(null);
    expect(page().wish()).toBeNull();
    expect(localStorage.getItem(KEY)).toBeNull();
  });

  it('is the same in all pages', () => {
    const memory = page();
    localStorage.setItem(KEY, JSON.stringify(wish));
    window.dispatchEvent(new StorageEvent('storage', { key: 'parley.other' }));
    expect(memory.wish()).toBeNull();
    window.dispatchEvent(new StorageEvent('storage', { key: KEY }));
    expect(memory.wish()).toEqual(wish);
    localStorage.removeItem(KEY);
    window.dispatchEvent(new StorageEvent('storage', { key: null }));
    expect(memory.wish()).toBeNull();
  });

  it('is off if the stored value is invalid', () => {
    for (const kept of [
      '{',
      'null',
      '7',
      '[]',
      '{"code":"x"}',
      '{"name":"x"}',
      '{"code":1,"name":"x"}',
      '{"code":"no code","name":"x"}',
    ]) {
      localStorage.setItem(KEY, kept);
      expect(page().wish()).withContext(kept).toBeNull();
    }
    localStorage.setItem(KEY, JSON.stringify({ ...wish, doNotDisturb: 'yes', more: 1 }));
    expect(page().wish()).toEqual(wish);
  });

  it('lasts until the page closes if nothing can be stored', () => {
    const memory = page(null);
    memory.set(wish);
    expect(memory.wish()).toEqual(wish);
    const full = { getItem: () => null, setItem: () => fail() } as unknown as Storage;
    const fail = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    const other = page(full);
    other.set(wish);
    expect(other.wish()).toEqual(wish);
  });
});
