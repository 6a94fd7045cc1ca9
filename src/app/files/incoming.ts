import {
  catchError,
  defer,
  EMPTY,
  finalize,
  ignoreElements,
  merge,
  Observable,
  ReplaySubject,
  retry,
  switchMap,
  take,
  tap,
  throwError,
  timer,
} from 'rxjs';

import { noteError, noted } from '../log/note';
import { wallTime } from '../loading/clock';
import type { Peer } from '../wire/peers';
import { labelOf } from './file-channel';
import type { FileMessage } from './file-messages';
import { cleanName, cleanPath } from './file-name';
import { type Places, sinkIn } from './file-places';
import type { Ledger } from './ledger';
import { Reception } from './reception';
import type { Sink } from './sink';
import { keyOf, type Transfer, TransferError } from './transfer';

/** Delay before requesting a new channel when one closed while the link is up, in ms; and the maximum number of tries without progress. */
const AGAIN_AFTER = 1_000;
const TRIES = 5;

type Offer = Extract<FileMessage, { readonly type: 'file-offer' }>;

/** The files that other members offer to this one. */
export class Incoming {
  private readonly accepted = new Map<string, ReplaySubject<Sink>>();
  private readonly takers = new Map<string, (channel: RTCDataChannel) => void>();

  constructor(
    private readonly ledger: Ledger,
    private readonly places: Places,
    private readonly linkTo: (session: string) => Observable<Peer | null>,
  ) {}

  /** A member offers a file. */
  note({ session, name }: Peer, { id, name: given, size, media, path }: Offer): void {
    if (this.ledger.roomFor(session, 'in') <= 0) return;
    const key = keyOf('in', session, id);
    const file = { name: cleanName(given), size, media: cleanMedia(media), path: cleanPath(path) };
    const place = this.places.placeFor(size);
    const [at, state] = [wallTime(), { phase: 'offered' } as const];
    const transfer: Transfer = {
      key,
      id,
      offering: key,
      direction: 'in',
      session,
      name,
      file,
      place,
      at,
      state,
    };
    this.ledger.add([transfer], (added) => this.receive(added));
  }

  /** Takes a channel that it waits for, and closes any other. */
  takeChannel(session: string, channel: RTCDataChannel): void {
    const taker = this.takers.get(`${session} ${channel.label}`);
    if (taker) taker(channel);
    else channel.close();
  }

  /** Accepts an offer. Must be called on a press, because the person may be asked where to put the file. */
  async accept(key: string): Promise<void> {
    const transfer = this.open(key);
    if (transfer) await this.begin(key, () => this.places.open(transfer.file, transfer.place));
  }

  /** Accepts several offers, into one folder that the person chooses where the browser can ask for one. */
  async acceptAll(keys: readonly string[]): Promise<void> {
    const transfers = keys.flatMap((key) => this.open(key) ?? []);
    const worthAFolder = transfers.some((one) => one.file.path.length > 0 || one.place === 'chosen');
    if (worthAFolder && this.places.canChooseFolder) {
      const folder = await this.places.chooseFolder();
      if (!folder) return;
      // One after the other, otherwise two files of the same name would both find it free.
      for (const { key, file } of transfers) await this.begin(key, () => sinkIn(folder, file));
    } else {
      for (const { key } of transfers) await this.accept(key);
    }
  }

  decline(key: string): void {
    if (this.open(key)) this.ledger.end(key, 'declined');
  }

  /** The transfer, if it is offered to this member and not answered. */
  private open(key: string): Transfer | null {
    const transfer = this.ledger.get(key);
    return transfer?.direction === 'in' && transfer.state.phase === 'offered' ? transfer : null;
  }

  private async begin(key: string, sink: () => Promise<Sink | null>): Promise<void> {
    try {
      const opened = await sink();
      if (!opened) return;
      const accepted = this.accepted.get(key);
      if (accepted) accepted.next(opened);
      else await opened.discard();
    } catch (error) {
      noteError('files', 'open-file', error);
      this.ledger.end(key, 'unwritable');
    }
  }

  private receive({ key, id, session, file }: Transfer): Observable<never> {
    const accepted = new ReplaySubject<Sink>(1);
    this.accepted.set(key, accepted);
    let reception: Reception | null = null;
    let complete = false;
    const receive$ = (peer: Peer, sink: Sink) => {
      reception ??= new Reception(file.size, sink);
      return this.attempts(key, id, peer, reception).pipe(
        tap({
          complete: () => {
            complete = true;
            void this.finish(key, sink);
          },
        }),
        catchError((error: unknown) => {
          const reason = error instanceof TransferError ? error.reason : 'misbehaved';
          this.ledger.end(key, reason === 'interrupted' ? 'misbehaved' : reason);
          return EMPTY;
        }),
      );
    };
    return this.linkTo(session).pipe(
      tap({
        next: (peer) => peer ?? this.ledger.apply(key, { type: 'interrupted' }),
        // A sender isn't needed any more once all of it has arrived.
        complete: () => !complete && this.ledger.end(key, 'left'),
      }),
      switchMap((peer) =>
        peer ? accepted.pipe(switchMap((sink) => (complete ? EMPTY : receive$(peer, sink)))) : EMPTY,
      ),
      finalize(() => {
        this.accepted.delete(key);
        if (!complete) void reception?.discard();
      }),
    );
  }

  /** Receives over one channel after another. Completes once the file has arrived; errors with `TransferError`. */
  private attempts(key: string, id: string, peer: Peer, reception: Reception): Observable<never> {
    return defer(() => {
      const { offset } = reception;
      this.ledger.apply(key, { type: 'accepted', offset });
      const ask$ = defer(() => {
        peer.send<FileMessage>({ type: 'file-accept', id, offset });
        return EMPTY;
      });
      return merge(this.channel$(peer.session, labelOf(id, offset)), ask$).pipe(
        take(1),
        switchMap((channel) => {
          this.ledger.apply(key, { type: 'started', offset });
          return reception.take(channel);
        }),
      );
    }).pipe(
      tap({
        next: (bytes) => this.ledger.apply(key, { type: 'progressed', bytes }),
        error: () => this.ledger.apply(key, { type: 'interrupted' }),
      }),
      retry({
        count: TRIES,
        resetOnSuccess: true,
        delay: (error: unknown) => (isInterruption(error) ? timer(AGAIN_AFTER) : throwError(() => error)),
      }),
      ignoreElements(),
    );
  }

  /** The channel with this label, once the peer opens it. */
  private channel$(session: string, label: string): Observable<RTCDataChannel> {
    return new Observable((subscriber) => {
      const taken = `${session} ${label}`;
      this.takers.set(taken, (channel) => subscriber.next(channel));
      return () => this.takers.delete(taken);
    });
  }

  private async finish(key: string, sink: Sink): Promise<void> {
    try {
      const file = await sink.finish();
      this.ledger.apply(key, { type: 'finished', file });
    } catch (error) {
      noteError('files', 'finish-file', error);
      await sink.discard().catch(noted('files', 'discard-file'));
      this.ledger.apply(key, { type: 'ended', reason: 'unwritable' });
    }
    this.ledger.tell(key);
  }
}

/** A MIME type, or an empty string. A type that a browser would run when showing the file is removed. */
const cleanMedia = (media: string) =>
  /^[a-z]+\/[a-z0-9][a-z0-9.+-]*$/i.test(media) && !/html|xml|svg|script/i.test(media) ? media : '';

const isInterruption = (error: unknown) => error instanceof TransferError && error.reason === 'interrupted';
