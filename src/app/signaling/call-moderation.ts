import { defer, firstValueFrom, map, type Observable, switchMap } from 'rxjs';

import { commitWithRetry } from '../firebase/commit-with-retry';
import { FromNow, SERVER_TIME, type Write } from '../firebase/documents';
import { guestContext } from './call-paths';
import type { CallReader } from './call-reader';
import { hostFields, LIFETIME } from './call-signaling';
import { readCard } from './payloads';
import { doorFields, type Door, guestRecord, type Knock, type Seat } from './records';
import { seal } from './seal';

/** A member at seat n asks for this many guests more than n, so that the rules know which seat to look at. */
const LISTED = 50;
/** Calls with more seats than this can't be deleted before they expire. */
const MOST_DELETED = 8;

/** A person who may not enter. */
export interface Refused {
  readonly uid: string;
  readonly name: string;
}

/**
 * What members write about a call and its guests. Each write is retried once when no answer came. Rejects as `Documents`
 * does: with `forbidden` when this member may not do it, or when another one was quicker.
 */
export class CallModeration {
  /** @param seat this member's seat */
  constructor(
    private readonly reader: CallReader,
    private readonly seat: number,
  ) {}

  /**
   * For the host: sets who may take a seat. Unless every guest may, this member lets the present members in again after a
   * reload.
   */
  async setDoor(door: Door, present: readonly string[]): Promise<void> {
    const others = new Set(present.filter((uid) => uid !== this.reader.documents.uid));
    await this.commit([
      { kind: 'update', path: this.reader.paths.call, fields: doorFields(door) },
      ...(door === 'open' ? [] : [...others].map((uid) => this.decision(uid, 'admitted'))),
    ]);
  }

  /** For the host: sets the number of seats. */
  async setSeats(seats: number): Promise<void> {
    await this.commit([{ kind: 'update', path: this.reader.paths.call, fields: { seats } }]);
  }

  /**
   * Makes this member the host, if there is none any more; or another one, if this member is the host.
   *
   * @param admitted the people to let in with the same commit
   */
  async setHost(host: Seat, admitted: readonly string[] = []): Promise<void> {
    const writes: readonly Write[] = [
      { kind: 'update', path: this.reader.paths.call, fields: hostFields(host) },
      ...admitted.map((uid) => this.decision(uid, 'admitted')),
    ];
    await this.commit(writes, () => this.isHost(host.uid));
  }

  async admit(uid: string): Promise<void> {
    await this.commit([this.decision(uid, 'admitted')]);
  }

  async refuse(uid: string, name: string): Promise<void> {
    await this.commit([await this.refusal(uid, name)]);
  }

  /** For the host: empties the seats of one person, and doesn't let them in again. */
  async remove(seats: readonly [Seat, ...Seat[]]): Promise<void> {
    const [{ uid, card }] = seats;
    await this.commit([
      ...seats.map(({ number }): Write => ({ kind: 'delete', path: this.reader.paths.seat(number) })),
      // The host may hold a second seat.
      ...(uid === this.reader.documents.uid ? [] : [await this.refusal(uid, card?.name ?? '')]),
    ]);
  }

  /** For the host: reads who was removed or refused in the call that began at `since`, in ms since the epoch. */
  async refused(since: number): Promise<readonly Refused[]> {
    const guests = await firstValueFrom(this.guests$('refused'));
    return guests.filter(({ at }) => at >= since).map(({ uid, card }) => ({ uid, name: card?.name ?? '' }));
  }

  /** For the host: empties all seats and deletes the call. A call that is too large is closed instead. */
  async end(taken: readonly Seat[], seats: number): Promise<void> {
    await this.commit([
      ...taken.map(({ number }): Write => ({ kind: 'delete', path: this.reader.paths.seat(number) })),
      seats > MOST_DELETED
        ? { kind: 'update', path: this.reader.paths.call, fields: doorFields('closed') }
        : { kind: 'delete', path: this.reader.paths.call },
    ]);
  }

  /** Follows the guests who wait for an answer, in no particular order. */
  readonly knocks$: Observable<readonly Knock[]> = defer(() => this.guests$('waiting'));

  private guests$(state: 'waiting' | 'refused'): Observable<readonly Knock[]> {
    return this.reader.documents.collection$(this.reader.paths.guests, { state }, LISTED + this.seat).pipe(
      switchMap((found) =>
        Promise.all(
          found.map(({ id, fields }) =>
            this.reader.guarded(`guests/${id}`, async () => ({
              uid: id,
              at: guestRecord(fields).at,
              card:
                fields['card'] === null
                  ? null
                  : await this.reader.opened(guestContext(id), fields, 'card', readCard),
            })),
          ),
        ),
      ),
      map((guests) => guests.filter((guest) => guest !== null)),
    );
  }

  private async isHost(uid: string): Promise<boolean> {
    return (await this.reader.call())?.host === uid;
  }

  /** The name stays, for the host to know whom to let in again. */
  private async refusal(uid: string, name: string): Promise<Write> {
    return this.decision(uid, 'refused', await seal(this.reader.keys, guestContext(uid), { name }));
  }

  private decision(uid: string, state: 'admitted' | 'refused', card: Uint8Array | null = null): Write {
    return {
      kind: 'set',
      path: this.reader.paths.guest(uid),
      fields: { state, card, at: SERVER_TIME, by: this.seat, expiresAt: new FromNow(LIFETIME) },
    };
  }

  private async commit(writes: readonly Write[], isDone?: () => Promise<boolean>): Promise<void> {
    await commitWithRetry(() => this.reader.documents.commit(writes), isDone);
  }
}
