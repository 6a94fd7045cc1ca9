import type { Observable } from 'rxjs';

/** The moment at which Firestore carries out the commit (`REQUEST_TIME`). */
export const SERVER_TIME = Symbol('server time');

/** A value of a field. Timestamps are `Date`s, sealed fields `Uint8Array`s, numbers integers. */
export type FieldValue = string | number | boolean | null | Date | Uint8Array | FieldMap;

/** A field with fields of its own. */
export interface FieldMap {
  readonly [key: string]: FieldValue;
}

/** A moment that many ms ahead of the database's clock when the commit is sent. No writer reads a clock itself. */
export class FromNow {
  constructor(readonly ms: number) {}
}

/** A value that is written. There is no `Date`: what a device's clock says may be refused. */
export type WrittenValue = string | number | boolean | null | FromNow | Uint8Array | WrittenMap;

/** A written field with fields of its own. */
export interface WrittenMap {
  readonly [key: string]: WrittenValue;
}

export type WrittenFields = Readonly<Record<string, WrittenValue>>;

/** The fields of a document that exists. */
export type Fields = Readonly<Record<string, FieldValue>>;

/** A document of a collection: its id (the last part of its path) and its fields. */
export interface DocumentRecord {
  readonly id: string;
  readonly fields: Fields;
}

/** One write of a commit. Paths are relative to the database's root, `calls/…`. */
export type Write =
  | {
      readonly kind: 'set';
      readonly path: string;
      readonly fields: Readonly<Record<string, WrittenValue | typeof SERVER_TIME>>;
      /** `false`: the commit fails if the document is there already. */
      readonly exists?: false;
    }
  | { readonly kind: 'update'; readonly path: string; readonly fields: WrittenFields }
  /** Sets these fields, makes the document if it is missing, and leaves all others as they are. */
  | {
      readonly kind: 'merge';
      readonly path: string;
      readonly fields: WrittenFields;
      /** Keys of the fields' way down, one list for each; what `fields` has not there is removed. */
      readonly mask: readonly (readonly string[])[];
    }
  | { readonly kind: 'delete'; readonly path: string };

/**
 * Why the database did not do what was asked.
 *
 * - `forbidden`: the rules refused
 * - `conflict`: a precondition failed, or somebody else was faster
 * - `offline`: no answer
 * - `quota`: the project's quota is used up
 * - `unavailable`: anything else
 */
export type DocumentsReason = 'forbidden' | 'conflict' | 'offline' | 'quota' | 'unavailable';

export class DocumentsError extends Error {
  override readonly name = 'DocumentsError';

  constructor(
    readonly reason: DocumentsReason,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** No answer came. */
export const isOffline = (error: unknown): boolean => failedFor(error, 'offline');
/** The rules refused. */
export const isForbidden = (error: unknown): boolean => failedFor(error, 'forbidden');
/** There was an answer, and it was no: by the rules, a precondition, or because somebody else was faster. */
export const isRefusal = (error: unknown): boolean => failedFor(error, 'forbidden', 'conflict');

const failedFor = (error: unknown, ...reasons: readonly DocumentsReason[]): boolean =>
  error instanceof DocumentsError && reasons.includes(error.reason);

/** Operations as they are billed: documents written, delivered (or one for an empty answer), deleted. */
export interface OperationCount {
  readonly writes: number;
  readonly reads: number;
  readonly deletes: number;
}

/** What the handshake needs of a document database, seen by one signed-in user. */
export abstract class Documents {
  /** Who is signed in. */
  abstract readonly uid: string;
  /** Whether this is an emulator: everything is near, and nothing outside may be reachable. */
  abstract readonly emulated: boolean;
  /** Starts with the present count. */
  abstract readonly operations$: Observable<OperationCount>;

  /** Whether listeners get no answer, so that documents are read again every few seconds instead; starts with how it is now. */
  abstract readonly polling$: Observable<boolean>;

  /** The database's clock, ms since the epoch; this device's own until the first answer came. */
  abstract now(): number;
  /** Opens the way for the next commit, so that it takes one round trip. Never fails. */
  abstract warm(): void;
  /** Whether the database answers within three seconds, whatever it says. Costs no operation. Never rejects. */
  abstract reach(): Promise<boolean>;
  /** Whether a listener gets an answer within eight seconds. Costs one read. Never rejects. */
  abstract listens(): Promise<boolean>;
  /** Reads one document now; null when it is missing. Rejects with `DocumentsError`. */
  abstract get(path: string): Promise<Fields | null>;
  /** Follows one document; null while it is missing. Only what the server has confirmed. Errors with `DocumentsError`. */
  abstract document$(path: string): Observable<Fields | null>;
  /** Reads a collection now, in the order of ids; at most 300 documents. Rejects with `DocumentsError`. */
  abstract list(path: string): Promise<readonly DocumentRecord[]>;
  /**
   * Follows a collection, in the order of ids, or those of its documents that have these fields. Only what the server has
   * confirmed. Errors with `DocumentsError`.
   */
  abstract collection$(
    path: string,
    where?: Readonly<Record<string, string>>,
  ): Observable<readonly DocumentRecord[]>;
  /**
   * Carries out all writes or none. Rejects with `DocumentsError`. A commit that was refused for times from a wrong clock is sent
   * again once with the right ones.
   *
   * @param options.keepalive lets the request outlive the page (Fetch, `keepalive`; at most 64 KiB)
   * @param options.patience ms after which a request without an answer counts as `offline`, 8 s unless told; it may have got through
   */
  abstract commit(
    writes: readonly Write[],
    options?: { readonly keepalive?: boolean; readonly patience?: number },
  ): Promise<void>;
}
