import type { Observable } from 'rxjs';

/** The moment at which Firestore executes the commit (`REQUEST_TIME`). */
export const SERVER_TIME = Symbol('server time');

/** A field value. Timestamps are `Date`s, sealed fields `Uint8Array`s, numbers integers. */
export type FieldValue = string | number | boolean | null | Date | Uint8Array | FieldMap;

/** A field that contains fields. */
export interface FieldMap {
  readonly [key: string]: FieldValue;
}

/** A moment this many ms ahead of the database's clock when the commit is sent. Writers never read a clock themselves. */
export class FromNow {
  constructor(readonly ms: number) {}
}

/** A value to write. `Date` is excluded: a time from a device's clock may be refused. */
export type WrittenValue = string | number | boolean | null | FromNow | Uint8Array | WrittenMap;

/** A written field that contains fields. */
export interface WrittenMap {
  readonly [key: string]: WrittenValue;
}

export type WrittenFields = Readonly<Record<string, WrittenValue>>;

/** The fields of an existing document. */
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
      /** `false`: the commit fails if the document already exists. */
      readonly exists?: false;
    }
  | { readonly kind: 'update'; readonly path: string; readonly fields: WrittenFields }
  /** Sets these fields, creates the document if it is missing, and leaves all other fields unchanged. */
  | {
      readonly kind: 'merge';
      readonly path: string;
      readonly fields: WrittenFields;
      /** Field paths, each as a list of keys. A path that is missing in `fields` is removed. */
      readonly mask: readonly (readonly string[])[];
    }
  | { readonly kind: 'delete'; readonly path: string };

/**
 * Why a database operation failed.
 *
 * - `forbidden`: the rules refused
 * - `conflict`: a precondition failed, or another client was faster
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
/** The answer was a refusal: by the rules, by a precondition, or because another client was faster. */
export const isRefusal = (error: unknown): boolean => failedFor(error, 'forbidden', 'conflict');

const failedFor = (error: unknown, ...reasons: readonly DocumentsReason[]): boolean =>
  error instanceof DocumentsError && reasons.includes(error.reason);

/** Operations as billed: documents written, delivered (or one for an empty answer), deleted. */
export interface OperationCount {
  readonly writes: number;
  readonly reads: number;
  readonly deletes: number;
}

/**
 * The document database operations that Parley needs, as one signed-in user. Reads and commits also reject with
 * `ConnectError` when the user's token is refused.
 */
export abstract class Documents {
  /** The signed-in user. */
  abstract readonly uid: string;
  /** Whether this is an emulator: it is nearby, and hosts outside may be unreachable. */
  abstract readonly emulated: boolean;
  /** Starts with the current count. */
  abstract readonly operations$: Observable<OperationCount>;

  /** Whether listeners get no answer, so that documents are polled every few seconds instead. Starts with the current state. */
  abstract readonly polling$: Observable<boolean>;

  /** The database's clock, in ms since the epoch. The device's own clock until the first answer. */
  abstract now(): number;
  /** Opens the connection for the next commit, so that it takes one round trip. Never fails. */
  abstract warm(): void;
  /** Whether the database answers within three seconds; an error counts as an answer. Costs no operation. Never rejects. */
  abstract reach(): Promise<boolean>;
  /** Whether a listener gets an answer within eight seconds. Costs one read. Never rejects. */
  abstract listens(): Promise<boolean>;
  /** Reads one document now. Resolves to null when it is missing. Rejects with `DocumentsError`. */
  abstract get(path: string): Promise<Fields | null>;
  /**
   * Follows one document; null while it is missing. Emits only states that the server has confirmed. Errors with
   * `DocumentsError`.
   */
  abstract document$(path: string): Observable<Fields | null>;
  /** Reads a collection now, ordered by id; at most 300 documents. Rejects with `DocumentsError`. */
  abstract list(path: string): Promise<readonly DocumentRecord[]>;
  /**
   * Follows a collection, ordered by id, or those of its documents that have these fields. Emits only states that the
   * server has confirmed. Errors with `DocumentsError`.
   *
   * @param most number of documents at most
   */
  abstract collection$(
    path: string,
    where?: Readonly<Record<string, string>>,
    most?: number,
  ): Observable<readonly DocumentRecord[]>;
  /**
   * Executes all writes or none. Rejects with `DocumentsError`. If a commit is refused because times in it came from a
   * wrong clock, it is retried once with corrected times.
   *
   * @param options.keepalive lets the request outlive the page (Fetch, `keepalive`; at most 64 KiB)
   * @param options.patience ms after which a request without an answer counts as `offline`, 8 s by default; it may have
   *   succeeded
   */
  abstract commit(
    writes: readonly Write[],
    options?: { readonly keepalive?: boolean; readonly patience?: number },
  ): Promise<void>;
}
