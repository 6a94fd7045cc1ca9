import { ALPHABET, base32 } from './base32';
import { newCode, readCode } from './code';

describe('base32', () => {
  it('writes the most significant bits first and fills the last character with zeros', () => {
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
});
