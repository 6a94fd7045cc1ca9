import * as fc from 'fast-check';

import { readAny } from '../testing/all-messages';

const id = '0123456789abcdef';
const LAST_TIME = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** A message of each type that contains numbers, with the minimum and maximum of each number. */
const messages: readonly (readonly [
  message: Readonly<Record<string, unknown>>,
  bounds: Readonly<Record<string, readonly [least: number, most: number, whole: boolean]>>,
])[] = [
  [{ type: 'hand', raised: 1 }, { raised: [0, 86_400_000, false] }],
  [
    { type: 'view', width: 640, height: 360 },
    { width: [1, 16_384, true], height: [1, 16_384, true] },
  ],
  [{ type: 'log-ack', log: 'chat', id, next: 1 }, { next: [1, 1e9, true] }],
  [
    { type: 'log', log: 'chat', id, oldest: 1, first: 1, now: 1, entries: [] },
    { oldest: [1, 1e9, true], first: [1, 1e9, true], now: [0, LAST_TIME, false] },
  ],
  [{ type: 'file-offer', id, name: '', size: 1, media: '', path: '' }, { size: [0, 2 ** 50, true] }],
  [{ type: 'file-accept', id, offset: 0 }, { offset: [0, 2 ** 50, true] }],
];

/** Numbers as JSON may spell them, including those that overflow when parsed. */
const spelled = fc.oneof(
  fc.double().map((number) => JSON.stringify(number)),
  fc.maxSafeInteger().map(String),
  fc.constantFrom(
    '1e400',
    '-1e400',
    '-0',
    '-1',
    '0',
    '0.5',
    '1e21',
    '8640000000000001',
    '9007199254740993',
    'null',
  ),
  fc.constantFrom('"1"', '[1]', '{}', 'true', '1e9', '1000000001', '86400001', '16385', '253402300800000'),
);

describe('numbers from a peer', () => {
  for (const [message, bounds] of messages) {
    it(`are in range once parsed: ${String(message['type'])}`, () => {
      expect(readAny(JSON.stringify(message)) as unknown).toEqual(message);
      fc.assert(
        fc.property(fc.constantFrom(...Object.keys(bounds)), spelled, (key, number) => {
          const { [key]: _, ...others } = message;
          const text = `${JSON.stringify(others).slice(0, -1)},"${key}":${number}}`;
          const read = readAny(text) as Readonly<Record<string, unknown>> | null;
          if (read === null) return;
          for (const [each, [least, most, whole]] of Object.entries(bounds)) {
            const value = read[each];
            // The hand is down.
            if (value === null && each === 'raised') continue;
            expect(typeof value).toBe('number');
            expect(value).withContext(text).toBeGreaterThanOrEqual(least);
            expect(value).withContext(text).toBeLessThanOrEqual(most);
            if (whole) expect(Number.isSafeInteger(value)).withContext(text).toBeTrue();
          }
        }),
        { numRuns: 300 },
      );
    });
  }

  it('contain no impossible SDP line index', () => {
    const read = (sdpMLineIndex: number) =>
      readAny(
        JSON.stringify({
          type: 'candidates',
          candidates: [{ candidate: '', sdpMid: null, sdpMLineIndex, usernameFragment: null }],
        }),
      );
    expect(read(65_535)).not.toBeNull();
    for (const wrong of [-1, 65_536, 0.5, 1e300]) expect(read(wrong)).withContext(`${wrong}`).toBeNull();
  });

  it('come with no invalid codec name, because names are shown', () => {
    const read = (codec: string) =>
      readAny(JSON.stringify({ type: 'codecs', kind: 'video', codecs: [codec] }));
    for (const codec of ['video/VP8', 'audio/telephone-event', 'video/flexfec-03', 'video/H264'])
      expect(read(codec)).withContext(codec).not.toBeNull();
    for (const wrong of ['VP8', 'video/\u202E8PV', 'video/VP8, but not yours', 'video/', '\uD800'])
      expect(read(wrong)).withContext(wrong).toBeNull();
  });
});
