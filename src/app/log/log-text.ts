import { elapsed } from '../loading/clock';
import { loggedEvents, type LoggedEvent } from './note';

/** What the log's first lines say about the page. */
export interface LogHeader {
  /** Part of the main script's name that changes with each version; `development` where it has none. */
  readonly build: string;
  readonly userAgent: string;
  /** Time since the page was loaded, in ms. */
  readonly now: number;
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

/** The log as text: a header, then a line for each event with its time in seconds since the page was loaded. */
export function logText({ build, userAgent, now }: LogHeader, events: readonly LoggedEvent[]): string {
  const lines = events.map(({ at, text, times, last }) =>
    times > 1 ? `${seconds(at)} ${text} (${times}x until ${seconds(last)})` : `${seconds(at)} ${text}`,
  );
  return [
    'parley-log: 1',
    `build: ${build}`,
    `browser: ${userAgent}`,
    `now: ${seconds(now)}`,
    `events: ${events.length}`,
    '',
    ...lines,
    '',
  ].join('\n');
}

/** The build is in the name of the main script: production builds add a hash of its content. */
const buildOf = (document: Document): string =>
  /\bmain-(\w+)\.js/.exec(
    document.querySelector<HTMLScriptElement>('script[src*="main-"]')?.src ?? '',
  )?.[1] ?? 'development';

/** The log of this page, as of now. */
export const debugLog = (document: Document): string =>
  logText(
    {
      build: buildOf(document),
      userAgent: document.defaultView?.navigator.userAgent ?? '',
      now: elapsed(),
    },
    loggedEvents(),
  );
