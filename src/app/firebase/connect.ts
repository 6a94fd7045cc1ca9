import { createEnvironmentInjector, EnvironmentInjector } from '@angular/core';
import { deleteApp, FirebaseApp, initializeApp, provideFirebaseApp } from '@angular/fire/app';
import {
  Auth,
  browserLocalPersistence,
  connectAuthEmulator,
  indexedDBLocalPersistence,
  initializeAuth,
  inMemoryPersistence,
  Persistence,
  provideAuth,
  signInAnonymously,
  User,
} from '@angular/fire/auth';
import {
  connectFirestoreEmulator,
  Firestore,
  initializeFirestore,
  memoryEagerGarbageCollector,
  memoryLocalCache,
  provideFirestore,
} from '@angular/fire/firestore';

import type { Documents } from './documents';
import { ConnectError } from './firebase';
import { ConfigError, FirebaseConfig, firebaseConfig } from './firebase-config';
import { FirestoreDocuments } from './firestore-documents';
import { persevering } from './persevering';
import { hideIndexedDb, SilentStorageError } from './silent-storage';
import { SIGN_IN_PATIENCE, signedIn } from './signed-in';
import { within } from './within';

/** Builds the Firebase app, Auth and Firestore below `parent`, and signs in anonymously. Rejects with `ConnectError`. */
export async function connect(parent: EnvironmentInjector): Promise<Documents> {
  const config = await persevering(firebaseConfig, isOffline).catch((cause: unknown) => {
    throw new ConnectError(isOffline(cause) ? 'offline' : 'configuration', { cause });
  });
  try {
    const hidden = typeof indexedDB === 'undefined';
    const all = [indexedDBLocalPersistence, ...WITHOUT_INDEXED_DB];
    return await connectBy(config, hidden ? WITHOUT_INDEXED_DB : all, parent);
  } catch (error) {
    if (!(error instanceof SilentStorageError)) throw error;
    hideIndexedDb();
    return connectBy(config, WITHOUT_INDEXED_DB, parent).catch((cause: unknown) => {
      throw cause instanceof SilentStorageError ? new ConnectError('offline', { cause }) : cause;
    });
  }
}

const WITHOUT_INDEXED_DB = [browserLocalPersistence, inMemoryPersistence];

/**
 * Rejects with `ConnectError`, or with `SilentStorageError`.
 *
 * @param persistence where the account is looked for; a storage that was silent once keeps the SDK waiting for as long as the page lives
 */
async function connectBy(
  config: FirebaseConfig,
  persistence: Persistence[],
  parent: EnvironmentInjector,
): Promise<Documents> {
  const injector = createEnvironmentInjector(firebaseProviders(config, persistence), parent);
  const auth = injector.get(Auth);
  try {
    const user = await signedIn(auth, signIn);
    const token = await within(user.getIdToken(), SIGN_IN_PATIENCE, () => new ConnectError('offline'));
    return new FirestoreDocuments(user.uid, auth, injector.get(Firestore), config, token);
  } catch (cause) {
    // A later try starts from nothing: an app of the same name must not be left behind.
    // The name is free at once; that all of it has ended may take for ever where the storage is silent.
    const ended = deleteApp(injector.get(FirebaseApp)).catch(() => undefined);
    await within(ended, DELETE_PATIENCE, () => new Error('late')).catch(() => undefined);
    injector.destroy();
    if (cause instanceof ConnectError || cause instanceof SilentStorageError) throw cause;
    throw new ConnectError(reasonOf(cause), { cause });
  }
}

/** ms. */
const DELETE_PATIENCE = 1_000;

const isOffline = (error: unknown) => error instanceof ConfigError && error.reason === 'offline';

const firebaseProviders = ({ options, emulators }: FirebaseConfig, persistence: Persistence[]) => [
  provideFirebaseApp(() => initializeApp(options)),
  provideAuth((injector) => {
    const auth = initializeAuth(injector.get(FirebaseApp), { persistence });
    if (emulators) {
      connectAuthEmulator(auth, `http://${emulators.host}:${emulators.authPort}`, { disableWarnings: true });
    }
    return auth;
  }),
  provideFirestore((injector) => {
    const firestore = initializeFirestore(injector.get(FirebaseApp), {
      // Nothing is read from the cache: without this it keeps the documents of every call of the day, up to 40 MB.
      localCache: memoryLocalCache({ garbageCollector: memoryEagerGarbageCollector() }),
    });
    if (emulators) {
      connectFirestoreEmulator(firestore, emulators.host, emulators.firestorePort);
    }
    return firestore;
  }),
];

async function signIn(auth: Auth): Promise<User> {
  const { user } = await persevering(
    () => signInAnonymously(auth),
    (error) => reasonOf(error) === 'offline',
  );
  return user;
}

function reasonOf(cause: unknown): ConnectError['reason'] {
  switch ((cause as { code?: unknown } | null)?.code) {
    case 'auth/network-request-failed':
    case 'auth/timeout':
      return 'offline';
    case 'auth/api-key-not-valid.-please-pass-a-valid-api-key.':
    case 'auth/invalid-api-key':
    case 'auth/configuration-not-found':
      return 'configuration';
    default:
      return 'sign-in';
  }
}
