import * as fc from 'fast-check';

import { ALPHABET, base32 } from '../values/base32';
import { newCode, readCode, readTyped } from './code';

describe('base32', () => {
  it('writes the most significant bits first and pads the last character with zeros', () => {
    expect(base32(new Uint8Array([0xff]))).toBe('zw');
    expect(base32(new Uint8Array([0x00, 0x44, 0x32, 0x14, 0xc7]))).toBe(
      '01234567'.replace('4567', '4567').slice(0, 8),
    );
    expect(base32(new Uint8Array(16)).length).toBe(26);
  });
});

describe('code', () => {
  it('is sixteen characters of the alphabet in groups of four', () => {
    for (let i = 0; i < 200; i++) {
      expect(newCode()).toMatch(/^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$/);
    }
  });

  it('uses the whole alphabet', () => {
    const seen = new Set(Array.from({ length: 400 }, newCode).join('').replaceAll('-', ''));
    expect([...seen].sort().join('')).toBe(ALPHABET);
  });

  for (const [typed, read] of [
    ['abcd-efgh-jkmn-pqrs', 'abcd-efgh-jkmn-pqrs'],
    ['ABCDEFGHJKMNPQRS', 'abcd-efgh-jkmn-pqrs'],
    ['  abcd efgh jkmn pqrs ', 'abcd-efgh-jkmn-pqrs'],
    ['abcd–efgh—jkmn−pqrs', 'abcd-efgh-jkmn-pqrs'],
    ['oOiI-lL00-1111-2222', '0011-1100-1111-2222'],
    ['https://parley.example/call#abcd-efgh-jkmn-pqrs', 'abcd-efgh-jkmn-pqrs'],
    ['parley.example/call#ABCDEFGHJKMNPQRS\n', 'abcd-efgh-jkmn-pqrs'],
    ['', null],
    ['abcd-efgh-jkmn', null],
    ['abcd-efgh-jkmn-pqrst', null],
    ['abcd-efgh-jkmn-pqru', null],
    ['https://parley.example/call', null],
  ] as const) {
    it(`reads ${JSON.stringify(typed)} as ${read}`, () => expect(readCode(typed)).toBe(read));
  }

  const code = 'abcd-efgh-jkmn-pqrs';
  const link = `https://parley.example/call#${code}`;

  for (const typed of [
    `${link}.`,
    `(${link})`,
    `<${link}>`,
    `“${link}”`,
    `'${link}'`,
    `${link}，`,
    `链接：${link}。`,
    `链接：${link}点击加入`,
    `${link}\u200B`,
    `\u2066abcd-efgh\u00AD-jkmn-pqrs\u2069`,
    `https://parley.example/call＃ａｂｃｄ－ｅｆｇｈ－ｊｋｍｎ－ｐｑｒｓ`,
    `https://parley.example/call%23${code}`,
    `https://parley.example/call%2523${code}`,
    `https://links.example/?url=https%3A%2F%2Fparley.example%2Fcall%23${code}&data=05%7C02`,
    `${link}&utm_source=mail`,
    `${link}?utm_source=mail`,
    `${link} Join my call`,
    `${code} Join my call`,
    `Join this call with ${code} now`,
    `Join my Parley call:\n${link}\n\nor type the code ${code}.`,
    `abcd efgh jkmn pqrs.`,
    `My code: abcd efgh jkmn pqrs!`,
    `Call #1: ABCDEFGHJKMNPQRS, responsible: Ann`,
    `${link}%`,
    `${link}%ff`,
  ]) {
    it(`finds the code in ${JSON.stringify(typed)}`, () => expect(readCode(typed)).toBe(code));
  }

  for (const [typed, place] of [
    [link, 'call'],
    [`https://parley.example/lobby#${code}.`, 'lobby'],
    [`https://parley.example/lobby%23${code}`, 'lobby'],
    [`https://parley.example/lobby/?utm_source=mail#${code}`, 'lobby'],
    [`parley.example/LOBBY/${code}`, 'lobby'],
    [`https://call/lobby#${code}`, 'lobby'],
    [`https://lobby/#${code}`, null],
    [`https://parley.example/lobby-list#${code}`, null],
    [`https://parley.example/lobby is where ${code} leads`, null],
    [code, null],
    [`${link} https://parley.example/lobby#${code}`, null],
  ] as const) {
    it(`takes ${JSON.stringify(typed)} for the code of ${place ?? 'either'}`, () =>
      expect(readTyped(typed)).toEqual({ kind: 'code', code, place }));
  }

  for (const typed of [
    `${code} ${'0123-4567-89ab-cdef'}`,
    `${link} https://parley.example/lobby#0123-4567-89ab-cdef`,
    'call code abcd efgh jkmn pqrs',
  ]) {
    it(`does not choose between the codes of ${JSON.stringify(typed)}`, () =>
      expect(readTyped(typed)).toEqual({ kind: 'several' }));
  }

  it('reads any code in its link form, with any text attached', () => {
    const anyCode = fc
      .uint8Array({ minLength: 10, maxLength: 10 })
      .map((bytes) => base32(bytes).match(/.{4}/g)!.join('-'));
    const written = fc.constantFrom(
      (text: string) => text,
      (text: string) => text.toUpperCase(),
      (text: string) => text.replaceAll('-', ''),
      (text: string) => text.replaceAll('-', '–'),
      (text: string) => text.replace(/./g, '$&\u200B'),
      (text: string) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
    );
    const before = fc.stringMatching(/^[^#%]{0,12}[ :(<"'“，、。\n]$/u);
    const after = fc.oneof(
      fc.constant(''),
      fc.constantFrom(
        '.',
        ')',
        '>',
        ',',
        '，',
        '。',
        '”',
        "'",
        '\u200B',
        '&utm_source=x',
        '?a=b',
        '/',
        '%20',
      ),
      fc.stringMatching(/^[ .,)>，。&]+[a-z ]{0,3}$/),
    );
    const lead = fc.constantFrom('#', '＃', '%23', '%2523', '%EF%BC%83');
    const place = fc.constantFrom('call', 'lobby');
    fc.assert(
      fc.property(anyCode, written, before, after, lead, place, (code, write, before, after, lead, place) => {
        const typed = `${before}https://parley.example/${place}${lead}${write(code)}${after}`;
        const read = code.replaceAll('o', '0');
        expect(readTyped(typed)).withContext(typed).toEqual({ kind: 'code', code: read, place });
      }),
      { numRuns: 500 },
    );
  });

  it('never throws, and returns only valid codes for arbitrary input', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        '#',
        '%',
        '%23',
        '%ff',
        '-',
        ' ',
        'abcd',
        'abcd-efgh-jkmn-pqrs',
        '\uD800',
        '/call',
        '\u200D',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const read = readCode(pieces.join(''));
        if (read !== null) expect(read).toMatch(/^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$/);
        if (read !== null) expect(readCode(read)).toBe(read);
      }),
      { numRuns: 500 },
    );
  });
});
