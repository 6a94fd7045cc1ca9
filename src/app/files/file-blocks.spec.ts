import * as fc from 'fast-check';

import { BLOCK } from './block-digest';
import { FileBlocks } from './file-blocks';
import { RecentBlocks } from './recent-blocks';

const KIB = 1024;

/** A file of zeros except for each block's first byte, its number, that counts how often each block is read. */
function countedFile(size: number) {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += BLOCK) bytes[at] = at / BLOCK;
  const file = new Blob([bytes]);
  const reads: number[] = [];
  const slice = file.slice.bind(file);
  spyOn(file, 'slice').and.callFake((start = 0, end) => {
    reads[start / BLOCK] = (reads[start / BLOCK] ?? 0) + 1;
    return slice(start, end);
  });
  return { file, reads };
}

/** Counts the blocks that are digested. Digests of digests are shorter than a KiB here. */
function countDigests(): () => number {
  const digest = spyOn(crypto.subtle, 'digest').and.callThrough();
  return () => digest.calls.all().filter(({ args: [, data] }) => data.byteLength >= KIB).length;
}

describe('the blocks of a file', () => {
  for (const [size, readers] of [
    [0, 3],
    [5 * KIB, 1],
    [5 * KIB, 7],
    [3 * BLOCK, 2],
    [9 * BLOCK + 2 * KIB, 7],
  ] as const) {
    it(`are read and digested once for ${readers} members who go at one pace: ${size} bytes`, async () => {
      const digested = countDigests();
      const { file, reads } = countedFile(size);
      const blocks = new FileBlocks(file, new RecentBlocks(), readers);
      for (let index = 0; index < blocks.count; index++) {
        const read = await Promise.all(Array.from({ length: readers }, () => blocks.read(index)));
        for (const bytes of read) expect(bytes[0]).toBe(index);
      }
      const values = await Promise.all(Array.from({ length: readers }, () => blocks.value()));
      expect(new Set(values).size).toBe(1);
      expect(reads).toEqual(Array<number>(blocks.count).fill(1));
      expect(digested()).toBe(blocks.count);
    });
  }

  it('are read once by members less than the kept blocks apart, and digested once in any case', async () => {
    const [count, kept] = [12, 4];
    const digested = countDigests();
    // Each step says which member reads their next block.
    const steps = fc.array(fc.nat(3), { minLength: 60, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 8 }), async (order, apart) => {
        const before = digested();
        const { file, reads } = countedFile(count * BLOCK - 1);
        const blocks = new FileBlocks(file, new RecentBlocks(kept), 4);
        const at = [0, 0, 0, 0];
        const step = async (member: number) => {
          const index = at[member]!;
          if (index === count || index - Math.min(...at) >= apart) return;
          at[member] = index + 1;
          expect((await blocks.read(index))[0]).toBe(index);
          if (at[member] === count) blocks.release();
        };
        for (const member of order) await step(member);
        while (at.some((index) => index < count)) await step(at.indexOf(Math.min(...at)));
        // A member that is behind reads again what isn't kept.
        const most = apart <= kept ? 1 : at.length;
        expect(reads.length).toBe(count);
        for (const times of reads) expect(times).toBeLessThanOrEqual(most);
        expect(digested() - before).toBe(count);
      }),
      { numRuns: 40 },
    );
  });

  it('are kept only for a while', async () => {
    const { file, reads } = countedFile(6 * BLOCK);
    const blocks = new FileBlocks(file, new RecentBlocks(4), 2);
    for (let index = 0; index < 6; index++) await blocks.read(index);
    for (const index of [5, 2, 0]) await blocks.read(index);
    expect(reads).toEqual([2, 1, 1, 1, 1, 1]);
  });

  it('are all in the digest, even those that no delivery read', async () => {
    const { file } = countedFile(4 * BLOCK + 1);
    const [some, all] = [new FileBlocks(file, new RecentBlocks()), new FileBlocks(file, new RecentBlocks())];
    await some.read(2);
    for (let index = 0; index < all.count; index++) await all.read(index);
    expect(await some.value()).toBe(await all.value());
  });

  it('are not kept for a single member', async () => {
    const { file, reads } = countedFile(BLOCK);
    const blocks = new FileBlocks(file, new RecentBlocks());
    await blocks.read(0);
    await blocks.read(0);
    expect(reads).toEqual([2]);
  });

  it('can fail, and are read again then', async () => {
    const { file, reads } = countedFile(BLOCK);
    const blocks = new FileBlocks(file, new RecentBlocks(), 2);
    const bytes = file.arrayBuffer();
    spyOn(Blob.prototype, 'arrayBuffer').and.returnValues(Promise.reject(new Error('moved')), bytes);
    await expectAsync(blocks.read(0)).toBeRejectedWith(jasmine.objectContaining({ reason: 'unreadable' }));
    await expectAsync(blocks.read(0)).toBeResolved();
    expect(reads).toEqual([2]);
  });
});
