import { computed, DestroyRef, effect, inject, signal, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';

import { Files } from '../../../files/files';
import { sharedFiles } from '../../../files/shared-files';
import type { Transfer } from '../../../files/transfer';
import { callTexts } from '../../../i18n/call';
import { I18n, injectTexts } from '../../../i18n/i18n';
import { Parts } from '../../../loading/parts';
import { noteError } from '../../../log/note';
import { Announcer } from '../../../ui/announcer';
import { Snack } from '../../../ui/snack/snack';
import type { Giving } from './receiver';

/** How long to wait for further offers before announcing them together, in ms: each file is offered in a message of its own. */
const GATHER = 250;

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
  private readonly i18n = inject(I18n);
  private readonly t = injectTexts(callTexts);
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

  async give({ files, to }: Giving): Promise<void> {
    try {
      const left = await this.files.offer(files, to ? [to.session] : 'all');
      if (left === null)
        return this.say(
          to ? this.t('files.gone', { name: to.name || this.t('guest') }) : this.t('files.nobody'),
        );
      if (!this.place.showsFiles()) this.place.show(true);
      if (left > 0) this.say(this.t('files.tooMany', { count: left }));
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
      clearTimeout(this.gathering);
      this.gathering = setTimeout(() => this.announce(), GATHER);
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
    if (offers.length === 0) return;
    const text = this.i18n.list(
      [...new Set(offers.map(({ session }) => session))].map((session) =>
        this.offerWords(offers.filter((one) => one.session === session)),
      ),
    );
    if (this.place.showsFiles()) return this.announcer.say(text);
    void this.snack.show(text, {
      position: 'top',
      action: { label: this.t('files.show'), do: () => this.place.show(true) },
    });
  }

  /** @param offers of one member; at least one */
  private offerWords(offers: readonly Transfer[]): string {
    const [{ name: given, file }] = offers as [Transfer];
    const name = given || this.t('guest');
    return offers.length === 1
      ? this.t('files.offered', { name, file: file.name })
      : this.t('files.offeredSeveral', { name, count: offers.length });
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
