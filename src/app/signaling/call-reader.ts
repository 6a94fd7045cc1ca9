import { BehaviorSubject, distinctUntilChanged, from, map, Observable, of, switchMap } from 'rxjs';

import { noteError } from '../log/note';
import type { DocumentRecord, Documents, Fields } from '../firebase/documents';
import type { Candidates } from '../rtc/description';
import type { LinkRole } from '../rtc/link-role';
import { batchContext, type CallPaths, cardContext, linkContext, type LinkKind } from './call-paths';
import type { CodeKeys } from './code-keys';
import { readCandidates, readCard, readDescription, readProvisionalAnswer } from './payloads';
import {
  type CallRecord,
  callRecord,
  type GuestRecord,
  guestRecord,
  type LinkPath,
  type LinkRecord,
  linkRecord,
  type Seat,
  sealedField,
  seatRecord,
} from './records';
import { type SealContext, unseal } from './seal';

/**
 * Reads, validates and opens the documents of one call. Errors and rejects as `Documents` does. The call's own document is
 * also refused with an `UnknownModeError` or a `PayloadError`; other values that can't be read are discarded and counted.
 */
export class CallReader {
  private readonly tampered = new BehaviorSubject<ReadonlySet<string>>(new Set());
  /** Number of fields that could not be opened or were invalid. */
  readonly tampered$ = this.tampered.pipe(
    map(({ size }) => size),
    distinctUntilChanged(),
  );

  constructor(
    readonly documents: Documents,
    readonly keys: CodeKeys,
    readonly paths: CallPaths,
  ) {}

  /** Reads the call once. Returns null when it is missing. */
  async call(): Promise<CallRecord | null> {
    return this.readCall(await this.documents.get(this.paths.call));
  }

  /** Follows the call; null while it is missing. */
  readonly call$: Observable<CallRecord | null> = new Observable<Fields | null>((subscriber) =>
    this.documents.document$(this.paths.call).subscribe(subscriber),
  ).pipe(map((fields) => this.readCall(fields)));

  /** Reads this user's own document among the guests. Returns null when it is missing or can't be read. */
  async guest(): Promise<GuestRecord | null> {
    return this.readGuest(await this.documents.get(this.paths.guest(this.documents.uid)));
  }

  /** Follows this user's own document among the guests; null while it is missing or can't be read. */
  readonly guest$: Observable<GuestRecord | null> = new Observable<Fields | null>((subscriber) =>
    this.documents.document$(this.paths.guest(this.documents.uid)).subscribe(subscriber),
  ).pipe(switchMap((fields) => this.readGuest(fields)));

  /** Follows the seats that are or were held, ordered by number. */
  readonly seats$: Observable<readonly Seat[]> = new Observable<readonly Seat[]>((subscriber) =>
    this.documents
      .collection$(this.paths.seats)
      .pipe(switchMap((found) => this.readSeats(found)))
      .subscribe(subscriber),
  );

  /** Reads the seats that are or were held, ordered by number. */
  async seats(): Promise<readonly Seat[]> {
    return this.readSeats(await this.documents.list(this.paths.seats));
  }

  /** Follows the links offered to the member in seat `number`. */
  links$(number: number): Observable<readonly LinkRecord[]> {
    return this.documents.collection$(this.paths.links(number)).pipe(
      switchMap((found) =>
        Promise.all(found.map(({ id, fields }) => this.readLink({ seat: number, id }, fields))),
      ),
      map((links) => links.filter((link) => link !== null)),
    );
  }

  /** Follows one link; null while it is missing. */
  link$(link: LinkPath): Observable<LinkRecord | null> {
    return this.documents
      .document$(this.paths.link(link))
      .pipe(switchMap((fields) => (fields ? from(this.readLink(link, fields)) : of(null))));
  }

  /** Follows the candidates that the member in a role gathered after its description, for one revision. */
  candidates$(link: LinkPath, role: LinkRole, revision: number): Observable<Candidates> {
    return this.documents.collection$(this.paths.candidates(link, role)).pipe(
      switchMap((found) =>
        Promise.all(
          found
            .filter(({ fields }) => fields['revision'] === revision)
            .map(({ id, fields }) =>
              this.opened(batchContext(link, role, id, revision), fields, 'batch', readCandidates),
            ),
        ),
      ),
      map((batches) => ({
        candidates: batches.flatMap((batch) => batch?.candidates ?? []),
        complete: batches.some((batch) => batch?.complete === true),
      })),
    );
  }

  /** Reads a link once. Returns null when it is missing or can't be read. */
  async link(link: LinkPath): Promise<LinkRecord | null> {
    const fields = await this.documents.get(this.paths.link(link));
    return fields && this.readLink(link, fields);
  }

  private readCall(fields: Fields | null): CallRecord | null {
    return fields && callRecord(fields);
  }

  private async readGuest(fields: Fields | null): Promise<GuestRecord | null> {
    return fields && this.guarded('guests', () => guestRecord(fields));
  }

  private async readSeats(found: readonly DocumentRecord[]): Promise<readonly Seat[]> {
    const seats = await Promise.all(found.map(({ id, fields }) => this.readSeat(Number(id), fields)));
    return seats.filter((seat) => seat !== null).sort((a, b) => a.number - b.number);
  }

  private async readSeat(number: number, fields: Fields): Promise<Seat | null> {
    const seat = await this.guarded(`seats/${number}`, () => seatRecord(number, fields));
    if (!seat) {
      return null;
    }
    const context = cardContext(number, seat.session);
    return { ...seat, card: await this.opened(context, fields, 'card', readCard) };
  }

  private async readLink(path: LinkPath, fields: Fields): Promise<LinkRecord | null> {
    const link = await this.guarded(`seats/${path.seat}/links/${path.id}`, () => linkRecord(path, fields));
    if (!link) {
      return null;
    }
    const answered = fields['answer'] !== null;
    const read = <T>(kind: LinkKind, reader: (value: unknown) => T) =>
      this.opened(linkContext(link, kind, link.revision), fields, kind, reader);
    const [offer, pranswer, answer] = await Promise.all([
      read('offer', readDescription),
      fields['pranswer'] === null ? null : read('pranswer', readProvisionalAnswer),
      answered ? read('answer', readDescription) : null,
    ]);
    return { ...link, offer, pranswer, answer, answered };
  }

  /** Opens and reads a sealed field. Resolves to null when that fails. */
  opened<T>(
    context: SealContext,
    fields: Fields,
    key: string,
    read: (value: unknown) => T,
  ): Promise<T | null> {
    return this.guarded(`${context.where} ${context.kind} ${context.revision}`, async () =>
      read(await unseal(this.keys, context, sealedField(fields, key))),
    );
  }

  /** Discards values that can't be read, and counts each place once. */
  async guarded<T>(place: string, read: () => T | Promise<T>): Promise<T | null> {
    try {
      return await read();
    } catch (error) {
      noteError('signaling', 'unreadable-field', error);
      if (!this.tampered.value.has(place)) {
        this.tampered.next(new Set([...this.tampered.value, place]));
      }
      return null;
    }
  }
}
