import { createEnvironmentInjector, EnvironmentInjector, inject, InjectionToken } from '@angular/core';
import { deleteApp, FirebaseApp, initializeApp, provideFirebaseApp } from '@angular/fire/app';
import {
  type Auth,
  browserLocalPersistence,
  connectAuthEmulator,
  indexedDBLocalPersistence,
  initializeAuth,
  inMemoryPersistence,
  onAuthStateChanged,
  type Persistence,
  signInAnonymously,
  updateCurrentUser,
  type User,
} from 'firebase/auth';
import {
  connectFirestoreEmulator,
  type Firestore,
  initializeFirestore,
  memoryEagerGarbageCollector,
  memoryLocalCache,
} from 'firebase/firestore';

import { note, noteError, noted } from '../log/note';
import { isStorageBlocked } from '../storage/blocked';
import type { Documents } from './documents';
import { ConnectError } from './firebase';
import { ConfigError, FirebaseConfig, firebaseConfig } from './firebase-config';
import { FirestoreDocuments } from './firestore-documents';
import { oneSignIn, StoredSignIn } from './one-sign-in';
import { retryLost } from './retry-lost';
import { authReason } from './sign-in-reason';
import { hideIndexedDb, SilentStorageError } from './silent-storage';
import { answered, storedUser } from './signed-in';
import { within } from './within';

/**
 * Signs in anonymously and builds the Firebase app, Auth and Firestore of this page below `parent`. Rejects with
 * `ConnectError`.
 *
 * The page's own Auth takes over the user and stores nothing. So the running page is unaffected when other tabs sign in
 * or out, or when the person deletes the browser's data.
 *
 * @param over called when the account has ended; the next connection needs another account
 */
export async function connect(parent: EnvironmentInjector, over: () => void): Promise<Documents> {
  note('firebase', 'signing-in');
  const config = await retryLost(firebaseConfig, isOffline).catch((cause: unknown) => {
    throw new ConnectError(isOffline(cause) ? 'offline' : 'configuration', { cause });
  });
  try {
    return await connectBy(config, parent, over);
  } catch (error) {
    if (!(error instanceof SilentStorageError)) throw error;
    noteError('firebase', 'storage', error);
    hideIndexedDb();
    stored = WITHOUT_INDEXED_DB;
    return connectBy(config, parent, over).catch((cause: unknown) => {
      throw cause instanceof SilentStorageError ? new ConnectError('offline', { cause }) : cause;
    });
  }
}

/** Storage options for the sign-in; the first that the browser allows is used. The app's name is part of the key. */
const WITHOUT_INDEXED_DB = [browserLocalPersistence, inMemoryPersistence];
/** The storage options that this page tries. IndexedDB that was silent once keeps the SDK waiting for the life of the page. */
let stored = [indexedDBLocalPersistence, ...WITHOUT_INDEXED_DB];

/** Rejects with `ConnectError` or `SilentStorageError`. */
async function connectBy(
  config: FirebaseConfig,
  parent: EnvironmentInjector,
  over: () => void,
): Promise<Documents> {
  const open = (name: string | undefined, persistence: Persistence[]) =>
    createEnvironmentInjector(firebaseProviders(config, name, persistence), parent);
  const injector = open(`page ${pages++}`, [inMemoryPersistence]);
  try {
    const user = await oneSignIn(() => storedSignIn(open(undefined, stored)));
    const auth = injector.get(AUTH);
    await answered(updateCurrentUser(auth, user));
    const own = auth.currentUser ?? user;
    const token = await answered(own.getIdToken());
    const documents = new FirestoreDocuments(auth, own, injector.get(FIRESTORE), config, token);
    note('firebase', 'signed-in');
    onAuthStateChanged(auth, (now) => {
      if (now) return;
      note('firebase', 'signed-out');
      over();
    });
    return documents;
  } catch (cause) {
    await close(injector);
    if (cause instanceof ConnectError || cause instanceof SilentStorageError) throw cause;
    throw new ConnectError(reasonOf(cause), { cause });
  }
}

/**
 * Auth and Firestore of an app. Not those of @angular/fire, which bring App Check along, and wrap every function for zones,
 * which Parley doesn't use: 3.3 kB of what a call loads.
 */
const AUTH = new InjectionToken<Auth>('Auth');
const FIRESTORE = new InjectionToken<Firestore>('Firestore');

/** Gives each app of a page a unique name. */
let pages = 0;

/** Time limit for ending an app, in ms. With silent storage it may never end, but its name is free at once. */
const CLOSE_LIMIT_MS = 1_000;

async function close(injector: EnvironmentInjector): Promise<void> {
  const ended = deleteApp(injector.get(FirebaseApp));
  await within(ended, CLOSE_LIMIT_MS, () => new Error('late')).catch(noted('firebase', 'close'));
  injector.destroy();
}

const isOffline = (error: unknown) => error instanceof ConfigError && error.reason === 'offline';

const firebaseProviders = (
  { options, emulators }: FirebaseConfig,
  name: string | undefined,
  persistence: Persistence[],
) => [
  provideFirebaseApp(() => initializeApp(options, name)),
  {
    provide: AUTH,
    useFactory: () => {
      const auth = initializeAuth(inject(FirebaseApp), { persistence });
      if (emulators) {
        connectAuthEmulator(auth, `http://${emulators.host}:${emulators.authPort}`, {
          disableWarnings: true,
        });
      }
      return auth;
    },
  },
  {
    provide: FIRESTORE,
    useFactory: () => {
      const firestore = initializeFirestore(inject(FirebaseApp), {
        // The cache is never read. By default it would keep the documents of every call of the day, up to 40 MB.
        localCache: memoryLocalCache({ garbageCollector: memoryEagerGarbageCollector() }),
      });
      if (emulators) {
        connectFirestoreEmulator(firestore, emulators.host, emulators.firestorePort);
      }
      return firestore;
    },
  },
];

const storedSignIn = (injector: EnvironmentInjector): StoredSignIn<User> => {
  const auth = injector.get(AUTH);
  return {
    user: () => storedUser(auth),
    create: async () => {
      const { user } = await answered(
        retryLost(
          () => signInAnonymously(auth),
          (error) => reasonOf(error) === 'offline',
        ),
      );
      return user;
    },
    end: () => close(injector),
  };
};

function reasonOf(cause: unknown): ConnectError['reason'] {
  const reason = authReason(cause);
  return reason === 'sign-in' && isStorageBlocked() ? 'storage' : reason;
}
