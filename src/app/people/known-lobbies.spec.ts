import { TestBed } from '@angular/core/testing';

import { newCode } from '../signaling/code';
import { LOCAL_STORAGE } from '../storage/local-storage';
import { KnownLobbies, LONGEST_TEXT, MOST_LOBBIES, readKnown } from './known-lobbies';
import { KNOWN_LOBBIES } from './known-lobbies-key';

const one = 'abcd-efgh-jkmn-pqrs';
const other = '0123-4567-89ab-cdef';

describe('readKnown', () => {
  it('reads entries, the latest first, each code once', () => {
    expect(
      readKnown([
        { code: one, name: 'Family', openedAt: 1 },
        { code: other, name: '', openedAt: 2 },
        { code: one, name: 'Again', openedAt: 3 },
      ]),
    ).toEqual([
      { code: other, name: '', openedAt: 2 },
      { code: one, name: 'Family', openedAt: 1 },
    ]);
  });

  it('leaves out entries that aren’t lobbies, and repairs the rest', () => {
    const broken = [null, 7, 'x', [], {}, { code: 7 }, { code: 'abcd' }, { code: 'x'.repeat(1e6) }];
    expect(readKnown([...broken, { code: one, name: 7, openedAt: 'now' }])).toEqual([
      { code: one, name: '', openedAt: 0 },
    ]);
    for (const openedAt of [-1, 1e300, NaN]) {
      expect(readKnown([{ code: one, name: '', openedAt }])[0]?.openedAt).toBe(0);
    }
    for (const value of [null, undefined, {}, 'text', 7]) expect(readKnown(value)).toEqual([]);
  });

  it('cleans names, and keeps a limited number', () => {
    expect(
      readKnown([{ code: one, name: ` a\u202e\n${'b'.repeat(1000)}`, openedAt: 1 }])[0]?.name.length,
    ).toBe(64);
    const many = Array.from({ length: 10_000 }, (_, index) => ({
      code: newCode(),
      name: '',
      openedAt: index,
    }));
    expect(readKnown(many).length).toBe(MOST_LOBBIES);
  });
});

describe('KnownLobbies', () => {
  /** As in the next page of this browser. */
  const page = (storage: Storage | null = localStorage) => {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({ providers: [{ provide: LOCAL_STORAGE, useValue: storage }] });
    return TestBed.inject(KnownLobbies);
  };
  const codes = (known: KnownLobbies) => known.lobbies().map(({ code }) => code);

  beforeEach(() => localStorage.removeItem(KNOWN_LOBBIES));
  afterEach(() => localStorage.removeItem(KNOWN_LOBBIES));

  it('keeps opened lobbies across reloads, the latest first', () => {
    let now = Date.UTC(2026, 10, 23);
    spyOn(Date, 'now').and.callFake(() => now++);
    const known = page();
    expect(known.lobbies()).toEqual([]);
    known.opened(one);
    known.opened(other);
    expect(codes(known)).toEqual([other, one]);
    known.opened(one);
    expect(codes(page())).toEqual([one, other]);
  });

  it('keeps a name when the lobby is opened again, and its place when it is renamed', () => {
    let now = Date.UTC(2026, 10, 23);
    spyOn(Date, 'now').and.callFake(() => now++);
    const known = page();
    known.opened(one);
    known.rename(one, '  Family ');
    known.opened(other);
    known.opened(one);
    known.rename(other, 'Work');
    expect(
      page()
        .lobbies()
        .map(({ name }) => name),
    ).toEqual(['Family', 'Work']);
    known.rename(one, '');
    expect(known.nameOf(one)).toBe('');
    expect(known.nameOf(other)).toBe('Work');
  });

  it('deletes the stored text with the last lobby, and can put a removed one back', () => {
    const known = page();
    known.opened(one);
    known.rename(one, 'Family');
    const removed = known.remove(one);
    expect(localStorage.getItem(KNOWN_LOBBIES)).toBeNull();
    expect(known.remove(one)).toBeNull();
    known.restore(removed!);
    expect(page().nameOf(one)).toBe('Family');
  });

  it('does not put an old entry over one that another page has made since', () => {
    const known = page();
    known.opened(one, 'Family');
    const removed = known.remove(one);
    known.rename(one, 'Cousins');
    known.restore(removed!);
    expect(known.nameOf(one)).toBe('Cousins');
  });

  it('follows changes of other pages', () => {
    const known = page();
    localStorage.setItem(KNOWN_LOBBIES, JSON.stringify({ lobbies: [{ code: one, name: '', openedAt: 1 }] }));
    // The event is still pending: the change is not lost.
    known.opened(other);
    expect(codes(known)).toEqual([other, one]);
    localStorage.removeItem(KNOWN_LOBBIES);
    window.dispatchEvent(new StorageEvent('storage', { key: null }));
    expect(known.lobbies()).toEqual([]);
  });

  it('starts empty if what is stored is broken or huge, and replaces it', () => {
    const entry = JSON.stringify({ code: one, name: '', openedAt: 1 });
    for (const text of ['{', '[]', '{"lobbies":7}', `{"lobbies":[${entry}]}${' '.repeat(LONGEST_TEXT)}`]) {
      localStorage.setItem(KNOWN_LOBBIES, text);
      const known = page();
      expect(known.lobbies()).withContext(text.slice(0, 40)).toEqual([]);
      known.opened(other);
      expect(codes(page())).toEqual([other]);
    }
  });

  it('works in memory where storage is blocked', () => {
    const known = page(null);
    known.opened(one);
    expect(codes(known)).toEqual([one]);
    known.remove(one);
    expect(known.lobbies()).toEqual([]);
  });
});
