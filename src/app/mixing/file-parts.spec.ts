import * as fc from 'fast-check';

import { FileParts } from './file-parts';

const inMemory = () => {
  const parts: Blob[] = [];
  return {
    parts,
    store: {
      set: async (index: number, part: Blob) => void (parts[index] = part),
      get: async (index: number) => parts[index]!,
    },
  };
};

describe('FileParts', () => {
  it('contains what a file would contain after the same writes', async () => {
    const write = fc.record({
      position: fc.nat(60),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(write, { maxLength: 12 }), async (writes) => {
        const { parts, store } = inMemory();
        const file = new FileParts(store);
        const model: number[] = [];
        for (const { position, bytes } of writes) {
          while (model.length < position) model.push(0);
          bytes.forEach((byte, at) => (model[position + at] = byte));
          await file.write(position, new Uint8Array(bytes));
        }
        expect(file.size).toBe(model.length);
        expect([...new Uint8Array(await new Blob(parts).arrayBuffer())]).toEqual(model);
      }),
      { numRuns: 100 },
    );
  });
});
