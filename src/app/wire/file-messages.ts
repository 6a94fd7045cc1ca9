import { isWholeIn } from '../values/bounds';

/**
 * Messages with which two members arrange a file transfer. The bytes go over a separate data channel. `id` is the
 * offerer's id for one file offered to one member.
 */
export type FileMessage =
  /** The sender offers a file. `size` is in bytes. `path` is its folders, joined by `/`; empty for a single file. */
  | {
      readonly type: 'file-offer';
      readonly id: string;
      readonly name: string;
      readonly size: number;
      readonly media: string;
      readonly path: string;
    }
  /** The sender wants the file from byte `offset` on: 0 at first; after an interruption, the number of bytes it already has. */
  | { readonly type: 'file-accept'; readonly id: string; readonly offset: number }
  | { readonly type: 'file-decline'; readonly id: string }
  /** Either side cancels. */
  | { readonly type: 'file-cancel'; readonly id: string }
  /** The receiver has the whole file. `ok` is false when the digest was wrong. */
  | { readonly type: 'file-done'; readonly id: string; readonly ok: boolean };

export const isFileId = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-z]{16}$/.test(value);

const isText = (value: unknown, longest: number): value is string =>
  typeof value === 'string' && value.length <= longest;
/** Largest file, in bytes: 1 PiB, more than any disk holds. */
const MOST_BYTES = 2 ** 50;
const isCount = (value: unknown): value is number => isWholeIn(value, 0, MOST_BYTES);

/** Parses these types; returns null for anything else. Names are as the peer wrote them: sanitize before use. */
export function readFileMessage(message: Readonly<Record<string, unknown>>): FileMessage | null {
  const { type, id } = message;
  if (!isFileId(id)) return null;
  switch (type) {
    case 'file-offer': {
      const { name, size, media, path } = message;
      const valid = isText(name, 1_024) && isCount(size) && isText(media, 255) && isText(path, 4_096);
      return valid ? { type, id, name, size, media, path } : null;
    }
    case 'file-accept': {
      const { offset } = message;
      return isCount(offset) ? { type, id, offset } : null;
    }
    case 'file-decline':
    case 'file-cancel':
      return { type, id };
    case 'file-done': {
      const { ok } = message;
      return typeof ok === 'boolean' ? { type, id, ok } : null;
    }
    default:
      return null;
  }
}

export const isFileMessage = (message: { readonly type: string }): message is FileMessage =>
  message.type.startsWith('file-');
