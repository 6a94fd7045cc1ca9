import { DocumentsError, DocumentsReason, Fields, FieldValue, SERVER_TIME, Write } from './documents';

/** A value as Firestore's REST interface spells it (google.firestore.v1.Value). */
type RestValue = Readonly<Record<string, unknown>>;

/** Encodes a write for `documents:commit` (google.firestore.v1.Write). `root` ends with `/documents`. */
export function restWrite(root: string, write: Write): unknown {
  const name = `${root}/${write.path}`;
  if (write.kind === 'delete') {
    return { delete: name };
  }
  const plain = Object.entries(write.fields).filter(([, value]) => value !== SERVER_TIME);
  const times = Object.entries(write.fields).filter(([, value]) => value === SERVER_TIME);
  const fields = Object.fromEntries(plain.map(([key, value]) => [key, restValue(value as FieldValue)]));
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

/** A field path (google.firestore.v1.DocumentMask): keys that begin with a digit, or have other characters, are quoted. */
const fieldPath = (keys: readonly string[]): string =>
  keys.map((key) => (/^[A-Za-z_]\w*$/.test(key) ? key : `\`${key.replace(/[\\`]/g, '\\$&')}\``)).join('.');

function restValue(value: FieldValue): RestValue {
  if (value === null) return { nullValue: null };
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { booleanValue: value };
  if (typeof value === 'number') return { integerValue: String(value) };
  if (value instanceof Date) return { timestampValue: value.toISOString() };
  if (value instanceof Uint8Array) return { bytesValue: base64(value) };
  const fields = Object.entries(value).map(([key, held]) => [key, restValue(held)] as const);
  return { mapValue: { fields: Object.fromEntries(fields) } };
}

/** Decodes the fields of a document. Types that Parley does not use are left out. */
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
  UNAUTHENTICATED: 'forbidden',
  FAILED_PRECONDITION: 'conflict',
  ALREADY_EXISTS: 'conflict',
  NOT_FOUND: 'conflict',
  ABORTED: 'conflict',
  RESOURCE_EXHAUSTED: 'quota',
};

/** How a request is made. */
export interface PostOptions {
  readonly keepalive?: boolean;
  /** After so many ms without an answer the request counts as lost. */
  readonly patience?: number;
}

/** Posts to a method of Firestore's REST interface. Rejects with `DocumentsError`. */
export async function post(
  url: string,
  token: string,
  body: unknown,
  { keepalive = false, patience }: PostOptions = {},
): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      keepalive,
      ...(patience === undefined ? {} : { signal: AbortSignal.timeout(patience) }),
    });
  } catch (cause) {
    throw new DocumentsError('offline', { cause });
  }
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    const { status, message } =
      (answer as { error?: { status?: string; message?: string } } | null)?.error ?? {};
    throw new DocumentsError(REASONS[status ?? ''] ?? 'unavailable', {
      cause: new Error(message ?? `HTTP ${response.status}`),
    });
  }
  return answer;
}
