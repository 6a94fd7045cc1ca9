import { DocumentsError, DocumentsReason } from '../firebase/documents';
import { ConnectError } from '../firebase/firebase';
import { PayloadError } from '../signaling/payloads';
import { UnknownModeError } from '../signaling/records';
import { CallError, CallReason } from './call-state';

const DOCUMENTS: Readonly<Record<DocumentsReason, CallReason>> = {
  forbidden: 'forbidden',
  conflict: 'unavailable',
  offline: 'offline',
  quota: 'quota',
  unavailable: 'unavailable',
};

/** The host did not hear this member for a while and freed the seat. The member comes back by a new stay. */
export class SilenceError extends Error {
  override readonly name = 'SilenceError';
}

/** Maps a failure of a lower layer to what it means for the person. */
export function asCallError(cause: unknown): CallError {
  if (cause instanceof CallError) return cause;
  if (cause instanceof DocumentsError) return new CallError(DOCUMENTS[cause.reason], { cause });
  if (cause instanceof UnknownModeError) return new CallError('outdated', { cause });
  if (cause instanceof PayloadError) return new CallError('tampered', { cause });
  if (cause instanceof ConnectError) return new CallError(cause.reason, { cause });
  return new CallError('unavailable', { cause });
}
