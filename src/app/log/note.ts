import { elapsed } from '../loading/clock';

/** The part of the app that an event belongs to: a folder of `src/app`, or `page` for what the browser does with the page. */
export type Area =
  | 'activity'
  | 'call'
  | 'doctor'
  | 'files'
  | 'firebase'
  | 'i18n'
  | 'links'
  | 'media'
  | 'mixing'
  | 'page'
  | 'pages'
  | 'people'
  | 'pictures'
  | 'pwa'
  | 'rtc'
  | 'servers'
  | 'signaling'
  | 'storage'
  | 'ui'
  | 'wire';

/**
 * A word that the source code spells out. `string` itself isn't one, so names, codes, addresses and messages don't
 * compile. Neither do literals with characters that words don't have.
 */
export type Word<S extends string> =
  Record<never, 1> extends Record<S, 1>
    ? never
    : S extends `${string}${' ' | '.' | ':' | '@' | '?' | '='}${string}`
      ? never
      : S;

/** What can be said about an event: numbers, yes or no, and words of a closed list. */
export type Facts<F> = {
  readonly [K in keyof F]: F[K] extends string ? Word<F[K]> : F[K] extends number | boolean ? F[K] : never;
};

/** One event, or equal ones in a row. */
export interface LoggedEvent {
  /** When it happened first, in ms since the page was loaded. */
  readonly at: number;
  /** Area, code and facts. */
  readonly text: string;
  /** How often it happened in a row. */
  times: number;
  /** When it happened last, in ms since the page was loaded. */
  last: number;
}

/** The most events that are kept. */
const MOST = 300;
/** Letters, in parts of up to 24, so that ids, codes, addresses and sentences don't pass. */
const WORD = /^[a-z]{1,24}([-_/][a-z]{1,24}){0,6}$/i;
/** How many causes of an error are followed. */
const CAUSES = 3;

const events: LoggedEvent[] = [];

/** The last events of this page, oldest first. */
export const loggedEvents = (): readonly LoggedEvent[] => events;

/** Numbers are rounded to hundredths; what isn't a word is `?`. */
const shown = (value: unknown): string =>
  typeof value === 'number'
    ? String(+value.toFixed(2))
    : WORD.test(value as string)
      ? (value as string)
      : '?';

function add(text: string): void {
  const at = elapsed();
  const before = events.at(-1);
  if (before?.text === text) {
    before.times++;
    before.last = at;
  } else if (events.push({ at, text, times: 1, last: at }) > MOST) events.shift();
}

/**
 * Keeps an event of this page for the debug log. Never throws, and never stores text from outside: text that isn't a
 * word becomes `?`.
 *
 * @param what a short code, for example `camera-lost`
 * @param facts numbers with their unit in the name (`waitMs`), booleans, and words of a closed list
 */
export function note<const W extends string, const F = object>(
  area: Area,
  what: W & Word<W>,
  facts?: F & Facts<F>,
): void {
  let text = `${area} ${shown(what)}`;
  for (const name in facts) text += ` ${name}=${shown(facts[name])}`;
  add(text);
}

/**
 * Keeps an error, reduced to its name and its closed `reason` or `code`, and those of its causes. Its message isn't kept:
 * it may contain an address. Never throws.
 */
export function noteError<const W extends string>(area: Area, what: W & Word<W>, error: unknown): void {
  add(`${area} ${shown(what)}${described(error)}`);
}

/**
 * Handles an error by noting it, and returns `instead`:
 *
 *     context.resume().catch(noted('media', 'resume'));
 *     source$.pipe(catchError(noted('media', 'list', EMPTY)));
 */
export function noted<const W extends string>(area: Area, what: W & Word<W>): (error: unknown) => undefined;
export function noted<const W extends string, T>(
  area: Area,
  what: W & Word<W>,
  instead: T,
): (error: unknown) => T;
export function noted(area: Area, what: string, instead?: unknown) {
  return (error: unknown) => {
    noteError(area, what as never, error);
    return instead;
  };
}

function described(error: unknown): string {
  let text = '';
  try {
    let cause: unknown = error;
    for (let depth = 0; depth < CAUSES && cause instanceof Object; depth++) {
      const { name, reason, code, cause: next } = cause as Record<string, unknown>;
      const why = reason ?? code;
      text += `${depth ? ' <' : ''} ${shown(name)}${typeof why === 'string' ? `:${shown(why)}` : ''}`;
      cause = next;
    }
    // eslint-disable-next-line parley/noted-errors -- The error's own fields can't be read, so there is nothing to keep.
  } catch {
    text += ' ?';
  }
  return text;
}
