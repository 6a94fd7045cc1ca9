import { computed, effect, inject, signal, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { firstValueFrom } from 'rxjs';

import { Files } from '../../../files/files';
import { sharedFiles } from '../../../files/shared-files';
import type { Transfer } from '../../../files/transfer';
import type { GivenFile } from '../../../files/transfers';
import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { Parts } from '../../../loading/parts';
import { noteError } from '../../../log/note';
import { Announcer } from '../../../ui/announcer';
import { Snack } from '../../../ui/snack/snack';

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
  private readonly t = injectTexts(callTexts);
  private readonly transfers = toSignal(this.files.transfers$, { initialValue: [] });
  private readonly known = new Set<string>();
  private readonly saved = new Set<string>();

  /** Number of offers without an answer. */
  readonly offers = computed(() => this.transfers().filter(isOffer).length);
  /** Something arrived unasked; the panel shows it until it is closed. */
  readonly arrived = signal(false);

  constructor(private readonly place: Place) {
    // Runs once the room has its inputs, on which the open panel depends: an offer may be waiting already.
    effect(() => {
      const transfers = this.transfers();
      untracked(() => this.look(transfers));
    });
    void sharedFiles.count().then((count) => {
      if (count > 0 && place.isFree()) this.arrive();
    });
  }

  /** Offers files to all members. */
  async give(files: readonly GivenFile[]): Promise<void> {
    const others = await firstValueFrom(this.files.others$);
    if (others.length === 0) return this.snack.show(this.t('files.nobody'), { position: 'top' });
    try {
      const left = await this.files.offer(files);
      if (!this.place.showsFiles()) this.place.show(true);
      if (left > 0) await this.snack.show(this.t('files.tooMany', { count: left }), { position: 'top' });
    } catch (error) {
      noteError('pages', 'files-offer', error);
      await this.snack.show(this.t('files.failed'), { position: 'top' });
    }
  }

  private look(transfers: readonly Transfer[]): void {
    const fresh = transfers.filter((one) => isOffer(one) && !this.known.has(one.key));
    for (const { key } of fresh) this.known.add(key);
    if (fresh[0]) this.tell(fresh[0]);
    for (const { key, state, direction, file } of transfers) {
      if (state.phase !== 'done' || direction === 'out' || this.saved.has(key)) continue;
      this.saved.add(key);
      // By accepting it, the person asked to save it.
      if (state.file) void this.save(state.file, file.name);
    }
  }

  private tell({ name, file }: Transfer): void {
    const text = this.t('files.offered', { name: name || this.t('guest'), file: file.name });
    if (this.place.showsFiles()) {
      this.announcer.say(text);
    } else if (this.place.isFree()) {
      this.announcer.say(text);
      this.arrive();
    } else {
      void this.snack.show(text, {
        position: 'top',
        action: { label: this.t('files.show'), do: () => this.place.show(true) },
      });
    }
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
