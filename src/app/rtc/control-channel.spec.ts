import { MAX_MESSAGE, readControlMessage } from './control-channel';

describe('control messages', () => {
  const read = (value: unknown) => readControlMessage(JSON.stringify(value));

  it('read what they should be, and nothing more', () => {
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
    ['what is too long', JSON.stringify({ type: 'bye', padding: 'a'.repeat(MAX_MESSAGE) })],
  ] as const) {
    it(`ignore ${what}`, () => expect(readControlMessage(data)).toBeNull());
  }
});
