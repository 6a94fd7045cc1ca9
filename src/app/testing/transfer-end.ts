import { BehaviorSubject, filter, firstValueFrom, map, merge, Subscription, switchMap, timeout } from 'rxjs';

import { type FileMessage, fileMessages } from '../files/file-messages';
import type { Places } from '../files/file-places';
import { memorySink, type Sink } from '../files/sink';
import type { Transfer, TransferState } from '../files/transfer';
import { Transfers } from '../files/transfers';
import type { Peer } from '../wire/peers';
import { whoLeft } from './who-left';
import { within } from './within';

export const MIB = 1024 * 1024;

/** Bytes without a short period. */
function bytes(length: number): Uint8Array<ArrayBuffer> {
  const made = new Uint32Array(Math.ceil(length / 4));
  let state = 12_345;
  for (let index = 0; index < made.length; index++) {
    made[index] = state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  }
  return new Uint8Array(made.buffer, 0, length);
}

/** A file to offer. */
export const fileOf = (length: number, name = 'a.bin') => ({
  file: new File([bytes(length)], name),
  path: '',
});

export const isSame = async (one: Blob | null, other: Blob): Promise<boolean> => {
  const [a, b] = await Promise.all([one!.arrayBuffer(), other.arrayBuffer()]);
  return (
    a.byteLength === b.byteLength && new Uint8Array(a).every((byte, at) => byte === new Uint8Array(b)[at])
  );
};

/** One member: their transfers, and the messages they receive. */
export class TransferEnd {
  readonly peers = new BehaviorSubject<readonly Peer[]>([]);
  readonly heard: FileMessage[] = [];
  readonly places = jasmine.createSpyObj<Places>('places', ['placeFor', 'open', 'chooseFolder', 'close']);
  discarded = 0;
  readonly transfers: Transfers;
  private readonly hearing: Subscription;

  constructor() {
    this.places.placeFor.and.returnValue('memory');
    this.places.open.and.callFake(() => Promise.resolve(this.sink()));
    this.transfers = new Transfers({ peers$: this.peers, left$: whoLeft(this.peers) }, this.places);
    this.hearing = this.peers
      .pipe(
        switchMap((peers) =>
          merge(
            ...peers.map((peer) => peer.messages(fileMessages).pipe(map((message) => ({ peer, message })))),
          ),
        ),
      )
      .subscribe((said) => {
        this.heard.push(said.message);
        this.transfers.hear(said);
      });
  }

  sink(): Sink {
    const sink = memorySink('');
    return { ...sink, discard: () => sink.discard().then(() => void this.discarded++) };
  }

  /** The transfer at `index`, once it is in this phase. */
  async is<P extends TransferState['phase']>(
    phase: P,
    index = 0,
  ): Promise<Transfer & { state: { phase: P } }> {
    const found$ = this.transfers.transfers$.pipe(
      map((all) => all[index]),
      filter((one): one is Transfer & { state: { phase: P } } => one?.state.phase === phase),
      timeout(within(12_000)),
    );
    return firstValueFrom(found$ as never);
  }

  async has(count: number, index = 0): Promise<void> {
    await firstValueFrom(
      this.transfers.transfers$.pipe(
        map((all) => all[index]?.state),
        filter((state) => !!state && 'bytes' in state && state.bytes >= count),
        timeout(within(12_000)),
      ),
    );
  }

  close(): void {
    this.hearing.unsubscribe();
    this.transfers.close();
  }
}

/** Waits for something that no stream reports. */
export async function waitUntil(isSo: () => boolean): Promise<void> {
  const until = Date.now() + within(12_000);
  while (!isSo()) {
    if (Date.now() > until) throw new Error('It never came to be.');
    await new Promise((done) => setTimeout(done, 10));
  }
}
