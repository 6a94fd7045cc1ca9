import { loggedEvents, note, noteError, noted } from './note';

const latest = () => loggedEvents().at(-1)?.text;

/** As code could call it that avoids the types. */
const untyped = note as (area: string, what: string, facts?: Readonly<Record<string, unknown>>) => void;

describe('note', () => {
  it('keeps area, code and facts', () => {
    const reason = 'busy' as 'busy' | 'denied';
    note('media', 'camera-failed', { reason, waitMs: 1_234.5678, again: true });
    expect(latest()).toBe('media camera-failed reason=busy waitMs=1234.57 again=true');
  });

  it('does not compile with texts from outside', () => {
    const name: string = 'ada';
    // @ts-expect-error A name is any text.
    note('call', 'joined', { name });
    // @ts-expect-error A code that is put together from any text.
    note('call', `joined-${name}`);
    // @ts-expect-error A sentence isn't a code.
    note('call', 'someone joined');
    // @ts-expect-error An object may contain anything.
    note('call', 'joined', { who: { name } });
    // @ts-expect-error Not in the list of areas.
    note('elsewhere', 'joined');
    // @ts-expect-error As in `note`.
    noteError('call', name, null);
    expect().nothing();
  });

  for (const text of [
    'Ada Lovelace',
    '192.0.2.7',
    '2001:db8::1',
    'https://example.org/#k3f9',
    'ada@example.org',
    '0123456789abcdef',
    'kq7m-h2xd-9w4t',
    '小林',
    'x'.repeat(25),
    '',
  ]) {
    it(`stores “${text}” neither as a fact nor as a code nor as an error's name or reason`, () => {
      const error = Object.assign(new Error(text), { reason: text });
      error.name = text;
      untyped('call', 'joined', { who: text });
      expect(latest()).toBe('call joined who=?');
      untyped('call', text);
      expect(latest()).toBe('call ?');
      noteError('call', 'failed', error);
      expect(latest()).toBe('call failed ?:?');
    });
  }

  it('counts equal events in a row', () => {
    const latestThree = () =>
      loggedEvents()
        .slice(-3)
        .map(({ text, times }) => [text, times]);
    note('rtc', 'other');
    for (let time = 0; time < 3; time++) note('rtc', 'same');
    note('rtc', 'other');
    expect(latestThree()).toEqual([
      ['rtc other', 1],
      ['rtc same', 3],
      ['rtc other', 1],
    ]);
  });

  it('keeps the last 300 events', () => {
    for (let number = 0; number < 600; number++) note('rtc', 'numbered', { number });
    expect(loggedEvents().length).toBe(300);
    expect(loggedEvents()[0]?.text).toBe('rtc numbered number=300');
    expect(latest()).toBe('rtc numbered number=599');
  });
});

describe('noteError', () => {
  const cases: readonly [title: string, error: unknown, kept: string][] = [
    ['the name alone', new TypeError('Failed to fetch https://example.org'), ' TypeError'],
    ['name and reason', Object.assign(new Error('secret'), { reason: 'denied' }), ' Error:denied'],
    [
      'name and code',
      Object.assign(new Error('secret'), { code: 'auth/too-many-requests' }),
      ' Error:auth/too-many-requests',
    ],
    ['no number of a DOMException', new DOMException('secret', 'NotAllowedError'), ' NotAllowedError'],
    [
      'causes, three levels deep',
      new Error('a', {
        cause: new TypeError('b', { cause: new RangeError('c', { cause: new Error('d') }) }),
      }),
      ' Error < TypeError < RangeError',
    ],
    ['no text that was thrown', 'Ada', ''],
    ['nothing', undefined, ''],
    [
      'what an error reveals that throws when it is read',
      Object.defineProperty({}, 'name', {
        get: () => {
          throw new Error('no');
        },
      }),
      ' ?',
    ],
  ];
  for (const [title, error, kept] of cases) {
    it(`keeps ${title}`, () => {
      noteError('media', 'failed', error);
      expect(latest()).toBe(`media failed${kept}`);
    });
  }

  it('ends with causes that lead in a circle', () => {
    const error = new Error('a');
    error.cause = error;
    noteError('media', 'circle', error);
    expect(latest()).toBe('media circle Error < Error < Error');
  });
});

describe('noted', () => {
  it('notes the error and returns the replacement', () => {
    expect(noted('storage', 'query', 0)(new TypeError())).toBe(0);
    expect(latest()).toBe('storage query TypeError');
    expect(noted('storage', 'read')(new RangeError())).toBeUndefined();
    expect(latest()).toBe('storage read RangeError');
  });
});
