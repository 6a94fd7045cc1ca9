import * as fc from 'fast-check';

import { isolated } from './isolate';

describe('text in a sentence', () => {
  it('is unchanged when left to right', () => {
    for (const text of ['Ada', '李', '3 files', 'é', '👩‍💻', '']) expect(isolated(text)).toBe(text);
  });

  it('is isolated when right to left', () => {
    expect(isolated('דנה')).toBe('\u2068דנה\u2069');
    expect(isolated('Ann and علي')).toBe('\u2068Ann and علي\u2069');
  });

  it('preserves isolates inside', () => {
    const names = `${isolated('דנה')} and ${isolated('علي')}`;
    expect(isolated(names)).toBe(`\u2068${names}\u2069`);
  });

  it('closes only its own isolates, and opens none that it does not close, for arbitrary input', () => {
    const piece = fc.constantFrom('a', 'ד', '\u2066', '\u2067', '\u2068', '\u2069', '\u202E', '\u202C', ' ');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = isolated(pieces.join(''));
        let depth = 0;
        for (const [index, mark] of [...text].entries()) {
          if (/[\u2066-\u2068]/.test(mark)) depth++;
          if (mark === '\u2069') depth--;
          expect(depth).toBeGreaterThanOrEqual(0);
          if (text.includes('ד') && index < text.length - 1)
            expect(depth).withContext(text).toBeGreaterThan(0);
        }
        expect(depth).toBe(0);
        expect(text).not.toMatch(/[\u202A-\u202E]/);
      }),
    );
  });
});
