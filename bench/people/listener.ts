import { deleteApp, initializeApp } from 'firebase/app';
import {
  collection,
  connectFirestoreEmulator,
  getFirestore,
  onSnapshot,
  type QuerySnapshot,
} from 'firebase/firestore';

import type { Place, Tally } from './store';

/** How long a change may take to reach all listeners, in ms. */
const PATIENCE = 20_000;

let apps = 0;

/** A person's listener to a collection, through the SDK. Counts the reads that it is charged for. */
export class Listener {
  /** Number of snapshots received. */
  private snapshots = 0;
  private failure: Error | undefined;
  private readonly waiting = new Set<() => void>();
  private latest: QuerySnapshot | undefined;
  private readonly app;
  private readonly stop: () => void;

  constructor({ port, project }: Place, uid: string, path: string, tally: Tally) {
    this.app = initializeApp({ projectId: project, apiKey: 'demo' }, `listener ${apps++}`);
    const database = getFirestore(this.app);
    connectFirestoreEmulator(database, '127.0.0.1', port, { mockUserToken: { sub: uid } });
    this.stop = onSnapshot(
      collection(database, path),
      (snapshot) => {
        // Added and changed documents are reads, and an empty first snapshot is one read. Deleted documents cost
        // listeners nothing.
        const delivered = snapshot.docChanges().filter(({ type }) => type !== 'removed').length;
        tally.reads += this.snapshots === 0 ? Math.max(1, delivered) : delivered;
        this.latest = snapshot;
        this.snapshots++;
        this.wake();
      },
      (error) => {
        this.failure = error;
        this.wake();
      },
    );
  }

  /** The documents received so far. */
  documents(): readonly Readonly<Record<string, unknown>>[] {
    return this.latest?.docs.map((one) => one.data()) ?? [];
  }

  /** Returns a function that resolves once a snapshot has arrived since the call of `next`. */
  next(): () => Promise<void> {
    const before = this.snapshots;
    return async () => {
      const deadline = Date.now() + PATIENCE;
      while (this.snapshots === before) {
        if (this.failure) throw this.failure;
        if (Date.now() > deadline) throw new Error('A change did not reach a listener in time.');
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, 1_000);
          this.waiting.add(() => {
            clearTimeout(timer);
            resolve();
          });
        });
      }
    };
  }

  async end(): Promise<void> {
    this.stop();
    await deleteApp(this.app);
  }

  private wake(): void {
    for (const go of this.waiting) go();
    this.waiting.clear();
  }
}
