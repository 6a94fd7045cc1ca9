/** Right-to-left letters and marks (Unicode, bidirectional classes R and AL), and the controls that make other characters so. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08FF\u200F\u2067\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
/** Embeddings and overrides (UAX #9, sections 2.1 and 2.2): isolates replace them. */
const TURNING = /[\u202A-\u202E]/gu;

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_DIRECTIONAL_ISOLATE = '\u2069';

/**
 * Isolates a text for use in a sentence whose direction it must not change (UAX #9, isolates). Left-to-right text can't
 * change the direction in the supported languages, and is returned unwrapped.
 */
export function isolated(text: string): string {
  const plain = balanced(text.replace(TURNING, ''));
  return RIGHT_TO_LEFT.test(plain) ? `${FIRST_STRONG_ISOLATE}${plain}${POP_DIRECTIONAL_ISOLATE}` : plain;
}

/** Balances isolates: closes each one opened inside, and removes terminators of those opened outside. */
function balanced(text: string): string {
  let open = 0;
  const inside = text.replace(/[\u2066-\u2069]/g, (mark) => {
    if (mark !== POP_DIRECTIONAL_ISOLATE) open++;
    else if (open === 0) return '';
    else open--;
    return mark;
  });
  return inside + POP_DIRECTIONAL_ISOLATE.repeat(open);
}
