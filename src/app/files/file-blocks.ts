import { BLOCK, BlockDigest, type Bytes } from './block-digest';
import type { RecentBlocks } from './recent-blocks';
import { TransferError } from './transfer';

/** Reads a file for all its deliveries: digests each block once, and keeps recent blocks while several members may need them. */
export class FileBlocks {
  private readonly digest = new BlockDigest();
  /** In bytes. */
  readonly size: number;
  readonly count: number;

  /** @param readers number of deliveries; each must `release` the file once it is over */
  constructor(
    private readonly file: Blob,
    private readonly recent: RecentBlocks,
    private readers = 1,
  ) {
    this.size = file.size;
    this.count = Math.ceil(file.size / BLOCK);
  }

  /** Block number `index`, not to be changed. Rejects with `TransferError` (`unreadable`). */
  read(index: number): Promise<Bytes> {
    const read = () => this.readFromDisk(index);
    // The last reader leaves no block for others.
    return this.readers > 1
      ? this.recent.get(this.file, index, read)
      : (this.recent.take(this.file, index) ?? read());
  }

  /** The digest of the whole file. Reads only blocks that no delivery has read. Rejects with `TransferError` (`unreadable`). */
  async value(): Promise<string> {
    for (let index = 0; index < this.count; index++) if (!this.digest.has(index)) await this.read(index);
    return this.digest.value();
  }

  /** One delivery fewer needs the file. */
  release(): void {
    this.readers--;
    if (this.readers === 0) this.recent.drop(this.file);
  }

  private async readFromDisk(index: number): Promise<Bytes> {
    try {
      const block = this.file.slice(index * BLOCK, (index + 1) * BLOCK);
      const bytes = new Uint8Array(await block.arrayBuffer());
      await this.digest.add(index, bytes);
      return bytes;
    } catch (error) {
      throw new TransferError('unreadable', { cause: error });
    }
  }
}
