import { createEnvironmentInjector, EnvironmentInjector } from '@angular/core';
import { deleteApp, FirebaseApp, initializeApp, provideFirebaseApp } from '@angular/fire/app';
import {
  Auth,
  browserLocalPersistence,
  connectAuthEmulator,
  indexedDBLocalPersistence,
  initializeAuth,
  inMemoryPersistence,
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

/** Builds the Firebase app, Auth and Firestore below `parent`, and signs in anonymously. Rejects with `ConnectError`. */
export async function connect(parent: EnvironmentInjector): Promise<Documents> {
  const config = await persevering(firebaseConfig, isOffline).catch((cause: unknown) => {
    throw new ConnectError(isOffline(cause) ? 'offline' : 'configuration', { cause });
  });
  const injector = createEnvironmentInjector(firebaseProviders(config), parent);
  const auth = injector.get(Auth);
  try {
    const user = await signIn(auth);
    const token = await user.getIdToken();
    return new FirestoreDocuments(user.uid, auth, injector.get(Firestore), config, token);
  } catch (cause) {
    // A later try starts from nothing: an app of the same name must not be left behind.
    await deleteApp(injector.get(FirebaseApp)).catch(() => undefined);
    injector.destroy();
    throw new ConnectError(reasonOf(cause), { cause });
  }
}

const isOffline = (error: unknown) => error instanceof ConfigError && error.reason === 'offline';

const firebaseProviders = ({ options, emulators }: FirebaseConfig) => [
  provideFirebaseApp(() => initializeApp(options)),
  provideAuth((injector) => {
    const auth = initializeAuth(injector.get(FirebaseApp), {
      persistence: [indexedDBLocalPersistence, browserLocalPersistence, inMemoryPersistence],
    });
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
  await auth.authStateReady();
  if (auth.currentUser) return auth.currentUser;
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
