import { calendarFile, type CalendarEntry, localTime, readTime, suggestedTime } from './calendar-entry';

const entry: CalendarEntry = {
  uid: '0f8c@parley',
  sequence: 1,
  written: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
  start: Date.UTC(2026, 11, 31, 23, 30),
  minutes: 90,
  title: 'Parley call',
  description: 'Open this link',
  url: 'https://parley.example/call#abcd-efgh-jkmn-pqrs',
  reminderMinutes: 10,
};

/** The lines of a file, unfolded. */
const lines = (file: string) => file.replaceAll('\r\n ', '').split('\r\n');
const line = (file: string, name: string) => lines(file).find((found) => found.startsWith(`${name}:`));

describe('calendarFile', () => {
  it('writes one event with its reminder, times in UTC', () => {
    expect(calendarFile(entry)).toBe(
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//Parley//Parley//EN',
        'BEGIN:VEVENT',
        'UID:0f8c@parley',
        'SEQUENCE:1',
        'DTSTAMP:20260102T030405Z',
        'DTSTART:20261231T233000Z',
        'DURATION:PT90M',
        'SUMMARY:Parley call',
        'DESCRIPTION:Open this link',
        'URL:https://parley.example/call#abcd-efgh-jkmn-pqrs',
        'BEGIN:VALARM',
        'ACTION:DISPLAY',
        'DESCRIPTION:Parley call',
        'TRIGGER:-PT10M',
        'END:VALARM',
        'END:VEVENT',
        'END:VCALENDAR',
        '',
      ].join('\r\n'),
    );
  });

  it('escapes what has a meaning in text, and drops control characters', () => {
    const file = calendarFile({ ...entry, title: 'a\\b;c,d:e', description: 'one\r\ntwo\nthree\u0007' });
    expect(line(file, 'SUMMARY')).toBe('SUMMARY:a\\\\b\\;c\\,d:e');
    expect(line(file, 'DESCRIPTION')).toBe('DESCRIPTION:one\\ntwo\\nthree');
  });

  it('folds lines at 75 octets, never inside a character', () => {
    const title = '通话😀'.repeat(30);
    const file = calendarFile({ ...entry, title });
    const encoder = new TextEncoder();
    const written = file.split('\r\n');
    expect(Math.max(...written.map((part) => encoder.encode(part).length))).toBeLessThanOrEqual(75);
    expect(file).not.toContain('\uFFFD');
    expect(new TextDecoder().decode(encoder.encode(file))).toBe(file);
    expect(line(file, 'SUMMARY')).toBe(`SUMMARY:${title}`);
    // A line of exactly 75 octets stays whole.
    const exact = calendarFile({ ...entry, title: 'x'.repeat(75 - 'SUMMARY:'.length) });
    expect(exact.split('\r\n')).toContain(`SUMMARY:${'x'.repeat(67)}`);
  });
});

describe('The time of a call for later', () => {
  const now = new Date(2026, 5, 1, 12, 0).getTime();

  it('is read in the time zone of the device', () => {
    expect(readTime('2026-06-01T12:30', now)).toEqual({ time: new Date(2026, 5, 1, 12, 30).getTime() });
  });

  it('must be complete, exist, and not have passed', () => {
    for (const value of ['', '2026-06-01', '2026-13-01T10:00', '12026-06-01T10:00'])
      expect(readTime(value, now)).withContext(value).toEqual({ mistake: 'missing' });
    expect(readTime('2026-06-01T11:59', now)).toEqual({ mistake: 'past' });
    expect(readTime('2026-06-01T12:00', now)).toEqual({ time: now });
  });

  it('is suggested as a full hour with time to prepare', () => {
    const at = (hour: number, minute: number) =>
      localTime(suggestedTime(new Date(2026, 11, 31, hour, minute).getTime()));
    expect(at(9, 10)).toBe('2026-12-31T10:00');
    expect(at(9, 30)).toBe('2026-12-31T10:00');
    expect(at(9, 31)).toBe('2026-12-31T11:00');
    expect(at(23, 40)).toBe('2027-01-01T01:00');
  });
});
