import {
  catchError,
  defer,
  EMPTY,
  filter,
  finalize,
  ignoreElements,
  merge,
  type Observable,
  Subject,
  switchMap,
  tap,
} from 'rxjs';

import { wallTime } from '../loading/clock';
import { randomId } from '../values/base32';
import type { Peer } from '../wire/peers';
import { FileBlocks } from './file-blocks';
import type { FileMessage } from './file-messages';
import { cleanPath } from './file-name';
import type { Ledger } from './ledger';
import { RecentBlocks } from './recent-blocks';
import { type Delivery, sendFile } from './send-file';
import { isOver, keyOf, type Transfer, TransferError } from './transfer';
import { Turns } from './turns';

/** A file that the person gives, with the folders that contained it. */
export interface GivenFile {
  readonly file: File;
  /** Separated by `/`; empty for a single file. */
  readonly path: string;
}

/**
 * Number of files sent to one member at the same time. They share one association (RFC 8831, section 6.1), so that more
 * wouldn't be faster. Each member has turns of their own: a slow member who accepted three files would keep all others
 * waiting otherwise. What the call's audio and video compete with is one association for each member, with any limit.
 */
const AT_ONCE = 3;

type Accept = Extract<FileMessage, { readonly type: 'file-accept' }>;

/** The files that this member offers: each is one offering with a delivery to each receiver. */
export class Outgoing {
  private readonly accepts = new Subject<{ readonly peer: Peer; readonly message: Accept }>();
  private readonly turns = new Map<string, Turns>();
  private readonly recent = new RecentBlocks();

  constructor(
    private readonly ledger: Ledger,
    private readonly linkTo: (session: string) => Observable<Peer | null>,
  ) {}

  /** Offers each file to all these members. Returns the number of files offered: each member can have up to `MOST_OPEN`. */
  offer(files: readonly GivenFile[], receivers: readonly Peer[]): number {
    if (receivers.length === 0) return 0;
    const room = Math.min(...receivers.map(({ session }) => this.ledger.roomFor(session, 'out')));
    const fitting = files.slice(0, Math.max(0, room));
    for (const { file, path } of fitting) {
      const blocks = new FileBlocks(file, this.recent, receivers.length);
      const facts = { name: file.name, size: file.size, media: file.type, path: cleanPath(path) };
      const [offering, at] = [`out-${randomId()}`, wallTime()];
      const transfers = receivers.map(({ session, name }): Transfer => {
        const id = randomId();
        const key = keyOf('out', session, id);
        const state = { phase: 'offered' } as const;
        return { key, id, offering, direction: 'out', session, name, file: facts, place: 'none', at, state };
      });
      this.ledger.add(transfers, (transfer) => this.deliver(transfer, blocks));
    }
    return fitting.length;
  }

  /** A member wants a file, or the rest of it. */
  accepted(peer: Peer, message: Accept, transfer: Transfer | undefined): void {
    if (transfer && !isOver(transfer.state)) this.accepts.next({ peer, message });
    else peer.send<FileMessage>({ type: 'file-cancel', id: message.id });
  }

  private deliver({ key, id, session, file }: Transfer, blocks: FileBlocks): Observable<never> {
    const { name, size, media, path } = file;
    return this.linkTo(session).pipe(
      tap({
        next: (peer) => peer ?? this.ledger.apply(key, { type: 'interrupted' }),
        complete: () => this.ledger.end(key, 'left'),
      }),
      switchMap((peer) => {
        if (!peer) return EMPTY;
        // Repeat the offer after a break too: the answer may have been lost with the link.
        const offer$ = defer(() => {
          const about = { name, size, media: media.slice(0, 255), path: path.join('/') };
          peer.send<FileMessage>({ type: 'file-offer', id, ...about });
          return EMPTY;
        });
        const sending$ = this.accepts.pipe(
          filter((said) => said.peer.link === peer.link && said.message.id === id),
          switchMap(({ message }) => this.send(key, peer, { id, blocks }, message.offset)),
        );
        return merge(sending$, offer$);
      }),
      finalize(() => blocks.release()),
    );
  }

  private send(key: string, peer: Peer, delivery: Delivery, offset: number): Observable<never> {
    if (offset > delivery.blocks.size) return EMPTY;
    this.ledger.apply(key, { type: 'accepted', offset });
    const channel$ = defer(() => {
      this.ledger.apply(key, { type: 'started', offset });
      return sendFile(peer, delivery, offset);
    });
    return this.turnsOf(peer.session)
      .take(channel$)
      .pipe(
        tap((bytes) => this.ledger.apply(key, { type: 'progressed', bytes })),
        ignoreElements(),
        catchError((error: unknown) => {
          const reason = error instanceof TransferError ? error.reason : 'misbehaved';
          if (reason === 'interrupted') this.ledger.apply(key, { type: 'interrupted' });
          else this.ledger.end(key, reason);
          return EMPTY;
        }),
      );
  }

  private turnsOf(session: string): Turns {
    const turns = this.turns.get(session) ?? new Turns(AT_ONCE);
    this.turns.set(session, turns);
    return turns;
  }
}
