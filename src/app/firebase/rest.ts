import { note, noteError } from '../log/note';
import {
  DocumentsError,
  DocumentsReason,
  Fields,
  FieldValue,
  FromNow,
  SERVER_TIME,
  Write,
  WrittenValue,
} from './documents';
import type { ServerClock } from './server-clock';

/** A value as Firestore's REST interface encodes it (google.firestore.v1.Value). */
type RestValue = Readonly<Record<string, unknown>>;

/**
 * Encodes a write for `documents:commit` (google.firestore.v1.Write).
 *
 * @param root path of the database, ending in `/documents`
 * @param now the server's time, in ms since the epoch
 */
export function restWrite(root: string, write: Write, now: number): unknown {
  const name = `${root}/${write.path}`;
  if (write.kind === 'delete') {
    return { delete: name };
  }
  const plain = Object.entries(write.fields).filter(([, value]) => value !== SERVER_TIME);
  const times = Object.entries(write.fields).filter(([, value]) => value === SERVER_TIME);
  const fields = Object.fromEntries(
    plain.map(([key, value]) => [key, restValue(value as WrittenValue, now)]),
  );
  return {
    update: { name, fields },
    ...(write.kind === 'merge' ? { updateMask: { fieldPaths: write.mask.map(fieldPath) } } : {}),
    ...(write.kind === 'update'
      ? { updateMask: { fieldPaths: Object.keys(fields) }, currentDocument: { exists: true } }
      : {}),
    ...(write.kind === 'set' && write.exists === false ? { currentDocument: { exists: false } } : {}),
    ...(times.length > 0
      ? { updateTransforms: times.map(([fieldPath]) => ({ fieldPath, setToServerValue: 'REQUEST_TIME' })) }
      : {}),
  };
}

/** A field path (google.firestore.v1.DocumentMask). Keys that begin with a digit or contain special characters are quoted. */
const fieldPath = (keys: readonly string[]): string =>
  keys.map((key) => (/^[A-Za-z_]\w*$/.test(key) ? key : `\`${key.replace(/[\\`]/g, '\\$&')}\``)).join('.');

function restValue(value: WrittenValue, now: number): RestValue {
  if (value === null) return { nullValue: null };
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { booleanValue: value };
  if (typeof value === 'number') return { integerValue: String(value) };
  if (value instanceof FromNow) return { timestampValue: new Date(now + value.ms).toISOString() };
  if (value instanceof Uint8Array) return { bytesValue: base64(value) };
  const fields = Object.entries(value).map(([key, held]) => [key, restValue(held, now)] as const);
  return { mapValue: { fields: Object.fromEntries(fields) } };
}

/** Decodes the fields of a document. Types that Parley does not use are omitted. */
export function fieldsOf(fields: Readonly<Record<string, RestValue>> | undefined): Fields {
  const entries = Object.entries(fields ?? {}).map(([key, value]) => [key, valueOf(value)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, FieldValue] => entry[1] !== undefined));
}

function valueOf(value: RestValue): FieldValue | undefined {
  const [type, held] = Object.entries(value)[0] ?? [];
  switch (type) {
    case 'nullValue':
      return null;
    case 'stringValue':
    case 'booleanValue':
      return held as string | boolean;
    case 'integerValue':
      return Number(held);
    case 'timestampValue':
      return new Date(held as string);
    case 'bytesValue':
      return Uint8Array.from(atob(held as string), (c) => c.charCodeAt(0));
    case 'mapValue':
      return fieldsOf((held as { fields?: Record<string, RestValue> }).fields);
    default:
      return undefined;
  }
}

function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

const REASONS: Readonly<Record<string, DocumentsReason>> = {
  PERMISSION_DENIED: 'forbidden',
  FAILED_PRECONDITION: 'conflict',
  ALREADY_EXISTS: 'conflict',
  NOT_FOUND: 'conflict',
  ABORTED: 'conflict',
  RESOURCE_EXHAUSTED: 'quota',
};

/** The database rejects the token: it has expired, or belongs to another project. */
export class TokenError extends DocumentsError {
  constructor(options?: ErrorOptions) {
    super('forbidden', options);
  }
}

/** Options of a request. */
export interface PostOptions {
  readonly keepalive?: boolean;
  /**
   * Time without an answer after which the request counts as lost, in ms; 8 s by default. With `keepalive`, there is no
   * limit by default.
   */
  readonly patience?: number;
}

/** In ms. */
const PATIENCE = 8_000;

/**
 * Posts to a method of Firestore's REST interface. Rejects with `DocumentsError`.
 *
 * @param clock learns the time from the answer
 */
export async function post(
  url: string,
  token: string,
  body: unknown,
  { keepalive = false, patience = keepalive ? undefined : PATIENCE }: PostOptions = {},
  clock?: ServerClock,
): Promise<unknown> {
  const started = clock?.start() ?? 0;
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      keepalive,
      ...(patience === undefined ? {} : { signal: AbortSignal.timeout(patience) }),
    });
    answer = await response.json().catch((error: unknown) => {
      // A body that isn't JSON comes from a proxy. A body that breaks off counts as no answer.
      if (error instanceof SyntaxError) return null;
      throw error;
    });
  } catch (cause) {
    noteError('firebase', 'request', cause);
    throw new DocumentsError('offline', { cause });
  }
  clock?.learnRoughly(response.headers.get('date'), started);
  if (!response.ok || answer === null) {
    const error = errorIn(response.status, answer);
    note('firebase', 'answer', { status: response.status, reason: error.reason });
    throw error;
  }
  clock?.learn(timeIn(answer), started);
  return answer;
}

function errorIn(code: number, answer: unknown): DocumentsError {
  // Streamed answers come in an array, and so do their errors.
  const [first] = [answer].flat() as readonly ({ error?: { status?: string; message?: string } } | null)[];
  const { status = '', message } = first?.error ?? {};
  const cause = new Error(message ?? `HTTP ${code}`);
  return status === 'UNAUTHENTICATED'
    ? new TokenError({ cause })
    : new DocumentsError(REASONS[status] ?? 'unavailable', { cause });
}

/** When the server read or wrote the data in its answer, in ms since the epoch; NaN when it doesn't say. */
function timeIn(answer: unknown): number {
  const [first] = [answer].flat() as readonly (
    { commitTime?: string; readTime?: string } | null | undefined
  )[];
  return Date.parse(first?.commitTime ?? first?.readTime ?? '');
}
