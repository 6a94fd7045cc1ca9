import { type InputKind, MediaError, type MediaReason } from './media';

const reasons: ReadonlyMap<string, MediaReason> = new Map([
  ['NotAllowedError', 'denied'],
  ['SecurityError', 'denied'],
  ['NotFoundError', 'missing'],
  ['OverconstrainedError', 'missing'],
  ['NotReadableError', 'busy'],
  ['AbortError', 'busy'],
]);

/** The name of a thrown value. In older browsers, `OverconstrainedError` is not an `Error`, but has a name. */
export const errorName = (thrown: unknown): string =>
  typeof thrown === 'object' && thrown !== null && 'name' in thrown ? String(thrown.name) : '';

/** Converts a rejection of `getUserMedia` to a `MediaError` with a reason (Media Capture and Streams, section 10.2). */
export const mediaError = (kind: InputKind, thrown: unknown): MediaError =>
  thrown instanceof MediaError
    ? thrown
    : new MediaError(kind, reasons.get(errorName(thrown)) ?? 'failed', { cause: thrown });
