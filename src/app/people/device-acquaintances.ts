import { computed, DestroyRef, inject, Injectable, InjectionToken, signal } from '@angular/core';

import { noteError } from '../log/note';
import { Acquaintances, type Favourite, type PastRing } from './acquaintances';
import * as kept from './kept';
import { KeptDatabase } from './kept-database';

/** Name of the database on this device, and of the channel that tells other tabs about changes. */
export const ACQUAINTANCES_NAME = new InjectionToken<string>('acquaintances', {
  factory: () => 'parley-people',
});

/**
 * Favourites, history and blocked people in IndexedDB. A change shows at once. When the browser has stored it, the other tabs
 * are notified. If storage is blocked or full, a change lasts until the page closes, and nothing throws.
 */
@Injectable({ providedIn: 'root' })
export class DeviceAcquaintances extends Acquaintances {
  private readonly name = inject(ACQUAINTANCES_NAME);
  private readonly database = new KeptDatabase(this.name);
  private readonly channel = openChannel(this.name);

  /** What was last read or written. */
  private readonly stored = signal(kept.nothingKept);
  /** Changes made in this tab and not stored yet. Changes that can't be stored stay here and are retried with the next one. */
  private readonly unsaved = signal<readonly kept.Change[]>([]);
  /** The unsaved changes that the browser failed to store at the last attempt. */
  private readonly refused = signal<readonly kept.Change[]>([]);
  private readonly present = computed(() => applied(this.unsaved(), this.stored()));
  /** What is stored, plus what the browser failed to store; excludes changes whose write is still pending. */
  private readonly lasting = computed(() => applied(this.refused(), this.stored()));
  /** Serializes the accesses, so that a later read returns newer data. Never rejects. */
  private last: Promise<void>;

  override readonly favourites = computed(() => this.present().favourites);
  override readonly history = computed<readonly PastRing[]>(() => this.present().history);
  override readonly blocked = computed(() => this.present().blocked);
  /** A missed ring counts once it is stored, so that it still counts after a reload, wherever storage works at all. */
  override readonly missed = computed(() => {
    const lasting = new Set(this.lasting().history.map(({ id }) => id));
    return this.present().history.filter((ring) => isNews(ring) && lasting.has(ring.id)).length;
  });

  /** Resolves when the stored data is loaded or can't be loaded. Until then it is unknown who is blocked. */
  readonly ready: Promise<void>;

  constructor() {
    super();
    this.ready = this.last = this.read();
    this.channel?.addEventListener('message', () => {
      this.last = this.last.then(() => this.read());
    });
    inject(DestroyRef).onDestroy(() => {
      this.channel?.close();
      void this.last.then(() => this.database.close());
    });
  }

  override favour(person: Favourite, on: boolean): Promise<void> {
    return this.change(kept.listed('favourites', person, on));
  }

  override block(person: Favourite, on: boolean): Promise<void> {
    return this.change(kept.listed('blocked', person, on));
  }

  override isFavourite(lobby: string, uid: string): boolean {
    return this.favourites().some((one) => kept.isSame(one, { lobby, uid }));
  }

  override isBlocked(lobby: string, uid: string): boolean {
    return this.blocked().some((one) => kept.isSame(one, { lobby, uid }));
  }

  /**
   * Resolves to the ring's id. If two tabs add the same ring (same person, direction and time), it is stored once. For that,
   * `at` should be the time in the ring's document.
   */
  override async add(ring: Omit<PastRing, 'id'>): Promise<number> {
    const { lobby, uid, name, direction, outcome, at, duration } = ring;
    const id = newId();
    await this.change(
      kept.added({ id, lobby, uid, name, direction, outcome, at, duration, seen: outcome !== 'missed' }),
    );
    return kept.sameRing(ring, this.present())?.id ?? id;
  }

  override end(id: number, duration: number): Promise<void> {
    return this.change(kept.ended(id, Math.max(0, duration)));
  }

  /** Marks the missed rings known here as seen. A ring that another tab adds in the meantime stays new. */
  override looked(): void {
    const news = this.present().history.filter(isNews);
    if (news.length > 0) void this.change(kept.seen(new Set(news.map(({ id }) => id))));
  }

  override clear(): Promise<void> {
    return this.change(kept.cleared);
  }

  override async forget(lobby: string): Promise<() => Promise<void>> {
    await this.ready;
    const before = kept.about(lobby, this.present());
    await this.change(kept.forgotten(lobby));
    return () => this.change(kept.restored(before));
  }

  private change(change: kept.Change): Promise<void> {
    this.unsaved.update((changes) => [...changes, change]);
    this.last = this.last.then(() => this.save());
    return this.last;
  }

  private async save(): Promise<void> {
    const due = this.unsaved();
    if (due.length === 0) return;
    try {
      this.stored.set(await this.database.change(due));
      this.unsaved.update((changes) => changes.filter((change) => !due.includes(change)));
      this.refused.set([]);
      this.channel?.postMessage('changed');
    } catch (error) {
      // Storage is blocked or full: the change lasts until the page closes.
      noteError('people', 'save', error);
      this.refused.set(due);
    }
  }

  private async read(): Promise<void> {
    try {
      this.stored.set(await this.database.read());
    } catch (error) {
      // Keep what was known before.
      noteError('people', 'read', error);
    }
  }
}

const applied = (changes: readonly kept.Change[], to: kept.Kept): kept.Kept =>
  changes.reduce((present, change) => change(present), to);

const isNews = ({ outcome, seen }: kept.KeptRing): boolean => outcome === 'missed' && !seen;

/** A random integer of 53 bits, so that no other tab makes the same one. */
const newId = (): number => {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return (high >>> 11) * 2 ** 32 + low;
};

function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch (error) {
    // Without the channel, a tab sees the changes of other tabs after a reload.
    noteError('people', 'channel', error);
    return null;
  }
}
