import { codeKeys, CodeKeys } from './code-keys';
import { seal, SealContext, SealError, unseal } from './seal';

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const context: SealContext = { where: 'seats/1/links/0123456789abcdef', kind: 'offer', revision: 1 };

describe('sealed fields', () => {
  let keys: CodeKeys;

  beforeEach(async () => (keys = await codeKeys('abcd-efgh-jkmn-pqrs', 'call')));

  const opens = (sealed: Uint8Array, at: Partial<SealContext> = {}, by = keys) =>
    unseal(by, { ...context, ...at }, sealed).then(
      (value) => value,
      (error: unknown) => (error instanceof SealError ? 'refused' : error),
    );

  it('derive the id that docs/protocol.md gives as an example', () => {
    expect(keys.id).toBe('4t5fe84gpx05hdf2sa3g91p2g4');
  });

  it('open to the sealed value', async () => {
    const value = { sdp: 'v=0\r\n'.repeat(500), name: '小明', list: [1, null, true] };
    const sealed = await seal(keys, context, value);
    expect(await opens(sealed)).toEqual(value);
    expect(sealed[0]).toBe(1);
    expect(sealed.length).toBeLessThan(JSON.stringify(value).length / 4);
  });

  it('are different each time', async () => {
    expect(hex(await seal(keys, context, 'same'))).not.toBe(hex(await seal(keys, context, 'same')));
  });

  for (const [attack, at] of [
    ['at another place', { where: 'seats/1/links/fedcba9876543210' }],
    ['as another kind', { kind: 'answer' }],
    ['in another revision', { revision: 2 }],
  ] as const) {
    it(`do not open ${attack}`, async () => {
      expect(await opens(await seal(keys, context, 'secret'), at)).toBe('refused');
    });
  }

  it('do not open in another call', async () => {
    const sealed = await seal(keys, context, 'secret');
    expect(await opens(sealed, {}, await codeKeys('abcd-efgh-jkmn-pqrt', 'call'))).toBe('refused');
    // The same key under another call's id, as in a swapped document.
    expect(await opens(sealed, {}, { ...keys, id: '0'.repeat(26) })).toBe('refused');
  });

  it('do not open when any byte has changed', async () => {
    const sealed = await seal(keys, context, 'secret');
    for (let at = 0; at < sealed.length; at++) {
      const changed = sealed.slice();
      changed[at]! ^= 1;
      expect(await opens(changed))
        .withContext(`byte ${at}`)
        .toBe('refused');
    }
  });

  it('do not open when truncated, empty or of another version', async () => {
    const sealed = await seal(keys, context, 'secret');
    expect(await opens(sealed.slice(0, -1))).toBe('refused');
    expect(await opens(new Uint8Array())).toBe('refused');
    expect(await opens(new Uint8Array([2, ...sealed.slice(1)]))).toBe('refused');
  });

  it('stop decompressing a value that would fill the memory', async () => {
    const sealed = await seal(keys, context, 'a'.repeat(4 * 1024 * 1024));
    expect(sealed.length).toBeLessThan(16 * 1024);
    expect(await opens(sealed)).toBe('refused');
  });
});
