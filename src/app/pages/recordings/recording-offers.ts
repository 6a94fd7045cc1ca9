import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal } from '@angular/core';

import { noteError } from '../../log/note';
import type { InterruptedRecording } from '../../mixing/kept-recordings';
import { I18n, injectTexts } from '../../i18n/i18n';
import { recordingsTexts } from '../../i18n/recordings';
import { Parts } from '../../loading/parts';
import { Announcer } from '../../ui/announcer';
import { askBeforeUnload } from '../../ui/ask-before-unload';
import { Snack } from '../../ui/snack/snack';
import { STORED_RECORDINGS } from './stored-recordings';

interface Offer extends InterruptedRecording {
  /** `asking`: whether to delete it for good. */
  readonly phase: 'offered' | 'asking' | 'saving';
  /** Saved share, from 0 to 1. */
  readonly share: number;
}

/** Interrupted recordings; each can be saved or deleted. */
@Component({
  selector: 'parley-recording-offers',
  templateUrl: './recording-offers.html',
  styleUrl: './recording-offers.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RecordingOffers {
  readonly recordings = input.required<readonly InterruptedRecording[]>();

  protected readonly t = injectTexts(recordingsTexts);
  private readonly i18n = inject(I18n);
  private readonly stored = inject(STORED_RECORDINGS);
  private readonly parts = inject(Parts);
  private readonly snack = inject(Snack);
  private readonly announcer = inject(Announcer);

  protected readonly offers = linkedSignal((): readonly Offer[] =>
    this.recordings().map((recording) => ({ ...recording, phase: 'offered', share: 0 })),
  );
  private readonly time = computed(
    () => new Intl.DateTimeFormat(this.i18n.tag(), { dateStyle: 'medium', timeStyle: 'short' }),
  );

  constructor() {
    askBeforeUnload(() => this.offers().some(({ phase }) => phase === 'saving'));
  }

  protected timeOf({ since }: Offer): string {
    return this.time().format(since);
  }

  protected first(offer: Offer): void {
    void (offer.phase === 'asking' ? this.delete(offer) : this.save(offer));
  }

  protected second({ id, phase }: Offer): void {
    this.update(id, { phase: phase === 'asking' ? 'offered' : 'asking' });
  }

  private async save({ id }: Offer): Promise<void> {
    this.update(id, { phase: 'saving', share: 0 });
    try {
      const kept = await (await this.stored()).resumeRecording(id);
      if (!kept) return this.end(id, 'gone');
      try {
        const [file, { saveFile }] = await Promise.all([
          kept.finish((share) => this.update(id, { share })),
          this.parts.load(() => import('../call/files/save-file')),
        ]);
        if (file) saveFile(file.file, file.name);
        await kept.saved();
        this.end(id, file ? (file.seekable ? 'saved' : 'unseekable') : 'gone');
      } catch (error) {
        kept.release();
        throw error;
      }
    } catch (error) {
      noteError('pages', 'recording-save', error);
      this.update(id, { phase: 'offered' });
      void this.snack.show(this.t('failed'), { position: 'top' });
    }
  }

  private async delete({ id }: Offer): Promise<void> {
    try {
      const kept = await (await this.stored()).resumeRecording(id);
      await kept?.discard();
      this.end(id, kept ? 'deleted' : 'gone');
    } catch (error) {
      // The storage failed: the recording is offered again at the next visit.
      noteError('pages', 'recording-delete', error);
      this.update(id, { phase: 'offered' });
    }
  }

  /** Removes the offer and tells the person why. */
  private end(id: string, text: 'saved' | 'deleted' | 'unseekable' | 'gone'): void {
    this.offers.update((offers) => offers.filter((offer) => offer.id !== id));
    if (text === 'saved' || text === 'deleted') this.announcer.say(this.t(text));
    else void this.snack.show(this.t(text), { position: 'top' });
  }

  private update(id: string, change: Partial<Pick<Offer, 'phase' | 'share'>>): void {
    this.offers.update((offers) =>
      offers.map((offer) => (offer.id === id ? { ...offer, ...change } : offer)),
    );
  }
}
