/** An event for a calendar. */
export interface CalendarEntry {
  /** Globally unique. A later revision of the same event has the same id and a higher sequence number. */
  readonly uid: string;
  readonly sequence: number;
  /** When the entry was written, in ms since the epoch. */
  readonly written: number;
  /** In ms since the epoch. */
  readonly start: number;
  readonly minutes: number;
  readonly title: string;
  readonly description: string;
  readonly url: string;
  /** How long before the start the calendar reminds of it. */
  readonly reminderMinutes: number;
}

/** Maximum length of a line, in octets without its end (RFC 5545, section 3.1). */
const LINE = 75;

const encoder = new TextEncoder();

/** A time in UTC (RFC 5545, section 3.3.5, form 2). */
const utc = (time: number): string => new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');

/** Escapes a value of type TEXT (RFC 5545, section 3.3.11). Control characters other than tab aren't allowed. */
const escaped = (text: string): string =>
  text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|\r|\n/g, '\\n')
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000A-\u001F\u007F]/g, '');

/** Folds a line that is too long, never inside a character (RFC 5545, section 3.1). */
const folded = (line: string): string => {
  let text = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > LINE) {
      text += '\r\n ';
      octets = 1;
    }
    text += character;
    octets += size;
  }
  return text;
};

/** An iCalendar file with one event and its reminder (RFC 5545). */
export const calendarFile = (entry: CalendarEntry): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Parley//Parley//EN',
    'BEGIN:VEVENT',
    `UID:${escaped(entry.uid)}`,
    `SEQUENCE:${entry.sequence}`,
    `DTSTAMP:${utc(entry.written)}`,
    `DTSTART:${utc(entry.start)}`,
    `DURATION:PT${entry.minutes}M`,
    `SUMMARY:${escaped(entry.title)}`,
    `DESCRIPTION:${escaped(entry.description)}`,
    `URL:${entry.url}`,
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escaped(entry.title)}`,
    `TRIGGER:-PT${entry.reminderMinutes}M`,
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
    .map((line) => `${folded(line)}\r\n`)
    .join('');

/** Why a typed date and time can't be used. */
export type TimeMistake = 'missing' | 'past';

/**
 * Reads the value of a `datetime-local` box, which is in the device's time zone (HTML, section 2.3.5.5).
 *
 * @param now in ms since the epoch
 */
export const readTime = (
  value: string,
  now: number,
): { readonly time: number } | { readonly mistake: TimeMistake } => {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) ? new Date(value).getTime() : NaN;
  if (Number.isNaN(time)) return { mistake: 'missing' };
  return time < now ? { mistake: 'past' } : { time };
};

const two = (number: number): string => String(number).padStart(2, '0');

/** A time as the value of a `datetime-local` box. */
export const localTime = (time: number): string => {
  const date = new Date(time);
  const day = [String(date.getFullYear()).padStart(4, '0'), two(date.getMonth() + 1), two(date.getDate())];
  return `${day.join('-')}T${two(date.getHours())}:${two(date.getMinutes())}`;
};

/** The next full hour by the device's clock that is at least half an hour ahead, in ms since the epoch. */
export const suggestedTime = (now: number): number => {
  const date = new Date(now + 30 * 60_000);
  if (date.getMinutes() > 0 || date.getSeconds() > 0 || date.getMilliseconds() > 0) {
    date.setHours(date.getHours() + 1, 0, 0, 0);
  }
  return date.getTime();
};
