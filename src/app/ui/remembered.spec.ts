import { DOCUMENT } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { Remembered } from './remembered';

describe('Remembered', () => {
  const key = 'parley.spec';

  afterEach(() => localStorage.removeItem(key));

  it('keeps and forgets', () => {
    const remembered = TestBed.inject(Remembered);
    remembered.set(key, 'kept');
    expect(remembered.get(key)).toBe('kept');
    expect(localStorage.getItem(key)).toBe('kept');
    remembered.set(key, null);
    expect(remembered.get(key)).toBeNull();
  });

  it('gives nothing and throws nothing where storage is blocked', () => {
    const blocked = {
      get localStorage(): Storage {
        throw new DOMException('denied', 'SecurityError');
      },
    };
    TestBed.configureTestingModule({
      providers: [
        Remembered,
        {
          provide: DOCUMENT,
          useValue: {
            defaultView: blocked,
            querySelectorAll: () => [],
            removeEventListener: () => undefined,
          },
        },
      ],
    });
    const remembered = TestBed.inject(Remembered);
    expect(() => remembered.set(key, 'lost')).not.toThrow();
    expect(remembered.get(key)).toBeNull();
  });
});
