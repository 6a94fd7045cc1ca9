/** Bytes in a block; the last block of a file may be shorter. */
export const BLOCK = 1024 * 1024;

export type Bytes = Uint8Array<ArrayBuffer>;

/**
 * The digest that a file's bytes are checked against: SHA-256 over the SHA-256 of each of its blocks, in order. The
 * browser's own SHA-256 can't take bytes piece by piece, but it runs outside the page's thread and many times as fast as one
 * in JavaScript.
 */
export class BlockDigest {
  private readonly blocks: Promise<Bytes>[] = [];

  /** Adds block number `index`, complete; blocks may come in any order, and repeatedly. */
  async add(index: number, block: Bytes): Promise<void> {
    await (this.blocks[index] ??= sha256(block));
  }

  /** Whether block number `index` was added. */
  has(index: number): boolean {
    return this.blocks[index] !== undefined;
  }

  /** The digest of all blocks so far, in hexadecimal. */
  async value(): Promise<string> {
    const blocks = await Promise.all(this.blocks);
    const digest = await sha256(new Uint8Array(await new Blob(blocks).arrayBuffer()));
    return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }
}

export const isDigest = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

const sha256 = async (bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
