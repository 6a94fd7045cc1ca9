import { filter, map, merge, Observable, Subscription, switchMap } from 'rxjs';

import type { Peer, Peers } from '../wire/peers';
import { isFileChannel } from './file-channel';
import type { FileMessage } from './file-messages';
import type { Places } from './file-places';
import { Incoming } from './incoming';
import { lastingLink$ } from './lasting-link';
import { lastMessage, Ledger } from './ledger';
import { type Offering, offeringsOf } from './offering';
import { type GivenFile, Outgoing } from './outgoing';
import { keyOf, type Transfer } from './transfer';

/** What one member said about files. */
export interface Said {
  readonly peer: Peer;
  readonly message: FileMessage;
}

/** All files exchanged between this member and the others: offers, transfers, and their results. */
export class Transfers {
  private readonly ledger: Ledger;
  private readonly incoming: Incoming;
  private readonly outgoing: Outgoing;
  private readonly channels: Subscription;

  /** In the order in which they were offered. */
  readonly transfers$: Observable<readonly Transfer[]>;
  readonly offerings$: Observable<readonly Offering[]>;

  constructor(
    { peers$, left$ }: Pick<Peers, 'peers$' | 'left$'>,
    private readonly places: Places,
  ) {
    this.ledger = new Ledger(peers$);
    this.transfers$ = this.ledger.transfers$;
    this.offerings$ = this.transfers$.pipe(map(offeringsOf));
    const linkTo = (session: string) => lastingLink$(peers$, left$, session);
    this.incoming = new Incoming(this.ledger, places, linkTo);
    this.outgoing = new Outgoing(this.ledger, linkTo);
    this.channels = peers$
      .pipe(
        switchMap((peers) =>
          merge(
            ...peers.map(({ session, channels$ }) =>
              channels$.pipe(map((channel) => ({ session, channel }))),
            ),
          ),
        ),
        filter(({ channel }) => isFileChannel(channel)),
      )
      .subscribe(({ session, channel }) => this.incoming.takeChannel(session, channel));
  }

  /** Offers each file to all these members. Returns the number of files offered: each member can have up to `MOST_OPEN`. */
  offer(files: readonly GivenFile[], receivers: readonly Peer[]): number {
    return this.outgoing.offer(files, receivers);
  }

  /** Handles a member's message. Messages must be passed in order. */
  hear({ peer, message }: Said): void {
    const { id } = message;
    const given = this.ledger.get(keyOf('out', peer.session, id));
    const taken = this.ledger.get(keyOf('in', peer.session, id));
    switch (message.type) {
      case 'file-offer': {
        if (!taken) return this.incoming.note(peer, message);
        // The peer offers it again because the message about its end was lost.
        const last = lastMessage(taken);
        return last ? peer.send(last) : undefined;
      }
      case 'file-accept':
        return this.outgoing.accepted(peer, message, given);
      case 'file-decline':
        return given ? this.ledger.apply(given.key, { type: 'ended', reason: 'declined' }) : undefined;
      case 'file-cancel':
        for (const one of [given, taken]) {
          if (one) this.ledger.apply(one.key, { type: 'ended', reason: 'cancelledThere' });
        }
        return;
      case 'file-done':
        if (!given) return;
        return this.ledger.apply(
          given.key,
          message.ok ? { type: 'finished', file: null } : { type: 'ended', reason: 'tampered' },
        );
    }
  }

  /** Accepts an offer. Must be called on a press, because the person may be asked where to put the file. */
  accept(key: string): Promise<void> {
    return this.incoming.accept(key);
  }

  /** Accepts several offers, into one folder that the person chooses where the browser can ask for one. */
  acceptAll(keys: readonly string[]): Promise<void> {
    return this.incoming.acceptAll(keys);
  }

  decline(key: string): void {
    this.incoming.decline(key);
  }

  /** Ends a transfer that is not over, or all of an offering. */
  cancel(key: string): void {
    for (const transfer of this.ledger.of(key)) this.ledger.end(transfer.key, 'cancelled');
  }

  /** Removes an offering that is over from the list. */
  forget(key: string): void {
    this.ledger.forget(key);
  }

  close(): void {
    this.channels.unsubscribe();
    this.ledger.close();
    this.places.close();
  }
}
