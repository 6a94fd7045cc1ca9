import { deleteApp, initializeApp } from 'firebase/app';
import { connectAuthEmulator, inMemoryPersistence, initializeAuth, signInAnonymously } from 'firebase/auth';
import { connectFirestoreEmulator, initializeFirestore, memoryLocalCache } from 'firebase/firestore';

import type { Documents } from '../firebase/documents';
import { FirestoreDocuments } from '../firebase/firestore-documents';

const PROJECT = 'demo-parley';
const HOST = '127.0.0.1';
let apps = 0;

async function ports(): Promise<{ readonly auth: number; readonly firestore: number }> {
  const told = (await (await fetch('/emulators.json')).json()) as Record<
    'auth' | 'firestore',
    { port: number }
  >;
  return { auth: told.auth.port, firestore: told.firestore.port };
}

/** A new anonymous user of the emulators, with its own app: as if in another browser. */
export async function firestoreUser(): Promise<{ documents: Documents; end: () => Promise<void> }> {
  const { auth: authPort, firestore: firestorePort } = await ports();
  const options = { projectId: PROJECT, apiKey: 'none' };
  const app = initializeApp(options, `user ${apps++}`);
  const auth = initializeAuth(app, { persistence: inMemoryPersistence });
  connectAuthEmulator(auth, `http://${HOST}:${authPort}`, { disableWarnings: true });
  const firestore = initializeFirestore(app, { localCache: memoryLocalCache() });
  connectFirestoreEmulator(firestore, HOST, firestorePort);
  const { user } = await signInAnonymously(auth);
  const config = { options, emulators: { host: HOST, authPort, firestorePort } };
  const documents = new FirestoreDocuments(auth, user, firestore, config, await user.getIdToken());
  return { documents, end: () => deleteApp(app) };
}

/** Overwrites fields past the rules, as a database operator could. */
export async function overwrite(path: string, fields: Readonly<Record<string, unknown>>): Promise<void> {
  const { firestore } = await ports();
  const mask = Object.keys(fields)
    .map((field) => `updateMask.fieldPaths=${field}`)
    .join('&');
  const response = await fetch(
    `http://${HOST}:${firestore}/v1/projects/${PROJECT}/databases/(default)/documents/${path}?${mask}`,
    { method: 'PATCH', headers: { Authorization: 'Bearer owner' }, body: JSON.stringify({ fields }) },
  );
  if (!response.ok) throw new Error(await response.text());
}
