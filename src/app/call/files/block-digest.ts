/** Bytes in a block; the last of a file may be shorter. */
export const BLOCK = 1024 * 1024;

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * What a file's bytes are checked by: SHA-256 over the SHA-256 of each of its blocks, in order. The browser's own SHA-256
 * takes no bytes piece by piece, but runs beside the page and many times as fast as one in JavaScript does.
 */
export class BlockDigest {
  private readonly blocks: Bytes[] = [];

  /** Takes block number `index`, whole; blocks may come in any order, and again. */
  async add(index: number, block: Bytes): Promise<void> {
    if (!this.blocks[index]) this.blocks[index] = await sha256(block);
  }

  /** Of all blocks so far, hexadecimal. */
  async value(): Promise<string> {
    const digest = await sha256(new Uint8Array(await new Blob(this.blocks).arrayBuffer()));
    return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }
}

export const isDigest = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

const sha256 = async (bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
