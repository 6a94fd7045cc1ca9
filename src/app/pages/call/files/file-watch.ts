import { computed, DestroyRef, effect, inject, signal, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';

import { Files } from '../../../files/files';
import { sharedFiles } from '../../../files/shared-files';
import type { Transfer } from '../../../files/transfer';
import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { Parts } from '../../../loading/parts';
import { noteError } from '../../../log/note';
import { Announcer } from '../../../ui/announcer';
import { Snack } from '../../../ui/snack/snack';
import { injectPeopleWords } from '../people-words';
import { RoomEnd } from '../room/room-end';
import type { Giving } from './receiver';

/** How long to wait for further offers before announcing them together, in ms: each file is offered in a message of its own. */
const GATHER = 250;
/** Shortest time between two announcements, in ms. */
const PAUSE = 3_000;
/** Maximum number of entries in a list of receivers. */
const MOST_NAMES = 3;

/** What files may do in the room. */
interface Place {
  /** Whether the panel may open by itself: the person has not opened another one. */
  readonly isFree: () => boolean;
  /** Whether the open panel shows new files: the files panel or the chat. */
  readonly showsFiles: () => boolean;
  /** Shows the files panel; `asked`: because of something the person did. */
  readonly show: (asked: boolean) => unknown;
}

/** Tells the person in the room about files: new offers and arrived files. Must be created in an injection context. */
export class FileWatch {
  private readonly files = inject(Files);
  private readonly parts = inject(Parts);
  private readonly announcer = inject(Announcer);
  private readonly snack = inject(Snack);
  private readonly roomEnd = inject(RoomEnd).signal;
  private readonly peopleWords = injectPeopleWords();
  private readonly t = injectTexts(callTexts);
  private readonly others = toSignal(this.files.others$, { initialValue: [] });
  private readonly transfers = toSignal(this.files.transfers$, { initialValue: [] });
  private readonly known = new Set<string>();
  private readonly saved = new Set<string>();
  private readonly unannounced = new Set<string>();
  private gathering: ReturnType<typeof setTimeout> | undefined;

  /** Number of offers without an answer. */
  readonly offers = computed(() => this.transfers().filter(isOffer).length);
  /** Something arrived unasked; the panel shows it until it is closed. */
  readonly arrived = signal(false);

  constructor(private readonly place: Place) {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.gathering));
    // Runs once the room has its inputs, on which the open panel depends: an offer may be waiting already.
    effect(() => {
      const transfers = this.transfers();
      untracked(() => this.look(transfers));
    });
    void sharedFiles.count().then((count) => {
      if (count > 0 && place.isFree()) this.arrive();
    });
  }

  async give({ files, to, everyone }: Giving): Promise<void> {
    if (to.length === 0) return this.say(this.t('files.nobody'));
    const receivers = to.map(({ session }) => session);
    const newcomers = this.others().filter(({ session }) => everyone && !receivers.includes(session));
    const names = this.peopleWords(
      to.map(({ name }) => name),
      MOST_NAMES,
    );
    try {
      const left = await this.files.offer(files, receivers);
      if (left === null) return this.say(this.t('files.gone', { name: names }));
      if (!this.place.showsFiles()) this.place.show(true);
      if (left > 0) this.say(this.t('files.tooMany', { count: left }));
      else if (newcomers.length > 0) this.say(this.t('files.onlyTo', { names }));
    } catch (error) {
      noteError('pages', 'files-offer', error);
      this.say(this.t('files.failed'));
    }
  }

  private look(transfers: readonly Transfer[]): void {
    const fresh = transfers.filter((one) => isOffer(one) && !this.known.has(one.key));
    for (const { key } of fresh) {
      this.known.add(key);
      this.unannounced.add(key);
    }
    if (fresh.length > 0) {
      if (!this.place.showsFiles() && this.place.isFree()) this.arrive();
      this.gathering ??= setTimeout(() => this.announce(), GATHER);
    }
    for (const { key, state, direction, file } of transfers) {
      if (state.phase !== 'done' || direction === 'out' || this.saved.has(key)) continue;
      this.saved.add(key);
      // By accepting it, the person asked to save it.
      if (state.file) void this.save(state.file, file.name);
    }
  }

  /** Announces the offers that arrived since the last time and are still open. */
  private announce(): void {
    const offers = this.transfers().filter((one) => isOffer(one) && this.unannounced.has(one.key));
    this.unannounced.clear();
    // A pause, in which offers gather again.
    this.gathering = setTimeout(() => {
      this.gathering = undefined;
      if (this.unannounced.size > 0) this.announce();
    }, PAUSE);
    if (offers.length === 0) return;
    const text = this.offerWords(offers);
    if (this.place.showsFiles()) return this.announcer.say(text);
    void this.snack.show(text, {
      position: 'top',
      action: { label: this.t('files.show'), do: () => this.place.show(true) },
      until: this.roomEnd,
    });
  }

  /** @param offers at least one */
  private offerWords(offers: readonly Transfer[]): string {
    const [{ file }] = offers as [Transfer];
    const count = offers.length;
    const senders = new Map(offers.map(({ session, name }) => [session, name]));
    const names = this.peopleWords([...senders.values()]);
    if (senders.size > 1) return this.t('files.offeredByMany', { names, count });
    return count === 1
      ? this.t('files.offered', { name: names, file: file.name })
      : this.t('files.offeredSeveral', { name: names, count });
  }

  private say(text: string): void {
    void this.snack.show(text, { position: 'top' });
  }

  private arrive(): void {
    this.arrived.set(true);
    this.place.show(false);
  }

  private async save(file: Blob, name: string): Promise<void> {
    const { saveFile } = await this.parts.load(() => import('./save-file'));
    saveFile(file, name);
  }
}

const isOffer = ({ direction, state }: Transfer) => direction === 'in' && state.phase === 'offered';
