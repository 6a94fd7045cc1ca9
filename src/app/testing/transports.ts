import type { Documents } from '../firebase/documents';
import { firestoreUser, overwrite } from './firestore-user';
import { MemoryDatabase, type MemoryDocuments } from './memory-documents';

/** A transport for documents between users. */
export interface Transport {
  readonly name: string;
  readonly user: () => Promise<{ documents: Documents; end: () => Promise<void> }>;
  /** Replaces the bytes of a sealed field, past all checks. */
  readonly tamper: (path: string, field: string, bytes: Uint8Array) => Promise<void>;
  /** Changes fields of a document, past all checks. */
  readonly write: (path: string, fields: Readonly<Record<string, string | number>>) => Promise<void>;
  /** Executes the next commit of this user, and loses its answer. */
  readonly loseAnswer: (documents: Documents) => void;
  readonly reset: () => void;
}

export function memory(): Transport {
  let database = new MemoryDatabase();
  let users = 0;
  return {
    name: 'memory',
    user: () =>
      Promise.resolve({ documents: database.user(`user ${users++}`), end: () => Promise.resolve() }),
    tamper: (path, field, bytes) => {
      database.simulateWrite(path, { ...database.contents.get(path), [field]: bytes });
      return Promise.resolve();
    },
    write: (path, fields) => {
      database.simulateWrite(path, { ...database.contents.get(path), ...fields });
      return Promise.resolve();
    },
    loseAnswer: (documents) => (documents as MemoryDocuments).simulateLostAnswers(1),
    reset: () => (database = new MemoryDatabase()),
  };
}

export const firestore: Transport = {
  name: 'Firestore',
  user: firestoreUser,
  tamper: (path, field, bytes) =>
    overwrite(path, { [field]: { bytesValue: btoa(String.fromCharCode(...bytes)) } }),
  write: (path, fields) =>
    overwrite(
      path,
      Object.fromEntries(
        Object.entries(fields).map(([key, value]) => [
          key,
          typeof value === 'string' ? { stringValue: value } : { integerValue: String(value) },
        ]),
      ),
    ),
  loseAnswer: () => {
    const fetch = window.fetch.bind(window);
    let lost = false;
    spyOn(window, 'fetch').and.callFake(async (...request) => {
      const response = await fetch(...request);
      if (lost || !(request[0] as string).endsWith(':commit')) return response;
      lost = true;
      throw new TypeError('Failed to fetch');
    });
  },
  reset: () => undefined,
};
