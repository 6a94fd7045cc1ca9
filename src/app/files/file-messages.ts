import { isWholeIn } from '../values/bounds';
import type { Codec, RawMessage } from '../wire/codec';

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

const readId = ({ id }: RawMessage) => (isFileId(id) ? { id } : null);

/** Names are as the peer wrote them: clean them before use. */
export const fileMessages: Codec<FileMessage> = {
  'file-offer': ({ id, name, size, media, path }) =>
    isFileId(id) && isText(name, 1_024) && isCount(size) && isText(media, 255) && isText(path, 4_096)
      ? { id, name, size, media, path }
      : null,
  'file-accept': ({ id, offset }) => (isFileId(id) && isCount(offset) ? { id, offset } : null),
  'file-decline': readId,
  'file-cancel': readId,
  'file-done': ({ id, ok }) => (isFileId(id) && typeof ok === 'boolean' ? { id, ok } : null),
};
