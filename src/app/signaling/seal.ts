import type { CodeKeys } from './code-keys';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Decompression limit, in bytes, so that a small field can't fill the memory. */
const MAX_PLAIN_BYTES = 256 * 1024;

/** What a sealed field is and where it belongs: the additional data that binds it to its place. */
export interface SealContext {
  /** Path below the call's or lobby's document, as `docs/protocol.md` lists it. */
  readonly where: string;
  readonly kind:
    | 'card'
    | 'guest'
    | 'offer'
    | 'pranswer'
    | 'answer'
    | 'offer-candidates'
    | 'answer-candidates'
    | 'person'
    | 'ring'
    | 'ring-reply';
  readonly revision: number;
}

/** A field that could not be opened: moved, replayed, changed, or sealed without the code. */
export class SealError extends Error {
  override readonly name = 'SealError';

  constructor(
    readonly context: SealContext,
    options?: ErrorOptions,
  ) {
    super(`${context.kind} at ${context.where} does not open`, options);
  }
}

/** Seals a JSON value: version ‖ nonce ‖ AES-256-GCM of the deflated UTF-8 text. */
export async function seal(keys: CodeKeys, context: SealContext, value: unknown): Promise<Uint8Array> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const text = new TextEncoder().encode(JSON.stringify(value));
  const plain = await through(new CompressionStream('deflate-raw'), text);
  const cipher = await crypto.subtle.encrypt(algorithm(keys, context, nonce), keys.key, plain);
  const sealed = new Uint8Array(1 + NONCE_BYTES + cipher.byteLength);
  sealed[0] = VERSION;
  sealed.set(nonce, 1);
  sealed.set(new Uint8Array(cipher), 1 + NONCE_BYTES);
  return sealed;
}

/**
 * Opens a field that `seal` made with the same keys and context.
 *
 * @throws SealError when anything is wrong with the field; then none of it may be used
 */
export async function unseal(keys: CodeKeys, context: SealContext, sealed: Uint8Array): Promise<unknown> {
  if (sealed[0] !== VERSION || sealed.length < 1 + NONCE_BYTES + TAG_BYTES) {
    throw new SealError(context);
  }
  try {
    const nonce = sealed.slice(1, 1 + NONCE_BYTES);
    const cipher = sealed.slice(1 + NONCE_BYTES);
    const plain = await crypto.subtle.decrypt(algorithm(keys, context, nonce), keys.key, cipher);
    const text = await through(new DecompressionStream('deflate-raw'), new Uint8Array(plain));
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text)) as unknown;
  } catch (cause) {
    throw new SealError(context, { cause });
  }
}

function algorithm(
  keys: CodeKeys,
  { where, kind, revision }: SealContext,
  iv: Uint8Array<ArrayBuffer>,
): AesGcmParams {
  const additionalData = new TextEncoder().encode(['parley/1', keys.id, where, kind, revision].join('\n'));
  return { name: 'AES-GCM', iv, additionalData, tagLength: TAG_BYTES * 8 };
}

/** Writes directly to the stream: a Blob would request the bytes from the browser process, although they are here. */
async function through(
  transform: CompressionStream | DecompressionStream,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = transform.writable.getWriter();
  const written = writer.write(bytes).then(() => writer.close());
  const [whole] = await Promise.all([collect(transform.readable, MAX_PLAIN_BYTES), written]);
  return whole;
}

async function collect(stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > limit) {
      await reader.cancel();
      throw new RangeError(`more than ${limit} bytes`);
    }
    chunks.push(part.value);
  }
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
