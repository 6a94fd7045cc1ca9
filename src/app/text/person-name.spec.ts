import * as fc from 'fast-check';

import { cleanPersonName } from './person-name';
import { plainLine, plainText } from './plain-text';

/** Arbitrary text that contains typical attacks on names more often than chance would. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
      fc.constantFrom(
        '\u202E',
        '\u2066',
        '\u2069',
        '\u200B',
        '\u200C',
        '\u200D',
        '\uFE0F',
        '\u3164',
        '\u115F',
      ),
      fc.constantFrom(
        '\u{E0041}',
        '\u{E007F}',
        '\u{1F3F4}',
        '\uD800',
        '\uDFFF',
        '\u0301',
        '\u00AD',
        '\u2800',
        '\n',
      ),
      fc.constantFrom('👩🏽‍💻', 'علی', 'क्', '葛\u{E0100}', 'Ada', ' ', '3', '\u20E3'),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('a person’s name', () => {
  for (const [what, given, clean] of [
    ['stays when there is nothing wrong with it', 'Ada Lovelace', 'Ada Lovelace'],
    ['stays in any script', '李 小龙', '李 小龙'],
    ['stays from right to left', 'דנה לוי', 'דנה לוי'],
    ['is composed (NFC)', 'Ame\u0301lie', 'Amélie'],
    ['is one line with single spaces', '  Ada\n\t Love\u3000lace ', 'Ada Love lace'],
    ['turns nothing around', '\u202EnaB\u202C \u2067A\u2069', 'naB A'],
    ['hides nothing', 'A\u200Bd\u00ADa\u2060\uFEFF', 'Ada'],
    ['has no controls', 'A\u0000d\u009Ba', 'Ada'],
    ['has no secret tags', 'Ada\u{E0041}\u{E0042}', 'Ada'],
    ['has no half characters', 'A\uD800da', 'Ada'],
    ['is none when it is blank', ' \u00A0\u3164\u115F\uFFA0\u2800 ', ''],
    ['is none when it is invisible', '\u200B\u200D\u202E\u{E0001}\uFE0F', ''],
    ['is none when it is only marks', '\u0301\u20DD', ''],
    ['keeps joined emoji', '👩🏽‍💻 👨‍👩‍👧‍👦 🏳️‍🌈 ❤️', '👩🏽‍💻 👨‍👩‍👧‍👦 🏳️‍🌈 ❤️'],
    ['keeps flags', '🇨🇳 🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🇨🇳 🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['keeps keycaps', '1️⃣ #️⃣', '1️⃣ #️⃣'],
    ['keeps the variant of an ideograph', '葛\u{E0100}城', '葛\u{E0100}城'],
    ['keeps the non-joiner of Persian', 'علی\u200Cرضا', 'علی\u200Cرضا'],
    ['keeps the joiner of Sinhala', 'ශ්\u200Dරී', 'ශ්\u200Dරී'],
    ['joins nothing else', 'A\u200Dd\u200Ca', 'Ada'],
    ['keeps the marks of a language', 'မြွှေး', 'မြွှေး'],
    ['has no piles of marks', `Z${'\u0335'.repeat(50)}a`, `Z${'\u0335'.repeat(4)}a`],
  ] as const) {
    it(what, () => expect(cleanPersonName(given)).toBe(clean.normalize('NFC')));
  }

  it('is cut after 64 characters, or before a joined emoji that this would split', () => {
    expect(cleanPersonName('👩'.repeat(70))).toBe('👩'.repeat(64));
    expect(cleanPersonName(`${'a'.repeat(62)}👩‍💻`)).toBe('a'.repeat(62));
    expect(cleanPersonName(`${'a'.repeat(61)}👩‍💻bc`)).toBe(`${'a'.repeat(61)}👩‍💻`);
    expect(cleanPersonName('x'.repeat(10_000_000)).length).toBe(64);
  });

  it('is visible or empty, one line, in NFC, at most 64 characters, and unchanged by a second pass, for any input', () => {
    fc.assert(
      fc.property(anyText, (given) => {
        const clean = cleanPersonName(given);
        expect(cleanPersonName(clean)).withContext('cleaned twice').toBe(clean);
        expect(clean.normalize('NFC')).toBe(clean);
        expect(clean).toBe(clean.trim());
        expect([...clean].length).toBeLessThanOrEqual(64);
        expect(clean).not.toMatch(
          /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200B\u200E\u200F\u061C\u202A-\u202E\u2060-\u206F\uFEFF]/u,
        );
        expect(clean).not.toMatch(/^\p{M}|\p{M}{9}/u);
        if (clean !== '') expect(clean).toMatch(/[^\p{Default_Ignorable_Code_Point}\p{M}\s]/u);
        expect(() => encodeURIComponent(clean)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});

describe('text from outside', () => {
  it('keeps its lines and spaces', () => {
    const text = 'One  two\n\tthree\u200D\u00AD';
    expect(plainText(text)).toBe(text);
  });

  it('changes no direction, and has no lone surrogates or piles of marks', () => {
    expect(plainText(`\u202Emoc.live\u202C \uDC00Z${'\u0335'.repeat(4_000)}\u0000`)).toBe(
      `moc.live Z${'\u0335'.repeat(4)}`,
    );
  });

  it('can be shown and put into a URL, for any input', () => {
    fc.assert(
      fc.property(anyText, (given) => {
        const text = plainText(given);
        expect(plainText(text)).toBe(text);
        expect(() => encodeURIComponent(text)).not.toThrow();
        expect(() => plainLine(text)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});
