/**
 * Characters that are invisible or change the text direction (Unicode: `Default_Ignorable_Code_Point`, general category
 * `Cf`, the controls), lone surrogates, private use, line and paragraph separators, and blank symbols (Braille, music,
 * hieroglyphs).
 */
const HIDDEN =
  '[\\p{Default_Ignorable_Code_Point}\\p{Cf}\\p{Cc}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}\\u2800\\uFFFC\\u{1D159}\\u{13441}\\u{13442}]';

/** Scripts in which a joiner or a non-joiner between two letters changes the spelling of a word (UTS #31, section 2.3). */
const JOINING = [
  ...[
    'Arabic',
    'Syriac',
    'Mongolian',
    'Nko',
    'Devanagari',
    'Bengali',
    'Gurmukhi',
    'Gujarati',
    'Oriya',
    'Tamil',
  ],
  ...['Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Khmer', 'Tibetan', 'Myanmar'],
]
  .map((script) => `\\p{Script=${script}}`)
  .join('');

/**
 * Hidden characters that are legitimate. All others are removed.
 *
 * - a flag made of tags, such as England's; an emoji with its variation selector, skin tone and joined emoji (UTS #51)
 * - a keycap
 * - an ideograph with its variation selector (UTS #37), a Mongolian letter with its own
 * - a joiner or non-joiner between two letters of a script that uses them
 */
const ELEMENT = '\\p{Extended_Pictographic}(?:\\p{Emoji_Modifier}|[\\uFE0E\\uFE0F])?';
const KEPT = [
  '\\u{1F3F4}[\\u{E0030}-\\u{E0039}\\u{E0061}-\\u{E007A}]{3,6}\\u{E007F}',
  `${ELEMENT}(?:\\u200D${ELEMENT}){0,9}`,
  '[0-9#*]\\uFE0F?\\u20E3',
  '\\p{Script=Han}[\\uFE00-\\uFE0F\\u{E0100}-\\u{E01EF}]',
  '\\p{Script=Mongolian}[\\u180B-\\u180D\\u180F]',
  `(?<=[${JOINING}])[\\u200C\\u200D](?=[${JOINING}])`,
].join('|');

const kept = new RegExp(`(${KEPT})|${HIDDEN}`, 'gu');

/** Maximum number of shared marks on one letter. More would cover the lines above and below. */
const MARKS_OF_ALL_SCRIPTS = 4;
/** Maximum number of all marks: letters of some scripts, such as Burmese, have more marks of their own. */
const MARKS = 8;
const shared = '(?=\\p{M})\\p{Script=Inherited}';
const piledShared = new RegExp(`((?:${shared}){${MARKS_OF_ALL_SCRIPTS}})(?:${shared})+`, 'gu');
const piled = new RegExp(`(\\p{M}{${MARKS}})\\p{M}+`, 'gu');

/** Text in which no letter has more combining marks than a language needs. */
const withoutPiles = (text: string): string => text.replace(piledShared, '$1').replace(piled, '$1');

/**
 * Sanitizes one line of text from outside for display: normalizes it to NFC, removes invisible characters, changes of
 * text direction and piles of combining marks, and collapses spaces. Returns an empty string when nothing visible
 * remains.
 */
export function plainLine(text: string): string {
  const visible = text
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .replace(kept, (_, keep: string | undefined) => keep ?? '');
  // A removed character may have been between two spaces, or between a letter and its mark.
  return (
    withoutPiles(visible.normalize('NFC'))
      .replace(/\s+/gu, ' ')
      // A mark needs a letter before it.
      .replace(/^[\p{M}\s]+/u, '')
      .trimEnd()
  );
}

/** Lone surrogates, controls except tab and line feed, and characters that change the text direction (UAX #9, section 2). */
const unfit = /[\p{Cs}\u202A-\u202E]|(?![\t\n])\p{Cc}/gu;

/** Sanitizes multi-line text for display, without changing what it says. */
export const plainText = (text: string): string => withoutPiles(text.replace(unfit, ''));
