import { Observable } from 'rxjs';

import { noted } from '../log/note';
import type { Peer } from '../wire/peers';
import { BLOCK } from './block-digest';
import type { FileBlocks } from './file-blocks';
import { labelOf, WINDOW } from './file-channel';
import { paceFor, RateMeter } from './pace';
import { TransferError } from './transfer';

/** A file to send to one member, over as many channels as it takes. */
export interface Delivery {
  readonly id: string;
  /** Shared by all deliveries of the file. */
  readonly blocks: FileBlocks;
}

/**
 * Sends a file from the byte `offset` on over a separate channel: its bytes, then the digest as text. Emits the number of
 * bytes that the receiver acknowledges. Never completes: the control channel reports whether the file arrived. One
 * subscription is one channel; unsubscribing closes it. Errors with `TransferError`.
 */
export const sendFile = (
  { openChannel, maxMessage }: Pick<Peer, 'openChannel' | 'maxMessage'>,
  { id, blocks }: Delivery,
  offset: number,
): Observable<number> =>
  new Observable((subscriber) => {
    const channel = openChannel(labelOf(id, offset));
    const largest = maxMessage();
    let acknowledged = offset;
    let sent = offset;
    let wake: () => void = () => undefined;
    const fail = (reason: TransferError['reason'], cause?: unknown) =>
      subscriber.error(new TransferError(reason, { cause }));

    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      const bytes = typeof data === 'string' && /^\d{1,16}$/.test(data) ? Number(data) : -1;
      if (bytes < acknowledged || bytes > sent) return fail('misbehaved');
      acknowledged = bytes;
      subscriber.next(bytes);
      wake();
    };
    channel.onclose = () => fail('interrupted');
    channel.onbufferedamountlow = () => wake();
    const opened = new Promise((resolve) => (channel.onopen = resolve));

    const pump = async () => {
      await opened;
      const meter = new RateMeter(sent, performance.now());
      const first = Math.floor(offset / BLOCK);
      let reading = first < blocks.count ? blocks.read(first) : null;
      for (let index = first; index < blocks.count && reading; index++) {
        const bytes = await reading;
        reading = index + 1 < blocks.count ? blocks.read(index + 1) : null;
        // A failure is handled when this block is next.
        reading?.catch(noted('files', 'read-ahead'));
        for (let at = sent - index * BLOCK; at < bytes.length;) {
          const pace = paceFor(meter.rate, largest);
          channel.bufferedAmountLowThreshold = pace.low;
          while (channel.bufferedAmount > pace.high || sent - acknowledged >= WINDOW) {
            if (subscriber.closed) return;
            await new Promise<void>((resolve) => (wake = resolve));
            meter.measure(sent - channel.bufferedAmount, performance.now());
          }
          if (subscriber.closed || channel.readyState !== 'open') return;
          const chunk = bytes.subarray(at, at + pace.chunk);
          channel.send(chunk);
          at += chunk.length;
          sent += chunk.length;
        }
      }
      const value = await blocks.value();
      if (!subscriber.closed && channel.readyState === 'open') channel.send(value);
    };
    pump().catch((error: unknown) =>
      subscriber.error(
        error instanceof TransferError ? error : new TransferError('interrupted', { cause: error }),
      ),
    );
    return () => {
      channel.onclose = null;
      channel.close();
      wake();
    };
  });
