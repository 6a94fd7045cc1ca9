import {
  Bytes,
  collection,
  doc,
  DocumentChangeType,
  DocumentData,
  Firestore,
  FirestoreError,
  limit,
  onSnapshot,
  query,
  Timestamp,
  where,
} from 'firebase/firestore';
import { Observable } from 'rxjs';

import { noteError } from '../log/note';
import { DocumentRecord, DocumentsError, DocumentsReason, FieldMap, Fields, FieldValue } from './documents';
import type { Heard } from './polling';

const REASONS: Readonly<Partial<Record<FirestoreError['code'], DocumentsReason>>> = {
  'permission-denied': 'forbidden',
  unauthenticated: 'forbidden',
  unavailable: 'offline',
  'resource-exhausted': 'quota',
};

function asError(error: FirestoreError): DocumentsError {
  noteError('firebase', 'listener', error);
  return new DocumentsError(REASONS[error.code] ?? 'unavailable', { cause: error });
}

/** Called with the number of documents that the server delivered to a listener. */
export type ReadCounter = (documents: number) => void;

/**
 * Follows one document; null while it is missing. One subscription is one listener. States that come from the cache alone
 * are `stale`: without a network, a missing document would look deleted.
 */
export const documentSnapshots = (firestore: Firestore, path: string, read: ReadCounter) =>
  new Observable<Heard<Fields | null>>((subscriber) =>
    onSnapshot(
      doc(firestore, path),
      { includeMetadataChanges: true },
      (snapshot) => {
        if (snapshot.metadata.fromCache) return subscriber.next('stale');
        read(1);
        subscriber.next({ value: snapshot.exists() ? fieldsOf(snapshot.data()) : null });
      },
      (error) => subscriber.error(asError(error)),
    ),
  );

/**
 * Follows a collection, ordered by id, or those of its documents that have the fields of `having`, `most` at most. An
 * empty answer counts as one read, as it is billed.
 */
export const collectionSnapshots = (
  firestore: Firestore,
  path: string,
  read: ReadCounter,
  having: Readonly<Record<string, string>> = {},
  most?: number,
) =>
  new Observable<Heard<readonly DocumentRecord[]>>((subscriber) => {
    const news = confirmedNews();
    const conditions = Object.entries(having).map(([field, value]) => where(field, '==', value));
    const limits = most === undefined ? [] : [limit(most)];
    return onSnapshot(
      query(collection(firestore, path), ...conditions, ...limits),
      { includeMetadataChanges: true },
      (snapshot) => {
        const delivered = news(
          snapshot.metadata.fromCache,
          snapshot.docChanges().map(({ type }) => type),
        );
        if (delivered === null) return subscriber.next(snapshot.metadata.fromCache ? 'stale' : 'live');
        read(delivered);
        const value = snapshot.docs.map((found) => ({ id: found.id, fields: fieldsOf(found.data()) }));
        subscriber.next({ value });
      },
      (error) => subscriber.error(asError(error)),
    );
  });

/**
 * Detects which snapshots of a collection contain news that the server has confirmed. A change may arrive before the SDK
 * knows the whole collection again, for example after a broken stream. Its snapshot is then from the cache, and the one
 * that confirms it has no changes. For each snapshot, returns the number of documents delivered since the last one with
 * news, or null when it has no news.
 */
export function confirmedNews(): (
  fromCache: boolean,
  changes: readonly DocumentChangeType[],
) => number | null {
  let first = true;
  let changed = false;
  let delivered = 0;
  return (fromCache, changes) => {
    changed ||= changes.length > 0;
    delivered += changes.filter((type) => type !== 'removed').length;
    if (fromCache || !(first || changed)) return null;
    const told = first ? Math.max(1, delivered) : delivered;
    [first, changed, delivered] = [false, false, 0];
    return told;
  };
}

function fieldsOf(data: DocumentData): FieldMap {
  const entries = Object.entries(data).map(([key, value]) => [key, valueOf(value)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, FieldValue] => entry[1] !== undefined));
}

function valueOf(value: unknown): FieldValue | undefined {
  if (value instanceof Timestamp) return value.toDate();
  if (value instanceof Bytes) return value.toUint8Array();
  if (value === null || ['string', 'boolean', 'number'].includes(typeof value)) return value as FieldValue;
  // Types that Parley does not use are omitted.
  return Object.getPrototypeOf(value) === Object.prototype ? fieldsOf(value as DocumentData) : undefined;
}
