import { noteError } from '../log/note';
import { commitWithRetry } from '../firebase/commit-with-retry';
import type { Documents, Write } from '../firebase/documents';

/** Commits a member's writes, and remembers what the member has to delete again. Rejects as `Documents` does. */
export class OwnDocuments {
  /** Paths of documents that this member wrote and has not deleted, in the order written. */
  private readonly written = new Set<string>();

  constructor(private readonly documents: Documents) {}

  /** @param patience time after which the write counts as lost, in ms */
  async write(writes: readonly Write[], patience?: number): Promise<void> {
    await this.documents.commit(writes, patience === undefined ? {} : { patience });
    this.note(writes);
  }

  /**
   * Commits writes that a person is waiting for, and retries once when no answer came.
   *
   * @param isDone checks whether the first attempt succeeded, when the retry is refused
   */
  async writeSurely(writes: readonly Write[], isDone?: () => Promise<boolean>): Promise<void> {
    await commitWithRetry(() => this.documents.commit(writes), isDone);
    this.note(writes);
  }

  async remove(paths: readonly string[]): Promise<void> {
    // Delete candidates before the link they belong to.
    const deepestFirst = [...paths].sort((a, b) => b.length - a.length);
    for (const path of paths) this.written.delete(path);
    if (paths.length > 0) {
      // Deleting a missing document is allowed, so a retry is not refused.
      await this.writeSurely(deepestFirst.map((path) => ({ kind: 'delete', path })));
    }
  }

  /** Deletes a document, and those below it, as far as this member wrote them. */
  async removeBelow(root: string): Promise<void> {
    await this.remove([...this.written].filter((path) => path.startsWith(root)));
  }

  /** The document belongs to another member now. */
  lose(path: string): void {
    this.written.delete(path);
  }

  /**
   * Deletes everything that this member wrote, in one request that outlives the page.
   *
   * @param call the path of the call
   * @param others what else to write if it is still allowed
   */
  async farewell(call: string, others: readonly Write[]): Promise<void> {
    const own = [...this.written].filter((path) => path !== call).reverse();
    this.written.clear();
    const removals = own.map((path): Write => ({ kind: 'delete', path }));
    const commit = async (writes: readonly Write[]) => {
      if (writes.length > 0) await this.documents.commit(writes, { keepalive: true });
    };
    // A member may have joined, left or been removed at the last moment. Then the rest is refused.
    await commit([...removals, ...others]).catch((error: unknown) => {
      if (others.length === 0) throw error;
      noteError('signaling', 'farewell', error);
      return commit(removals);
    });
  }

  private note(writes: readonly Write[]): void {
    for (const write of writes) {
      if (write.kind === 'set') this.written.add(write.path);
    }
  }
}
