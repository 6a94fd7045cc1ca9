import { Observable } from 'rxjs';

import { noted } from '../log/note';
import { BLOCK, BlockDigest, isDigest } from './block-digest';
import { REPORT, WINDOW } from './file-channel';
import type { Sink } from './sink';
import { TransferError } from './transfer';

/** Maximum size of a message from any sender, in bytes. */
const LARGEST_MESSAGE = 256 * 1024;

/** A file being received, over as many channels as it takes. Everything that arrives is checked against the offer. */
export class Reception {
  private readonly digest = new BlockDigest();
  private block: Uint8Array<ArrayBuffer> | null = null;
  private filled = 0;
  private blocks = 0;
  private arrived = 0;
  private written = 0;
  private reported = 0;
  private work: Promise<void> = Promise.resolve();
  private failure: TransferError | null = null;
  private report: (bytes: number) => void = () => undefined;

  /**
   * @param size as offered, in bytes
   */
  constructor(
    private readonly size: number,
    private readonly sink: Sink,
  ) {}

  /** The byte to continue from: everything before it has arrived. */
  get offset(): number {
    return this.arrived;
  }

  /**
   * Receives a channel's data, starting at `offset`. Emits the number of bytes written; completes once all of them are
   * written and the digest matches. Unsubscribing closes the channel and keeps what has arrived. Errors with
   * `TransferError`.
   */
  take(channel: RTCDataChannel): Observable<number> {
    return new Observable((subscriber) => {
      const fail = (error: TransferError) => subscriber.error(error);
      channel.binaryType = 'arraybuffer';
      this.reported = this.arrived;
      this.report = (bytes) => {
        if (bytes - this.reported >= REPORT || (bytes === this.size && bytes > this.reported)) {
          this.reported = bytes;
          if (channel.readyState === 'open') channel.send(String(bytes));
        }
        subscriber.next(bytes);
      };
      channel.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (data instanceof ArrayBuffer) {
          const error = this.failure ?? this.accept(data);
          if (error) fail(error);
        } else if (isDigest(data) && this.arrived === this.size) {
          this.check(data).then(
            () => subscriber.complete(),
            (error: unknown) => fail(asTransferError(error)),
          );
        } else {
          fail(new TransferError('misbehaved'));
        }
      };
      channel.onclose = () => fail(this.failure ?? new TransferError('interrupted'));
      return () => {
        this.report = () => undefined;
        channel.onmessage = null;
        channel.onclose = null;
        channel.close();
      };
    });
  }

  /** Ends the reception without a file. */
  async discard(): Promise<void> {
    this.failure ??= new TransferError('cancelled');
    await this.work.catch(noted('files', 'write'));
    await this.sink.discard().catch(noted('files', 'discard'));
  }

  private accept(data: ArrayBuffer): TransferError | null {
    const { byteLength } = data;
    const wrong =
      byteLength === 0 ||
      byteLength > LARGEST_MESSAGE ||
      byteLength > this.size - this.arrived ||
      this.arrived - this.reported + byteLength > WINDOW + LARGEST_MESSAGE;
    if (wrong) return new TransferError('misbehaved');
    for (let at = 0; at < byteLength;) {
      this.block ??= new Uint8Array(Math.min(BLOCK, this.size - this.blocks * BLOCK));
      const piece = new Uint8Array(data, at, Math.min(byteLength - at, this.block.length - this.filled));
      this.block.set(piece, this.filled);
      at += piece.length;
      this.filled += piece.length;
      if (this.filled === this.block.length) this.keep(this.block);
    }
    this.arrived += byteLength;
    return null;
  }

  /** Digests and writes a complete block, after the earlier ones. */
  private keep(block: Uint8Array<ArrayBuffer>): void {
    const index = this.blocks++;
    this.block = null;
    this.filled = 0;
    this.work = this.work.then(async () => {
      if (this.failure) return;
      try {
        await Promise.all([this.digest.add(index, block), this.sink.write(block)]);
      } catch (error) {
        this.failure ??= new TransferError('unwritable', { cause: error });
        return;
      }
      this.written += block.length;
      this.report(this.written);
    });
  }

  private async check(expected: string): Promise<void> {
    await this.work;
    if (this.failure) throw this.failure;
    if ((await this.digest.value()) !== expected) throw new TransferError('tampered');
  }
}

const asTransferError = (error: unknown): TransferError =>
  error instanceof TransferError ? error : new TransferError('unwritable', { cause: error });
