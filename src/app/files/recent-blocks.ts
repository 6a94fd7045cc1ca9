import { noteError } from '../log/note';
import type { Bytes } from './block-digest';

/** Number of blocks to keep for all files together: 32 MiB. */
const MOST_KEPT = 32;

interface Kept {
  readonly file: Blob;
  readonly index: number;
  readonly block: Promise<Bytes>;
}

/**
 * The blocks that were read last, of all files together, for deliveries that are a little behind the first one. A delivery
 * that is further behind reads from the disk again, so that memory stays bounded however many members receive files.
 */
export class RecentBlocks {
  /** The block that was read first is first, and goes first: it is also the first that all deliveries have passed. */
  private kept: readonly Kept[] = [];

  /** @param most number of blocks to keep */
  constructor(private readonly most = MOST_KEPT) {}

  /** The block if it is kept or being read; otherwise reads it. A block that can't be read isn't kept. */
  get(file: Blob, index: number, read: () => Promise<Bytes>): Promise<Bytes> {
    const found = this.find(file, index);
    if (found) return found.block;
    const added = { file, index, block: read() };
    this.kept = [...this.kept, added].slice(-this.most);
    added.block.catch((error: unknown) => {
      noteError('files', 'read-block', error);
      return this.remove(added);
    });
    return added.block;
  }

  /** The block if it is kept or being read; it isn't kept any longer. */
  take(file: Blob, index: number): Promise<Bytes> | null {
    const found = this.find(file, index);
    if (!found) return null;
    this.remove(found);
    return found.block;
  }

  drop(file: Blob): void {
    this.kept = this.kept.filter((one) => one.file !== file);
  }

  private find(file: Blob, index: number): Kept | undefined {
    return this.kept.find((one) => one.file === file && one.index === index);
  }

  private remove(block: Kept): void {
    this.kept = this.kept.filter((one) => one !== block);
  }
}
