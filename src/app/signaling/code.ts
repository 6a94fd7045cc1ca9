import { ALPHABET, base32 } from '../values/base32';

const LENGTH = 16;
const GROUP = 4;

/** What a code can be for. */
export type Place = 'call' | 'lobby';

/** The result of reading what a person typed or pasted. */
export type Typed =
  /** `place` is null when no link in the text names it. */
  | { readonly kind: 'code'; readonly code: string; readonly place: Place | null }
  /** The text contains different codes. */
  | { readonly kind: 'several' }
  | { readonly kind: 'none' };

/** Creates a code: 80 random bits, written `abcd-efgh-jkmn-pqrs`. */
export function newCode(): string {
  return grouped(base32(crypto.getRandomValues(new Uint8Array((LENGTH * 5) / 8))));
}

/** A letter or digit of a code as people write it: `o` is read as `0`, `i` and `l` as `1`. */
const LETTER = '[0-9a-tv-z]';
const FOUR = `${LETTER}{${GROUP}}`;
/** Excludes links and words that continue, and five groups joined by dashes. */
const START = '(?<![0-9a-z])(?<![0-9a-z]\\p{Dash})';
const END = '(?!\\p{Dash}?[0-9a-z])';

/**
 * The shapes of a code within other text, least ambiguous first. The first group of each captures the code. The last
 * finds overlapping matches: nothing in `call code abcd efgh jkmn pqrs` marks where the code begins.
 */
const SHAPES: readonly RegExp[] = [
  new RegExp(`#(${FOUR}(?:\\p{Dash}*${FOUR}){3})${END}`, 'gu'),
  new RegExp(`${START}(${FOUR}(?:\\p{Dash}${FOUR}){3})${END}`, 'gu'),
  new RegExp(`${START}(${LETTER}{${LENGTH}})${END}`, 'gu'),
  new RegExp(`(?<![0-9a-z])(?=(${FOUR}(?:[\\s\\p{Dash}]+${FOUR}){3})(?![0-9a-z]))`, 'gu'),
];

/** A path segment that names a place; `//call` is a host. */
const NAMED = /(?<!\/)\/(call|lobby)(?![0-9a-z_.-])/g;

/**
 * Reads what a person typed or pasted: a code in any case, with or without dashes and spaces, or a link, with any text
 * before and after (docs/protocol.md, "Reading what a person typed").
 */
export function readTyped(typed: string): Typed {
  const text = plain(typed);
  for (const shape of SHAPES) {
    const found = [...text.matchAll(shape)].map((match) => ({
      code: grouped(normalized(match[1]!)),
      place: placeBefore(text.slice(0, match.index)),
    }));
    const [first] = found;
    if (!first) continue;
    if (found.some(({ code }) => code !== first.code)) return { kind: 'several' };
    const places = new Set(found.map(({ place }) => place).filter((place) => place !== null));
    return { kind: 'code', code: first.code, place: places.size === 1 ? [...places][0]! : null };
  }
  const rest = text.slice(text.lastIndexOf('#') + 1);
  const characters = normalized(rest.replace(/^[^0-9a-z]+|[^0-9a-z]+$/g, ''));
  const whole = characters.length === LENGTH && [...characters].every((c) => ALPHABET.includes(c));
  if (!whole) return { kind: 'none' };
  return {
    kind: 'code',
    code: grouped(characters),
    place: placeBefore(text.slice(0, text.length - rest.length)),
  };
}

/**
 * Returns the code in what a person typed or pasted.
 *
 * @returns the code written `abcd-efgh-jkmn-pqrs`, or null when there is none, or more than one
 */
export function readCode(typed: string): string | null {
  const read = readTyped(typed);
  return read.kind === 'code' ? read.code : null;
}

/** The code without its dashes, from which keys are derived. */
export function bareCode(code: string): string {
  return code.replaceAll('-', '');
}

/** Each app that a link passes through may encode it once more. This is the maximum number of decodings. */
const DECODINGS = 3;

/** Removes percent-encoding, invisible characters, compatibility forms (full width) and upper case. */
function plain(typed: string): string {
  let text = typed;
  for (let left = DECODINGS; left > 0; left--) {
    text = text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
      try {
        return decodeURIComponent(run);
      } catch {
        return run;
      }
    });
  }
  return text
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu, '')
    .normalize('NFKC')
    .toLowerCase();
}

/** The last place that a link names before its code. Null when the word leading up to the code names none. */
function placeBefore(text: string): Place | null {
  const word = text.trimEnd().split(/\s+/).at(-1) ?? '';
  return ([...word.matchAll(NAMED)].at(-1)?.[1] ?? null) as Place | null;
}

const normalized = (code: string): string =>
  code
    .replace(/[\s\p{Dash}]/gu, '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1');

function grouped(characters: string): string {
  return characters.match(new RegExp(`.{${GROUP}}`, 'g'))!.join('-');
}
