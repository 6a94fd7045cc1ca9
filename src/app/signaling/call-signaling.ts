import { BehaviorSubject, distinctUntilChanged, from, map, Observable, of, switchMap } from 'rxjs';

import { Documents, Fields, FromNow, SERVER_TIME, Write } from '../firebase/documents';
import { commitWithRetry } from '../firebase/commit-with-retry';
import type { Candidates } from '../rtc/description';
import type { LinkRole } from '../rtc/link-role';
import type { CodeKeys } from './code-keys';
import {
  Card,
  MemberDescription,
  ProvisionalAnswer,
  readCandidates,
  readCard,
  readDescription,
  readProvisionalAnswer,
} from './payloads';
import {
  CallRecord,
  callRecord,
  LinkPath,
  LinkRecord,
  linkRecord,
  Seat,
  sealedField,
  seatRecord,
} from './records';
import { seal, SealContext, unseal } from './seal';

/** How long a seat stays held without a renewal, in ms. The rules allow five minutes. */
export const LEASE = 120_000;
/** Maximum lifetime of a call and its documents, in ms. The rules allow 24 hours. */
const LIFETIME = 23.5 * 3_600_000;

/** Time after which an unanswered renewal counts as lost, in ms: a connection from before an outage may never answer. */
const RENEWAL_PATIENCE = 8_000;

/** The first word in Firestore's names of a role's candidates. */
const DESCRIPTION_OF = { offerer: 'offer', answerer: 'answer' } as const satisfies Record<LinkRole, string>;

/** The sealed fields of a link's document. */
type LinkKind = 'offer' | 'pranswer' | 'answer';

/** An answer to a standing offer, sent with the commit that takes the seat. */
export interface PreparedAnswer {
  readonly link: LinkRecord;
  readonly description: MemberDescription;
}

/**
 * The documents of one call: seals and writes them; reads, validates and opens them. Knows nothing of peer connections.
 * Rejects and errors as `Documents` does, and with a `PayloadError` when the call's own document is invalid.
 */
export class CallSignaling {
  private readonly root: string;
  /** Paths of documents that this member wrote and has not deleted, in the order written. */
  private readonly written = new Set<string>();
  private readonly tampered = new BehaviorSubject<ReadonlySet<string>>(new Set());
  /** Number of fields that could not be opened or were invalid. */
  readonly tampered$ = this.tampered.pipe(
    map(({ size }) => size),
    distinctUntilChanged(),
  );
  private batches = 0;

  constructor(
    private readonly documents: Documents,
    private readonly keys: CodeKeys,
  ) {
    this.root = `calls/${keys.id}`;
  }

  /** Reads the call once. Returns null when it is missing. */
  async call(): Promise<CallRecord | null> {
    return this.readCall(await this.documents.get(this.root));
  }

  /** Follows the call; null while it is missing. */
  readonly call$: Observable<CallRecord | null> = new Observable<Fields | null>((subscriber) =>
    this.documents.document$(this.root).subscribe(subscriber),
  ).pipe(map((fields) => this.readCall(fields)));

  /** Follows the seats that are or were held, ordered by number. */
  readonly seats$: Observable<readonly Seat[]> = new Observable<readonly Seat[]>((subscriber) =>
    this.documents
      .collection$(`${this.root}/seats`)
      .pipe(
        switchMap((found) => Promise.all(found.map(({ id, fields }) => this.readSeat(Number(id), fields)))),
        map((seats) => seats.filter((seat) => seat !== null).sort((a, b) => a.number - b.number)),
      )
      .subscribe(subscriber),
  );

  /** Follows the links offered to the member in seat `number`. */
  links$(number: number): Observable<readonly LinkRecord[]> {
    return this.documents.collection$(`${this.root}/seats/${number}/links`).pipe(
      switchMap((found) =>
        Promise.all(found.map(({ id, fields }) => this.readLink({ seat: number, id }, fields))),
      ),
      map((links) => links.filter((link) => link !== null)),
    );
  }

  /** Follows one link; null while it is missing. */
  link$(link: LinkPath): Observable<LinkRecord | null> {
    return this.documents
      .document$(this.linkPath(link))
      .pipe(switchMap((fields) => (fields ? from(this.readLink(link, fields)) : of(null))));
  }

  /** Follows the candidates that the member in a role gathered after its description, for one revision. */
  candidates$(link: LinkPath, role: LinkRole, revision: number): Observable<Candidates> {
    return this.documents.collection$(`${this.linkPath(link)}/${DESCRIPTION_OF[role]}Candidates`).pipe(
      switchMap((found) =>
        Promise.all(
          found
            .filter(({ fields }) => fields['revision'] === revision)
            .map(({ id, fields }) =>
              this.opened(this.batchContext(link, role, id, revision), fields, 'batch', readCandidates),
            ),
        ),
      ),
      map((batches) => ({
        candidates: batches.flatMap((batch) => batch?.candidates ?? []),
        complete: batches.some((batch) => batch?.complete === true),
      })),
    );
  }

  /** Creates the call and takes seat 0 in one commit. Rejects with `forbidden` when the call already exists. */
  async create(session: string, card: Card, seats: number): Promise<void> {
    const call: Write = {
      kind: 'set',
      path: this.root,
      exists: false,
      fields: {
        createdBy: this.documents.uid,
        createdAt: SERVER_TIME,
        expiresAt: new FromNow(LIFETIME),
        seats,
        mode: 'mesh',
        open: true,
      },
    };
    await this.writeSurely([call, await this.seatWrite(0, session, card)], () => this.holds(0, session));
  }

  /**
   * Takes a seat and answers its standing offers, all in one commit.
   *
   * @param asked called once the request is on its way
   */
  async takeSeat(
    number: number,
    session: string,
    card: Card,
    answers: readonly PreparedAnswer[],
    asked: () => void = () => undefined,
  ): Promise<void> {
    const writes = await Promise.all([
      this.seatWrite(number, session, card),
      ...answers.map(({ link, description }) => this.answerWrite(link, description)),
    ]);
    const taken = this.writeSurely(writes, () => this.holds(number, session));
    asked();
    await taken;
  }

  /** Renews the lease of a seat. */
  async renew(number: number): Promise<void> {
    const fields = { lease: new FromNow(LEASE), expiresAt: new FromNow(LIFETIME) };
    await this.write([{ kind: 'update', path: this.seatPath(number), fields }], RENEWAL_PATIENCE);
  }

  /** Publishes an offer at a seat. */
  async offer(link: LinkPath, fromSeat: number, description: MemberDescription): Promise<void> {
    const write: Write = {
      kind: 'set',
      path: this.linkPath(link),
      exists: false,
      fields: {
        from: this.documents.uid,
        fromSeat,
        revision: 1,
        offer: await seal(this.keys, this.linkContext(link, 'offer', 1), description),
        pranswer: null,
        answer: null,
        expiresAt: new FromNow(LIFETIME),
      },
    };
    // The id is random, so an existing link with this id is the one written.
    await this.writeSurely([write], async () => (await this.link(link)) !== null);
  }

  /**
   * Replaces the offer of a link that this member offered, which clears the answers.
   *
   * @param revision one more than the document's
   * @param patience time after which the write counts as lost, in ms
   */
  async offerAgain(
    link: LinkPath,
    revision: number,
    description: MemberDescription,
    patience?: number,
  ): Promise<void> {
    const fields = {
      revision,
      offer: await seal(this.keys, this.linkContext(link, 'offer', revision), description),
      pranswer: null,
      answer: null,
      expiresAt: new FromNow(LIFETIME),
    };
    await this.write([{ kind: 'update', path: this.linkPath(link), fields }], patience);
  }

  /** Answers an offer that was published after the seat was taken. */
  async answer(link: LinkRecord, description: MemberDescription): Promise<void> {
    await this.writeSurely([await this.answerWrite(link, description)], () =>
      this.isAnsweredBy(link, description.session),
    );
  }

  /**
   * Answers a restart. Never retries: that is up to the calling code, which may have a newer answer by then.
   *
   * @param patience time after which the write counts as lost, in ms
   */
  async answerAgain(link: LinkRecord, description: MemberDescription, patience: number): Promise<void> {
    await this.write([await this.answerWrite(link, description)], patience);
  }

  /**
   * Publishes a provisional answer from this free seat. Rejects with `forbidden` when there already is one, or when the
   * seat is taken.
   */
  async answerProvisionally(link: LinkRecord, answer: ProvisionalAnswer): Promise<void> {
    const pranswer = await seal(this.keys, this.linkContext(link, 'pranswer', link.revision), answer);
    await this.write([{ kind: 'update', path: this.linkPath(link), fields: { pranswer } }]);
  }

  /** Reads a link once. Returns null when it is missing or can't be read. */
  async link(link: LinkPath): Promise<LinkRecord | null> {
    const fields = await this.documents.get(this.linkPath(link));
    return fields && this.readLink(link, fields);
  }

  /** Whether Firestore is reachable now. Costs no operation. */
  reach(): Promise<boolean> {
    return this.documents.reach();
  }

  /** Adds candidates gathered after the description. */
  async addCandidates(link: LinkPath, role: LinkRole, revision: number, batch: Candidates): Promise<void> {
    const id = String(this.batches++ % 10_000);
    const write: Write = {
      kind: 'set',
      path: `${this.linkPath(link)}/${DESCRIPTION_OF[role]}Candidates/${id}`,
      exists: false,
      fields: {
        batch: await seal(this.keys, this.batchContext(link, role, id, revision), batch),
        revision,
        expiresAt: new FromNow(LIFETIME),
      },
    };
    // Only the peer may read the batch. Its id is unique, so a refusal after a lost response means that it was written.
    await this.writeSurely([write], () => Promise.resolve(true));
  }

  /** Deletes a link that this member offered, and this member's candidates on it. */
  async removeLink(link: LinkPath): Promise<void> {
    await this.remove([...this.written].filter((path) => path.startsWith(this.linkPath(link))));
  }

  /** Deletes abandoned offers at this member's own seat. */
  async sweep(links: readonly LinkPath[]): Promise<void> {
    await this.remove(links.map((link) => this.linkPath(link)));
  }

  /** For the host: sets whether seats may be taken. */
  async setOpen(open: boolean): Promise<void> {
    await this.writeSurely([{ kind: 'update', path: this.root, fields: { open } }]);
  }

  /** For the host: empties a seat. */
  async empty(number: number): Promise<void> {
    await this.remove([this.seatPath(number)]);
  }

  /**
   * Leaves: deletes everything that this member wrote, in one request that outlives the page.
   *
   * @param last no other member is left, so the call is deleted too
   */
  async farewell(last: boolean): Promise<void> {
    const own = [...this.written].filter((path) => path !== this.root).reverse();
    this.written.clear();
    const remove = async (paths: readonly string[]) => {
      if (paths.length > 0) {
        await this.documents.commit(
          paths.map((path) => ({ kind: 'delete', path })),
          { keepalive: true },
        );
      }
    };
    if (!last) {
      return remove(own);
    }
    // A member may have joined at the last moment. Then the call stays.
    await remove([...own, this.root]).catch(() => remove(own));
  }

  /** The seat belongs to another member now: `farewell` leaves it alone. */
  loseSeat(number: number): void {
    this.written.delete(this.seatPath(number));
  }

  private async write(writes: readonly Write[], patience?: number): Promise<void> {
    await this.documents.commit(writes, patience === undefined ? {} : { patience });
    this.note(writes);
  }

  /**
   * Commits writes that a person is waiting for, and retries once when no answer came.
   *
   * @param isDone checks whether the first attempt succeeded, when the retry is refused
   */
  private async writeSurely(writes: readonly Write[], isDone?: () => Promise<boolean>): Promise<void> {
    await commitWithRetry(() => this.documents.commit(writes), isDone);
    this.note(writes);
  }

  private note(writes: readonly Write[]): void {
    for (const write of writes) {
      if (write.kind === 'set') this.written.add(write.path);
    }
  }

  private async remove(paths: readonly string[]): Promise<void> {
    // Delete candidates before the link they belong to.
    const deepestFirst = [...paths].sort((a, b) => b.length - a.length);
    for (const path of paths) this.written.delete(path);
    if (paths.length > 0) {
      // Deleting a missing document is allowed, so a retry is not refused.
      await this.writeSurely(deepestFirst.map((path) => ({ kind: 'delete', path })));
    }
  }

  private async holds(number: number, session: string): Promise<boolean> {
    return (await this.documents.get(this.seatPath(number)))?.['session'] === session;
  }

  private async isAnsweredBy(link: LinkRecord, session: string): Promise<boolean> {
    const present = await this.link(link);
    return present?.revision === link.revision && present.answer?.session === session;
  }

  private async seatWrite(number: number, session: string, card: Card): Promise<Write> {
    return {
      kind: 'set',
      path: this.seatPath(number),
      fields: {
        uid: this.documents.uid,
        session,
        since: SERVER_TIME,
        lease: new FromNow(LEASE),
        card: await seal(this.keys, this.cardContext(number, session), card),
        expiresAt: new FromNow(LIFETIME),
      },
    };
  }

  private async answerWrite(link: LinkRecord, description: MemberDescription): Promise<Write> {
    const answer = await seal(this.keys, this.linkContext(link, 'answer', link.revision), description);
    return { kind: 'update', path: this.linkPath(link), fields: { answer } };
  }

  private readCall(fields: Fields | null): CallRecord | null {
    return fields && callRecord(fields);
  }

  private async readSeat(number: number, fields: Fields): Promise<Seat | null> {
    const seat = await this.guarded(`seats/${number}`, () => seatRecord(number, fields));
    if (!seat) {
      return null;
    }
    const context = this.cardContext(number, seat.session);
    return { ...seat, card: await this.opened(context, fields, 'card', readCard) };
  }

  private async readLink(path: LinkPath, fields: Fields): Promise<LinkRecord | null> {
    const link = await this.guarded(`seats/${path.seat}/links/${path.id}`, () => linkRecord(path, fields));
    if (!link) {
      return null;
    }
    const answered = fields['answer'] !== null;
    const read = <T>(kind: LinkKind, reader: (value: unknown) => T) =>
      this.opened(this.linkContext(link, kind, link.revision), fields, kind, reader);
    const [offer, pranswer, answer] = await Promise.all([
      read('offer', readDescription),
      fields['pranswer'] === null ? null : read('pranswer', readProvisionalAnswer),
      answered ? read('answer', readDescription) : null,
    ]);
    return { ...link, offer, pranswer, answer, answered };
  }

  private opened<T>(
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
  private async guarded<T>(place: string, read: () => T | Promise<T>): Promise<T | null> {
    try {
      return await read();
    } catch {
      if (!this.tampered.value.has(place)) {
        this.tampered.next(new Set([...this.tampered.value, place]));
      }
      return null;
    }
  }

  private seatPath(number: number): string {
    return `${this.root}/seats/${number}`;
  }

  private linkPath({ seat, id }: LinkPath): string {
    return `${this.seatPath(seat)}/links/${id}`;
  }

  private cardContext(number: number, session: string): SealContext {
    return { where: `seats/${number}/${session}`, kind: 'card', revision: 0 };
  }

  private linkContext({ seat, id }: LinkPath, kind: LinkKind, revision: number): SealContext {
    return { where: `seats/${seat}/links/${id}`, kind, revision };
  }

  private batchContext(link: LinkPath, role: LinkRole, id: string, revision: number): SealContext {
    return {
      where: `seats/${link.seat}/links/${link.id}/${id}`,
      kind: `${DESCRIPTION_OF[role]}-candidates`,
      revision,
    };
  }
}
