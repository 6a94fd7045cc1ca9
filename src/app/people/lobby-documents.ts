import { map, Observable } from 'rxjs';

import { Documents, FromNow, SERVER_TIME, type Write, type WrittenMap } from '../firebase/documents';
import { commitWithRetry } from '../firebase/commit-with-retry';
import { noteError, noted } from '../log/note';
import type { CodeKeys } from '../signaling/code-keys';
import { readCard, shortText } from '../signaling/payloads';
import { seal, unseal, type SealContext } from '../signaling/seal';
import { plainLine } from '../text/plain-text';
import {
  entriesIn,
  lobbyRecord,
  ringId,
  ringRecord,
  type EntryRecord,
  type LobbyRecord,
  type RingRecord,
} from './lobby-records';
import type { Availability } from './people';

/** How long an entry counts without a renewal, in ms. The rules allow ten minutes. */
export const PRESENCE_LEASE = 300_000;
/** How long a ring waits for an answer, in ms; the rules use the same value. */
export const RINGING = 45_000;
/** How long an unvisited lobby lasts, in ms. The rules allow 90 days. */
export const LOBBY_LIFETIME = 89 * 86_400_000;

const HOUR = 3_600_000;
/** Lifetimes of a document of entries and of a ring, in ms: below the limits of the rules, because clocks differ. */
const SHARD_LIFETIME = 23.5 * HOUR;
const RING_LIFETIME = 0.9 * HOUR;
/** Time after which an unanswered write counts as offline, in ms. */
const PATIENCE = 8_000;
export const MAX_MESSAGE = 140;
/** Maximum length of a call's code in a ring, in characters. */
const MAX_CODE = 64;

/** What a ring says to the callee. */
export interface RingOffer {
  readonly name: string;
  /** Code of the call to meet in. */
  readonly code: string;
}

/**
 * One lobby's documents: sealed before writing, checked and opened after reading (docs/protocol.md, "Lobbies"). Every failure
 * is a `DocumentsError`; a field that fails to decrypt reads as null, a name as an empty string.
 */
export class LobbyDocuments {
  private readonly root: string;
  private readonly opened = new Map<string, Promise<string>>();

  constructor(
    private readonly documents: Documents,
    private readonly keys: CodeKeys,
  ) {
    this.root = `lobbies/${keys.id}`;
  }

  get uid(): string {
    return this.documents.uid;
  }

  /** Server time, in ms since the epoch. */
  now(): number {
    return this.documents.now();
  }

  /** Reads the lobby once; null if it doesn't exist or has expired. */
  async lobby(): Promise<LobbyRecord | null> {
    const fields = await this.documents.get(this.root);
    const lobby = fields && lobbyRecord(fields);
    return lobby && lobby.expiresAt > this.now() ? lobby : null;
  }

  async create(): Promise<void> {
    const fields = {
      createdBy: this.uid,
      createdAt: SERVER_TIME,
      expiresAt: new FromNow(LOBBY_LIFETIME),
    } as const;
    const write: Write = { kind: 'set', path: this.root, exists: false, fields };
    // The code is new, so a lobby found after a lost response is this one.
    await commitWithRetry(
      () => this.documents.commit([write]),
      async () => (await this.documents.get(this.root)) !== null,
    );
  }

  /** Extends the lobby to the lifetime of a new one. */
  async extend(): Promise<void> {
    const fields = { expiresAt: new FromNow(LOBBY_LIFETIME) };
    await this.documents.commit([{ kind: 'update', path: this.root, fields }]);
  }

  /** All entries, including those with an expired lease. Costs one read per document of entries. */
  async entries(): Promise<readonly EntryRecord[]> {
    const found = await this.documents.list(`${this.root}/people`);
    return found.flatMap(({ id, fields }) => entriesIn(id, fields));
  }

  /** The same entries, followed by a listener. */
  readonly entries$: Observable<readonly EntryRecord[]> = new Observable((subscriber) =>
    this.documents
      .collection$(`${this.root}/people`)
      .pipe(map((found) => found.flatMap(({ id, fields }) => entriesIn(id, fields))))
      .subscribe(subscriber),
  );

  /** The name on an entry's card; empty if it fails to decrypt. */
  nameOf({ uid, card }: EntryRecord): Promise<string> {
    const key = `${uid} ${card.join()}`;
    const known =
      this.opened.get(key) ??
      unseal(this.keys, personContext(uid), card).then(
        (value) => readCard(value).name,
        noted('people', 'card', ''),
      );
    this.opened.set(key, known);
    return known;
  }

  /**
   * Adds this user's entry, or renews it.
   *
   * @param sweep uid of a person whose lease has expired: the same write removes their entry
   */
  async appear(
    shard: number,
    card: Uint8Array,
    availability: Availability,
    sweep: string | null,
  ): Promise<void> {
    const entry = { lease: new FromNow(PRESENCE_LEASE), state: availability, card };
    await this.documents.commit([this.entryWrite(shard, entry, sweep)], { patience: PATIENCE });
  }

  /** Removes this user's entry. The request outlives the page. */
  async leave(shard: number): Promise<void> {
    await this.documents.commit([this.entryWrite(shard, null, null)], { keepalive: true });
  }

  card(name: string): Promise<Uint8Array> {
    return seal(this.keys, personContext(this.uid), { name });
  }

  /** Reads the ring between this user and another; there is at most one. */
  async ring(other: string): Promise<RingRecord | null> {
    const id = ringId(this.uid, other);
    const fields = await this.documents.get(this.ringPath(id));
    return fields && ringRecord(id, fields);
  }

  /** Follows a ring; null while there is none. */
  ring$(id: string): Observable<RingRecord | null> {
    return this.documents
      .document$(this.ringPath(id))
      .pipe(map((fields) => fields && ringRecord(id, fields)));
  }

  /** Follows the rings that wait for this user's answer. */
  readonly incoming$: Observable<readonly RingRecord[]> = new Observable((subscriber) =>
    this.documents
      .collection$(`${this.root}/rings`, { to: this.uid, state: 'ringing' })
      .pipe(
        map((found) => found.map(({ id, fields }) => ringRecord(id, fields)).filter((ring) => ring !== null)),
      )
      .subscribe(subscriber),
  );

  /**
   * Starts a ring.
   *
   * @param shard number of the document that holds the callee's entry
   * @param before the previous ring between the two, which must be over
   */
  async startRing(
    to: string,
    shard: number,
    offer: RingOffer,
    before: RingRecord | null,
  ): Promise<{ readonly id: string; readonly revision: number }> {
    const id = ringId(this.uid, to);
    const revision = (before?.revision ?? 0) + 1;
    await this.documents.commit(
      [
        {
          kind: 'set',
          path: this.ringPath(id),
          ...(before ? {} : { exists: false as const }),
          fields: {
            from: this.uid,
            to,
            shard,
            revision,
            state: 'ringing',
            createdAt: SERVER_TIME,
            offer: await seal(this.keys, ringContext(id, 'ring', revision), offer),
            reply: null,
            answeredBy: null,
            expiresAt: new FromNow(RING_LIFETIME),
          },
        },
      ],
      { patience: PATIENCE },
    );
    return { id, revision };
  }

  /**
   * Cancels this user's ring, or marks it as not answered; `forbidden` if it is over or has been replaced. The request outlives
   * the page.
   */
  async endRing(
    { id, revision }: Pick<RingRecord, 'id' | 'revision'>,
    state: 'cancelled' | 'expired',
  ): Promise<void> {
    await this.documents.commit([this.change(id, { state, revision })], {
      keepalive: true,
      patience: PATIENCE,
    });
  }

  /** Answers a ring; `forbidden` if it is already answered, over or replaced. */
  async answerRing(
    { id, revision }: Pick<RingRecord, 'id' | 'revision'>,
    state: 'accepted' | 'declined' | 'busy',
    session: string,
    message = '',
  ): Promise<void> {
    const said = [...plainLine(message)].slice(0, MAX_MESSAGE).join('');
    const reply = said
      ? await seal(this.keys, ringContext(id, 'ring-reply', revision), { message: said })
      : null;
    await this.documents.commit([this.change(id, { state, answeredBy: session, reply, revision })], {
      patience: PATIENCE,
    });
  }

  /** What a ring says; null if it fails to decrypt. */
  async offerIn({ id, revision, offer }: RingRecord): Promise<RingOffer | null> {
    try {
      const value = await unseal(this.keys, ringContext(id, 'ring', revision), offer);
      return { name: readCard(value).name, code: shortText(value, 'ring', 'code', MAX_CODE) };
    } catch (error) {
      noteError('people', 'ring', error);
      return null;
    }
  }

  /** The message in the callee's answer; null if there is none or it fails to decrypt. */
  async messageIn({ id, revision, reply }: RingRecord): Promise<string | null> {
    if (!reply) return null;
    try {
      const value = await unseal(this.keys, ringContext(id, 'ring-reply', revision), reply);
      return shortText(value, 'ring-reply', 'message', MAX_MESSAGE) || null;
    } catch (error) {
      noteError('people', 'ring-reply', error);
      return null;
    }
  }

  private entryWrite(shard: number, entry: WrittenMap | null, sweep: string | null): Write {
    const { uid } = this;
    const swept = sweep ?? '';
    return {
      kind: 'merge',
      path: `${this.root}/people/${shard}`,
      fields: {
        people: entry ? { [uid]: entry } : {},
        swept,
        expiresAt: new FromNow(SHARD_LIFETIME),
      },
      mask: [['people', uid], ...(swept ? [['people', swept]] : []), ['swept'], ['expiresAt']],
    };
  }

  /**
   * `fields` include the revision of the ring that the write is meant for. It changes nothing there, and the rules refuse the
   * write for any other ring.
   */
  private change(id: string, fields: WrittenMap & { readonly revision: number }): Write {
    return { kind: 'update', path: this.ringPath(id), fields };
  }

  private ringPath(id: string): string {
    return `${this.root}/rings/${id}`;
  }
}

const personContext = (uid: string): SealContext => ({ where: `people/${uid}`, kind: 'person', revision: 0 });
const ringContext = (id: string, kind: 'ring' | 'ring-reply', revision: number): SealContext => ({
  where: `rings/${id}`,
  kind,
  revision,
});
