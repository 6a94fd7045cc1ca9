import { BehaviorSubject, map, type Observable, type Subscription, take } from 'rxjs';

import type { Peer } from '../wire/peers';
import type { FileMessage } from './file-messages';
import { isOfferingOver, offeringsOf } from './offering';
import { type EndReason, isOver, type Transfer, type TransferEvent, transition } from './transfer';

/** Maximum number of unfinished transfers with one member in one direction; further offers from that member are ignored. */
export const MOST_OPEN = 256;
/** Maximum number of finished files to remember: of each member, and of this one. */
const MOST_OVER = 256;

/** All transfers and their states. The work of each runs here until the transfer is over. */
export class Ledger {
  private readonly all = new BehaviorSubject<readonly Transfer[]>([]);
  private readonly running = new Map<string, Subscription>();

  /** In the order in which they were offered. */
  readonly transfers$: Observable<readonly Transfer[]> = this.all.asObservable();

  constructor(private readonly peers$: Observable<readonly Peer[]>) {}

  get(key: string): Transfer | undefined {
    return this.all.value.find((one) => one.key === key);
  }

  /** The transfers of an offering, or the transfer with this key. */
  of(key: string): readonly Transfer[] {
    return this.all.value.filter((one) => one.key === key || one.offering === key);
  }

  /** How many more transfers with a member may be open in one direction. */
  roomFor(session: string, direction: Transfer['direction']): number {
    const open = this.all.value.filter(
      (one) => one.session === session && one.direction === direction && !isOver(one.state),
    );
    return MOST_OPEN - open.length;
  }

  /** Adds transfers, and begins their work. */
  add(transfers: readonly Transfer[], work: (transfer: Transfer) => Observable<never>): void {
    const [added] = transfers;
    if (!added) return;
    const over = offeringsOf(this.all.value.filter((one) => shelfOf(one) === shelfOf(added))).filter(
      isOfferingOver,
    );
    const tooMany = new Set(over.slice(0, Math.max(0, over.length - MOST_OVER)).map(({ key }) => key));
    this.all.next([...this.all.value.filter(({ offering }) => !tooMany.has(offering)), ...transfers]);
    for (const transfer of transfers) this.running.set(transfer.key, work(transfer).subscribe());
  }

  apply(key: string, event: TransferEvent): void {
    const before = this.get(key);
    if (!before) return;
    const state = transition(before.state, event, before.file.size);
    if (state === before.state) return;
    const after = { ...before, state };
    this.all.next(this.all.value.map((one) => (one === before ? after : one)));
    if (isOver(state)) {
      this.running.get(key)?.unsubscribe();
      this.running.delete(key);
    }
  }

  /** Ends a transfer from this side, and tells the peer. */
  end(key: string, reason: EndReason): void {
    const transfer = this.get(key);
    if (!transfer || isOver(transfer.state)) return;
    this.apply(key, { type: 'ended', reason });
    this.tell(key);
  }

  /** Tells the peer how a transfer ended, if there is a link. */
  tell(key: string): void {
    const transfer = this.get(key);
    const message = transfer && lastMessage(transfer);
    if (!message) return;
    this.peers$
      .pipe(
        take(1),
        map((peers) => peers.find(({ session }) => session === transfer.session)),
      )
      .subscribe((peer) => peer?.send(message));
  }

  /** Removes an offering that is over from the list. */
  forget(key: string): void {
    if (this.of(key).every(({ state }) => isOver(state)))
      this.all.next(this.all.value.filter((one) => one.offering !== key));
  }

  close(): void {
    for (const { key } of this.all.value) this.end(key, 'cancelled');
    this.all.complete();
  }
}

/** What the receiver, or the side that ended it, says about a transfer that is over; null while it isn't. */
export function lastMessage({ id, state }: Transfer): FileMessage | null {
  if (state.phase === 'done') return { type: 'file-done', id, ok: true };
  if (state.phase !== 'ended') return null;
  switch (state.reason) {
    case 'declined':
      return { type: 'file-decline', id };
    case 'tampered':
      return { type: 'file-done', id, ok: false };
    default:
      return { type: 'file-cancel', id };
  }
}

/** Finished files are counted for each member, and for this one. */
const shelfOf = ({ direction, session }: Transfer) => (direction === 'in' ? session : '');
