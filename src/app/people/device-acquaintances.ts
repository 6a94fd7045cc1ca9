import { computed, DestroyRef, inject, Injectable, InjectionToken, signal } from '@angular/core';

import { Acquaintances, type Favourite, type PastRing } from './acquaintances';
import * as kept from './kept';
import { KeptDatabase } from './kept-database';

/** The name of the database on this device, and of the channel by which tabs tell each other of changes. */
export const ACQUAINTANCES_NAME = new InjectionToken<string>('acquaintances', {
  factory: () => 'parley-people',
});

/**
 * Favourites, history and blocked people in IndexedDB. A change shows at once; it is kept as soon as the browser lets it be
 * kept, and told to other tabs then. Where storage is blocked or full it holds until the page goes, and nothing throws.
 */
@Injectable({ providedIn: 'root' })
export class DeviceAcquaintances extends Acquaintances {
  private readonly name = inject(ACQUAINTANCES_NAME);
  private readonly database = new KeptDatabase(this.name);
  private readonly channel = openChannel(this.name);

  /** As it was last read or written. */
  private readonly stored = signal(kept.nothingKept);
  /** Made here and not kept yet; what can't be kept stays, and is tried again with the next. */
  private readonly unsaved = signal<readonly kept.Change[]>([]);
  /** Of those, what the browser did not keep when it was asked last. */
  private readonly refused = signal<readonly kept.Change[]>([]);
  private readonly present = computed(() => applied(this.unsaved(), this.stored()));
  /** Without what a page that goes now would take with it. */
  private readonly lasting = computed(() => applied(this.refused(), this.stored()));
  /** One access after the other, so that what is read later is newer. Never rejects. */
  private last: Promise<void>;

  override readonly favourites = computed(() => this.present().favourites);
  override readonly history = computed<readonly PastRing[]>(() => this.present().history);
  override readonly blocked = computed(() => this.present().blocked);
  /** One that is counted is there after a reload, too, where storage works at all: it counts when it is kept. */
  override readonly missed = computed(() => {
    const lasting = new Set(this.lasting().history.map(({ id }) => id));
    return this.present().history.filter((ring) => isNews(ring) && lasting.has(ring.id)).length;
  });

  /** Resolves when what the device keeps is known, or known not to be had. Who is blocked is not known before. */
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
   * Resolves to its id. Two tabs that note the same ring (same person, direction and time) note it once: `at` should be the
   * time that the ring's document has.
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

  /** Those missed that are known here now: one that another tab notes meanwhile stays news. */
  override looked(): void {
    const news = this.present().history.filter(isNews);
    if (news.length > 0) void this.change(kept.seen(new Set(news.map(({ id }) => id))));
  }

  override clear(): Promise<void> {
    return this.change(kept.cleared);
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
    } catch {
      // Blocked or full: what was changed holds until the page goes.
      this.refused.set(due);
    }
  }

  private async read(): Promise<void> {
    try {
      this.stored.set(await this.database.read());
    } catch {
      // What was known before stays known.
    }
  }
}

const applied = (changes: readonly kept.Change[], to: kept.Kept): kept.Kept =>
  changes.reduce((present, change) => change(present), to);

const isNews = ({ outcome, seen }: kept.KeptRing): boolean => outcome === 'missed' && !seen;

/** A whole number that no other tab makes too: 53 random bits. */
const newId = (): number => {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return (high >>> 11) * 2 ** 32 + low;
};

function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    // Without it a tab learns of the others' changes when it is loaded anew.
    return null;
  }
}
