import * as fc from 'fast-check';

import { DECIDE_EVERY, DWELL, nextSpeaker, SILENCE, speakingIn, type ActiveSpeaker } from './active-speaker';

/** Levels of a symbol in a row: loud, half as loud, a quiet voice, noise of a room, silence, muted. */
const LEVELS: Readonly<Record<string, number | null>> = {
  '#': 0.3,
  '+': 0.1,
  '-': 0.01,
  '~': 0.004,
  '.': 0,
  x: null,
};

/** The states after each reading of what members send, one symbol for each 300 ms. A space means that they are not there. */
const played = (rows: Readonly<Record<string, string>>): readonly ActiveSpeaker[] => {
  const length = Math.max(...Object.values(rows).map((row) => row.length));
  const states: ActiveSpeaker[] = [];
  let state = SILENCE;
  for (let index = 0; index < length; index++) {
    const there = Object.entries(rows).filter(([, row]) => (row[index] ?? ' ') !== ' ');
    const levels = new Map(there.map(([session, row]) => [session, LEVELS[row[index]!] ?? null]));
    state = nextSpeaker(state, { at: index * DECIDE_EVERY, levels });
    states.push(state);
  }
  return states;
};

/** The speaker after each reading, one letter for each; a dot for none. */
const speakers = (rows: Readonly<Record<string, string>>): string =>
  played(rows)
    .map(({ speaker }) => speaker ?? '.')
    .join('');

/** Whether a member speaks, after each reading: 1 or 0. */
const speaks = (row: string): string =>
  played({ a: row })
    .map((state) => Number(speakingIn(state).includes('a')))
    .join('');

describe('nextSpeaker', () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    ['nobody speaks', { a: '......', b: 'xxxxxx' }, '......'],
    ['one speaks, then silence keeps them', { a: '####..........', b: '..............' }, '..aaaaaaaaaaaa'],
    ['pauses between words don’t matter', { a: '#.##.#..##.#.#', b: '~~~~~~~~~~~~~~' }, '...aaaaaaaaaaa'],
    ['a cough is no speech', { a: '####........', b: '......##....' }, '..aaaaaaaaaa'],
    ['a single noise, again and again, is no speech', { a: '#....#....#....#....#' }, '.'.repeat(21)],
    [
      'a second one takes over once the first is silent',
      { a: '########........', b: '..........######' },
      '..aaaaaaaaaabbbb',
    ],
    ['but not within two seconds', { a: '###.............', b: '...#############' }, '..aaaaaaabbbbbbb'],
    [
      'an equally loud voice interrupts nobody',
      { a: '####################', b: '....################' },
      '..aaaaaaaaaaaaaaaaaa',
    ],
    [
      'a much louder one does',
      { a: '.-------------------', b: '.........###########' },
      '...aaaaaaaabbbbbbbbb',
    ],
    ['mute ends it at once', { a: '######xxxx', b: '..........' }, '..aaaa....'],
    ['and lets the next one in at once', { a: '######xxxxxx', b: '....########' }, '..aaaabbbbbb'],
    ['leaving does the same', { a: '######      ', b: '....########' }, '..aaaabbbbbb'],
    ['a newcomer who is silent changes nothing', { a: '##########', b: '     .....' }, '..aaaaaaaa'],
    ['the noise of a room is no speech', { a: '~'.repeat(30) }, '.'.repeat(30)],
  ];
  for (const [what, rows, expected] of cases) {
    it(what, () => expect(speakers(rows)).toBe(expected));
  }

  it('takes a steady noise for noise after some seconds, and hears speech above it', () => {
    const state = played({ a: `.${'-'.repeat(150)}` });
    expect(speakingIn(state.at(20)!)).toEqual(['a']);
    expect(speakingIn(state.at(-1)!)).toEqual([]);
    expect(speaks(`${'-'.repeat(150)}###`).endsWith('011')).toBeTrue();
  });

  it('begins to say that a member speaks with two readings, and stops after four quiet ones', () => {
    expect(speaks('.##......#..#.....##')).toBe('00111100000000000001');
  });

  it('never fails, for any levels and times', () => {
    const level = fc.oneof(fc.constant(null), fc.double(), fc.constantFrom(0, 1, -1, 2, NaN, Infinity));
    fc.assert(
      fc.property(fc.array(fc.record({ at: fc.double(), a: level, b: level })), (readings) => {
        let state = SILENCE;
        for (const { at, a, b } of readings) {
          state = nextSpeaker(state, {
            at,
            levels: new Map([
              ['a', a],
              ['b', b],
            ]),
          });
          expect([null, 'a', 'b']).toContain(state.speaker);
        }
      }),
    );
  });

  /** What four members might send: stretches of one level. */
  const row = fc
    .array(fc.tuple(fc.constantFrom('#', '+', '-', '~', '.', 'x'), fc.integer({ min: 1, max: 12 })), {
      minLength: 5,
      maxLength: 25,
    })
    .map((stretches) => stretches.map(([symbol, length]) => symbol.repeat(length)).join(''))
    .map((symbols) => symbols.padEnd(60, '.').slice(0, 60));

  it('doesn’t flap: each speaker stays for two seconds unless they mute', () => {
    fc.assert(
      fc.property(fc.record({ a: row, b: row, c: row, d: row }), (rows) => {
        let since = -Infinity;
        let before: string | null = null;
        for (const [index, { speaker }] of played(rows).entries()) {
          const at = index * DECIDE_EVERY;
          if (speaker !== before && before !== null) {
            const isMuted = rows[before as 'a'][index] === 'x';
            expect(isMuted || at - since >= DWELL).toBeTrue();
          }
          if (speaker !== before) [before, since] = [speaker, at];
        }
      }),
    );
  });

  it('gives the floor only to members who speak at that moment, and takes it from nobody by silence', () => {
    fc.assert(
      fc.property(fc.record({ a: row, b: row, c: row }), (rows) => {
        let before = SILENCE;
        for (const [index, state] of played(rows).entries()) {
          const { speaker } = state;
          if (speaker !== before.speaker && speaker !== null) {
            expect(speakingIn(state)).toContain(speaker);
          }
          if (speaker === null && before.speaker !== null) {
            expect(rows[before.speaker as 'a'][index]).toBe('x');
          }
          before = state;
        }
      }),
    );
  });
});
