import { type Documents, FromNow, SERVER_TIME, type Write } from '../firebase/documents';
import type { Candidates } from '../rtc/description';
import type { LinkRole } from '../rtc/link-role';
import { batchContext, CallPaths, cardContext, linkContext } from './call-paths';
import { CallReader } from './call-reader';
import type { CodeKeys } from './code-keys';
import { SHORT_LEASE } from './lease';
import { OwnDocuments } from './own-documents';
import type { Card, MemberDescription, ProvisionalAnswer } from './payloads';
import { doorFields, type LinkPath, type LinkRecord, type Mode, type Seat } from './records';
import { seal } from './seal';

/** Maximum lifetime of a call and its documents, in ms. The rules allow 24 hours. */
export const LIFETIME = 23.5 * 3_600_000;

/** Time after which an unanswered renewal counts as lost, in ms: a connection from before an outage may never answer. */
const RENEWAL_PATIENCE = 8_000;

/** How the members of a new call are linked. */
const MODE: Mode = 'mesh';

/** An answer to a standing offer, sent with the commit that takes the seat. */
export interface PreparedAnswer {
  readonly link: LinkRecord;
  readonly description: MemberDescription;
}

/** What else a farewell writes. */
export interface Farewell {
  /** No other member is left, so the call is deleted too. */
  readonly last: boolean;
  /** The member who becomes the host; null if this member is not the host. */
  readonly successor: Seat | null;
  /** Whether to give up the admission too, so that this person must knock again. */
  readonly admission: boolean;
}

/** The fields of a call that say who the host is. */
export const hostFields = ({ uid, number }: Seat) => ({ host: uid, hostSeat: number });

/**
 * The documents of one call: seals and writes them, and reads them as `CallReader` does. Knows nothing of peer connections.
 * Rejects as `Documents` does.
 */
export class CallSignaling extends CallReader {
  private readonly own: OwnDocuments;
  private batches = 0;

  constructor(documents: Documents, keys: CodeKeys) {
    super(documents, keys, new CallPaths(keys.id));
    this.own = new OwnDocuments(documents);
  }

  /** Creates the call and takes seat 0 in one commit. Rejects with `forbidden` when the call already exists. */
  async create(session: string, card: Card, seats: number): Promise<void> {
    const call: Write = {
      kind: 'set',
      path: this.paths.call,
      exists: false,
      fields: {
        createdBy: this.documents.uid,
        createdAt: SERVER_TIME,
        expiresAt: new FromNow(LIFETIME),
        seats,
        mode: MODE,
        ...doorFields('open'),
        host: this.documents.uid,
        hostSeat: 0,
      },
    };
    await this.own.writeSurely([call, await this.seatWrite(0, session, card)], () => this.holds(0, session));
  }

  /**
   * Takes a seat and answers its standing offers, all in one commit.
   *
   * @param asked called once the request is on its way
   * @param lease how long the seat is held without a renewal, in ms
   */
  async takeSeat(
    number: number,
    session: string,
    card: Card,
    answers: readonly PreparedAnswer[],
    asked: () => void = () => undefined,
    lease = SHORT_LEASE.length,
  ): Promise<void> {
    const writes = await Promise.all([
      this.seatWrite(number, session, card, lease),
      ...answers.map(({ link, description }) => this.answerWrite(link, description)),
    ]);
    const taken = this.own.writeSurely(writes, () => this.holds(number, session));
    asked();
    await taken;
  }

  /**
   * Renews the lease of a seat.
   *
   * @param lease how long the seat is held from now on, in ms
   */
  async renew(number: number, lease = SHORT_LEASE.length): Promise<void> {
    const fields = { lease: new FromNow(lease), expiresAt: new FromNow(LIFETIME) };
    await this.own.write([{ kind: 'update', path: this.paths.seat(number), fields }], RENEWAL_PATIENCE);
  }

  /** Publishes an offer at a seat. */
  async offer(link: LinkPath, fromSeat: number, description: MemberDescription): Promise<void> {
    const write: Write = {
      kind: 'set',
      path: this.paths.link(link),
      exists: false,
      fields: {
        from: this.documents.uid,
        fromSeat,
        revision: 1,
        offer: await seal(this.keys, linkContext(link, 'offer', 1), description),
        pranswer: null,
        answer: null,
        expiresAt: new FromNow(LIFETIME),
      },
    };
    // The id is random, so an existing link with this id is the one written.
    await this.own.writeSurely([write], async () => (await this.link(link)) !== null);
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
      offer: await seal(this.keys, linkContext(link, 'offer', revision), description),
      pranswer: null,
      answer: null,
      expiresAt: new FromNow(LIFETIME),
    };
    await this.own.write([{ kind: 'update', path: this.paths.link(link), fields }], patience);
  }

  /** Answers an offer that was published after the seat was taken. */
  async answer(link: LinkRecord, description: MemberDescription): Promise<void> {
    await this.own.writeSurely([await this.answerWrite(link, description)], () =>
      this.isAnsweredBy(link, description.session),
    );
  }

  /**
   * Answers a restart. Never retries: that is up to the calling code, which may have a newer answer by then.
   *
   * @param patience time after which the write counts as lost, in ms
   */
  async answerAgain(link: LinkRecord, description: MemberDescription, patience: number): Promise<void> {
    await this.own.write([await this.answerWrite(link, description)], patience);
  }

  /**
   * Publishes a provisional answer from this free seat. Rejects with `forbidden` when there already is one, or when the
   * seat is taken.
   */
  async answerProvisionally(link: LinkRecord, answer: ProvisionalAnswer): Promise<void> {
    const pranswer = await seal(this.keys, linkContext(link, 'pranswer', link.revision), answer);
    await this.own.write([{ kind: 'update', path: this.paths.link(link), fields: { pranswer } }]);
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
      path: `${this.paths.candidates(link, role)}/${id}`,
      exists: false,
      fields: {
        batch: await seal(this.keys, batchContext(link, role, id, revision), batch),
        revision,
        expiresAt: new FromNow(LIFETIME),
      },
    };
    // Only the peer may read the batch. Its id is unique, so a refusal after a lost response means that it was written.
    await this.own.writeSurely([write], () => Promise.resolve(true));
  }

  /** Deletes a link that this member offered, and this member's candidates on it. */
  async removeLink(link: LinkPath): Promise<void> {
    await this.own.removeBelow(this.paths.link(link));
  }

  /** For the host: frees a seat that its holder left behind. They may come back by a new stay. */
  async freeSeat(number: number): Promise<void> {
    await this.own.remove([this.paths.seat(number)]);
  }

  /** Deletes abandoned offers at this member's own seat. */
  async sweep(links: readonly LinkPath[]): Promise<void> {
    await this.own.remove(links.map((link) => this.paths.link(link)));
  }

  /** Leaves: deletes everything that this member wrote, in one request that outlives the page. */
  async farewell({ last, successor, admission }: Farewell): Promise<void> {
    const { call } = this.paths;
    await this.own.farewell(call, [
      ...(admission ? [{ kind: 'delete' as const, path: this.paths.guest(this.documents.uid) }] : []),
      ...(successor ? [{ kind: 'update' as const, path: call, fields: hostFields(successor) }] : []),
      ...(last ? [{ kind: 'delete' as const, path: call }] : []),
    ]);
  }

  /** The seat belongs to another member now: `farewell` leaves it alone. */
  loseSeat(number: number): void {
    this.own.lose(this.paths.seat(number));
  }

  private async holds(number: number, session: string): Promise<boolean> {
    return (await this.documents.get(this.paths.seat(number)))?.['session'] === session;
  }

  private async isAnsweredBy(link: LinkRecord, session: string): Promise<boolean> {
    const present = await this.link(link);
    return present?.revision === link.revision && present.answer?.session === session;
  }

  private async seatWrite(
    number: number,
    session: string,
    card: Card,
    lease = SHORT_LEASE.length,
  ): Promise<Write> {
    return {
      kind: 'set',
      path: this.paths.seat(number),
      fields: {
        uid: this.documents.uid,
        session,
        since: SERVER_TIME,
        lease: new FromNow(lease),
        card: await seal(this.keys, cardContext(number, session), card),
        expiresAt: new FromNow(LIFETIME),
      },
    };
  }

  private async answerWrite(link: LinkRecord, description: MemberDescription): Promise<Write> {
    const answer = await seal(this.keys, linkContext(link, 'answer', link.revision), description);
    return { kind: 'update', path: this.paths.link(link), fields: { answer } };
  }
}
