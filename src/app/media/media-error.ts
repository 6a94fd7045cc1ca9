import { type InputKind, MediaError, type MediaReason } from './media';

const reasons: ReadonlyMap<string, MediaReason> = new Map([
  ['NotAllowedError', 'denied'],
  ['SecurityError', 'denied'],
  ['NotFoundError', 'missing'],
  ['OverconstrainedError', 'missing'],
  ['NotReadableError', 'busy'],
  ['AbortError', 'busy'],
]);

/** The name of a thrown value: `OverconstrainedError` is no `Error` in older browsers, but has a name like one. */
export const errorName = (thrown: unknown): string =>
  typeof thrown === 'object' && thrown !== null && 'name' in thrown ? String(thrown.name) : '';

/** Gives what `getUserMedia` rejected with its reason (Media Capture and Streams, section 10.2). */
export const mediaError = (kind: InputKind, thrown: unknown): MediaError =>
  thrown instanceof MediaError
    ? thrown
    : new MediaError(kind, reasons.get(errorName(thrown)) ?? 'failed', { cause: thrown });
