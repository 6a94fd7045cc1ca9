/** Storage for the parts of a file. */
export interface PartStore {
  set(index: number, part: Blob): Promise<void>;
  get(index: number): Promise<Blob>;
}

/**
 * A file made of parts, written at any position: a muxer appends, and finally goes back to fill in sizes and times. Only one
 * part is in memory at a time. Writes must not overlap in time.
 */
export class FileParts {
  /** First byte of each part, and the end of the file. */
  private readonly edges = [0];

  constructor(private readonly store: PartStore) {}

  /** Size so far, in bytes. */
  get size(): number {
    return this.edges.at(-1)!;
  }

  /**
   * @param position byte in the file; a gap after the present end is filled with zeros
   */
  async write(position: number, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    if (position > this.size) await this.append(new Uint8Array(position - this.size));
    const end = position + bytes.length;
    for (let index = 0; index + 1 < this.edges.length; index++) {
      const [from, to] = [this.edges[index]!, this.edges[index + 1]!];
      if (to <= position || from >= end) continue;
      const part = new Uint8Array(await (await this.store.get(index)).arrayBuffer());
      const [first, last] = [Math.max(from, position), Math.min(to, end)];
      part.set(bytes.subarray(first - position, last - position), first - from);
      await this.store.set(index, new Blob([part]));
    }
    if (end > this.size) await this.append(bytes.slice(bytes.length - (end - this.size)));
  }

  private async append(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.store.set(this.edges.length - 1, new Blob([bytes]));
    this.edges.push(this.size + bytes.length);
  }
}
