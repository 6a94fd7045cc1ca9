import { map, Observable } from 'rxjs';

import { Documents, FromNow, SERVER_TIME, type Write, type WrittenMap } from '../firebase/documents';
import { surely } from '../firebase/surely';
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

/** How long somebody is there without a renewal, ms. The rules allow ten minutes. */
export const PRESENCE_LEASE = 300_000;
/** How long a ring waits for an answer, ms; the rules say so too. */
export const RINGING = 45_000;
/** How long a lobby lasts that nobody comes to, ms. The rules allow 90 days. */
export const LOBBY_LIFETIME = 89 * 86_400_000;

const HOUR = 3_600_000;
/** Of a document of people, and of a ring, ms: not all of what the rules allow, for clocks differ. */
const SHARD_LIFETIME = 23.5 * HOUR;
const RING_LIFETIME = 0.9 * HOUR;
/** Without an answer by then a write is tried again, ms. */
const PATIENCE = 8_000;
export const MAX_MESSAGE = 140;
/** Longest code of a call as a ring says it, in characters. */
const MAX_CODE = 64;

/** What a ring says to whom it is for. */
export interface RingOffer {
  readonly name: string;
  /** Of the call to meet in. */
  readonly code: string;
}

/**
 * One lobby's documents: sealed and written, read, checked and opened (docs/protocol.md, "Lobbies"). Everything rejects or
 * errors with `DocumentsError`; what does not open is null.
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

  /** The server's clock, ms since the epoch. */
  now(): number {
    return this.documents.now();
  }

  /** Reads the lobby once; null when there is none, or none any more. */
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
    // The code is new: a lobby that is there after a loss is this one.
    await surely(
      () => this.documents.commit([write]),
      async () => (await this.documents.get(this.root)) !== null,
    );
  }

  /** Lets the lobby last as long as a new one. */
  async extend(): Promise<void> {
    const fields = { expiresAt: new FromNow(LOBBY_LIFETIME) };
    await this.documents.commit([{ kind: 'update', path: this.root, fields }]);
  }

  /** All entries, whether their lease has run out or not. One read for each document of them. */
  async entries(): Promise<readonly EntryRecord[]> {
    const found = await this.documents.list(`${this.root}/people`);
    return found.flatMap(({ id, fields }) => entriesIn(id, fields));
  }

  /** The same, followed. */
  readonly entries$: Observable<readonly EntryRecord[]> = new Observable((subscriber) =>
    this.documents
      .collection$(`${this.root}/people`)
      .pipe(map((found) => found.flatMap(({ id, fields }) => entriesIn(id, fields))))
      .subscribe(subscriber),
  );

  /** The name on somebody's card; empty when it does not open. */
  nameOf({ uid, card }: EntryRecord): Promise<string> {
    const key = `${uid} ${card.join()}`;
    const known =
      this.opened.get(key) ??
      unseal(this.keys, personContext(uid), card).then(
        (value) => readCard(value).name,
        () => '',
      );
    this.opened.set(key, known);
    return known;
  }

  /**
   * Is there from now on, or for another while.
   *
   * @param sweep somebody whose lease has run out, whose entry goes with it
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

  /** Is not there any more. Outlives the page. */
  async leave(shard: number): Promise<void> {
    await this.documents.commit([this.entryWrite(shard, null, null)], { keepalive: true });
  }

  card(name: string): Promise<Uint8Array> {
    return seal(this.keys, personContext(this.uid), { name });
  }

  /** Reads the one ring that there may be with somebody. */
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

  /** Follows the rings that wait for an answer of this user. */
  readonly incoming$: Observable<readonly RingRecord[]> = new Observable((subscriber) =>
    this.documents
      .collection$(`${this.root}/rings`, { to: this.uid, state: 'ringing' })
      .pipe(
        map((found) => found.map(({ id, fields }) => ringRecord(id, fields)).filter((ring) => ring !== null)),
      )
      .subscribe(subscriber),
  );

  /**
   * Rings somebody.
   *
   * @param shard where they stand
   * @param before the ring there was with them, over by now
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

  /** Takes a ring of one's own back, or says that nobody answered; `forbidden` when it is over, or there is another. Outlives the page. */
  async endRing(
    { id, revision }: Pick<RingRecord, 'id' | 'revision'>,
    state: 'cancelled' | 'expired',
  ): Promise<void> {
    await this.documents.commit([this.change(id, { state, revision })], {
      keepalive: true,
      patience: PATIENCE,
    });
  }

  /** Answers a ring; `forbidden` when it is answered already, or over, or there is another. */
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

  /** What a ring says; null when it does not open. */
  async offerIn({ id, revision, offer }: RingRecord): Promise<RingOffer | null> {
    try {
      const value = await unseal(this.keys, ringContext(id, 'ring', revision), offer);
      return { name: readCard(value).name, code: shortText(value, 'ring', 'code', MAX_CODE) };
    } catch {
      return null;
    }
  }

  /** What the other said in answering; null when nothing, or when it does not open. */
  async messageIn({ id, revision, reply }: RingRecord): Promise<string | null> {
    if (!reply) return null;
    try {
      const value = await unseal(this.keys, ringContext(id, 'ring-reply', revision), reply);
      return shortText(value, 'ring-reply', 'message', MAX_MESSAGE) || null;
    } catch {
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

  /** The revision is that of the ring it is meant for: it changes nothing there, and another ring is refused for it. */
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
