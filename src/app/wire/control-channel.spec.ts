import fc from 'fast-check';

import { readAny } from '../testing/all-messages';
import { MAX_MESSAGE } from './control-channel';

describe('control messages', () => {
  const read = (value: unknown) => readAny(JSON.stringify(value));

  it('are read without extra fields', () => {
    expect(read({ type: 'state', microphone: true, camera: false, more: 1 })).toEqual({
      type: 'state',
      microphone: true,
      camera: false,
    });
    expect(read({ type: 'codecs', kind: 'video', codecs: ['video/VP8'] })).toEqual({
      type: 'codecs',
      kind: 'video',
      codecs: ['video/VP8'],
    });
    expect(read({ type: 'bye' })).toEqual({ type: 'bye' });
    expect(read({ type: 'beat', at: 1 })).toEqual({ type: 'beat' });
    const description = { type: 'description', kind: 'offer', id: 'a0', sdp: 'v=0' };
    expect(read({ ...description, more: 1 }) as unknown).toEqual(description);
    const candidate = { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: null, usernameFragment: 'x' };
    expect(read({ type: 'candidates', candidates: [{ ...candidate, more: 1 }] })).toEqual({
      type: 'candidates',
      candidates: [candidate],
    });
  });

  for (const [what, data] of [
    ['bytes', new ArrayBuffer(4)],
    ['no JSON', '{'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number', '1'],
    ['an unknown type', '{"type":"dance"}'],
    ['a type that is no text', '{"type":1}'],
    ['half a state', '{"type":"state","microphone":true}'],
    ['a codec that is no text', '{"type":"codecs","kind":"video","codecs":[1]}'],
    ['codecs of another kind', '{"type":"codecs","kind":"smell","codecs":[]}'],
    ['a description of no kind', '{"type":"description","kind":"rollback","id":"a","sdp":""}'],
    ['a description without an id', '{"type":"description","kind":"offer","sdp":""}'],
    ['candidates that are none', '{"type":"candidates","candidates":[{"candidate":1}]}'],
    [
      'more candidates than anybody has',
      JSON.stringify({ type: 'candidates', candidates: Array(201).fill({}) }),
    ],
    ['what is too long', JSON.stringify({ type: 'bye', padding: 'a'.repeat(MAX_MESSAGE) })],
  ] as const) {
    it(`ignore ${what}`, () => expect(readAny(data)).toBeNull());
  }

  const types = ['state', 'codecs', 'bye', 'beat', 'description', 'candidates', 'restart'];
  const fields = [
    'microphone',
    'camera',
    'kind',
    'codecs',
    'id',
    'sdp',
    'candidates',
    '__proto__',
    'toString',
  ];

  /** What a broken or hostile sender might send: any JSON, and objects that resemble messages. */
  const anything = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .record({
        type: fc.oneof(fc.constantFrom(...types), fc.jsonValue()),
        more: fc.dictionary(fc.constantFrom(...fields), fc.jsonValue()),
      })
      .map(({ type, more }) => JSON.stringify({ ...more, type })),
    fc.uint8Array(),
  );

  it('never throw, and read only known fields from arbitrary input', () => {
    const read = new Set<string>();
    fc.assert(
      fc.property(anything, (data) => {
        const message = readAny(data);
        if (message === null) return;
        read.add(message.type);
        expect(types).toContain(message.type);
        // Reading a parsed message again gives the same message: only known fields get through.
        expect(readAny(JSON.stringify(message))).toEqual(message);
      }),
      { numRuns: 3_000 },
    );
    expect(read).toContain('bye');
  });
});
