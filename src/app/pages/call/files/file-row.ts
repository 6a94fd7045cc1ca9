import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
} from '@angular/core';
import { MatButton } from '@angular/material/button';

import { MEMORY_LIMIT } from '../../../files/file-limits';
import { Files } from '../../../files/files';
import { RateMeter } from '../../../files/pace';
import type { Transfer, TransferState } from '../../../files/transfer';
import { filesTexts } from '../../../i18n/files';
import { injectTexts } from '../../../i18n/i18n';
import { Announcer } from '../../../ui/announcer';
import { injectClear, injectKeptFocus } from './kept-focus';
import { saveFile } from './save-file';
import { injectTransferWords, shareOf } from './transfer-words';

/** A file on its way to or from one member: its description, its progress, and the available actions. */
@Component({
  selector: '[parleyFileRow]',
  imports: [MatButton],
  templateUrl: './file-row.html',
  styleUrls: ['./file-parts.scss', './file-row.scss'],
  host: { tabindex: '-1', '[attr.data-phase]': 'phase()', '(click)': 'press()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FileRow {
  readonly transfer = input.required<Transfer>();
  /** It was the last card, and was cleared: the focus needs another place. */
  readonly cleared = output();

  protected readonly t = injectTexts(filesTexts);
  private readonly words = injectTransferWords();
  protected readonly files = inject(Files);
  private readonly announcer = inject(Announcer);
  private readonly rate = signal<number | null>(null);
  private meter: RateMeter | null = null;

  protected readonly state = computed(() => this.transfer().state);
  protected readonly phase = computed(() => this.state().phase);
  /** Bytes transferred so far; null if that doesn't apply. */
  protected readonly bytes = computed(() => {
    const state = this.state();
    return 'bytes' in state ? state.bytes : null;
  });
  protected readonly percent = computed(() =>
    Math.round(shareOf(this.bytes() ?? 0, this.transfer().file.size) * 100),
  );
  protected readonly about = computed(() => {
    const { direction, file } = this.transfer();
    return this.t(direction === 'in' ? 'files.from' : 'files.to', {
      size: this.words.bytesOf(file.size),
      name: this.words.nameOf(this.transfer()),
    });
  });
  protected readonly place = computed(() => {
    const { direction, place, state } = this.transfer();
    return direction === 'in' && state.phase === 'offered'
      ? this.t(`files.place.${place}`, { limit: this.words.bytesOf(MEMORY_LIMIT) })
      : null;
  });
  protected readonly status = computed(() => this.words.status(this.transfer(), this.rate()));
  /** The file, if it can still be saved. */
  protected readonly saveable = computed(() => {
    const state = this.state();
    return state.phase === 'done' ? state.file : null;
  });
  protected readonly clear = injectClear(this.cleared);
  protected readonly press = injectKeptFocus(() => this.phase());

  constructor() {
    this.announceArrival();
    effect(() => {
      const state = this.state();
      if (state.phase !== 'running') {
        this.meter = null;
        this.rate.set(null);
        return;
      }
      const now = performance.now();
      this.meter ??= new RateMeter(state.bytes, now);
      this.meter.measure(state.bytes, now);
      untracked(() => this.rate.set(this.meter?.rate ?? null));
    });
  }

  protected save(file: Blob): void {
    saveFile(file, this.transfer().file.name);
  }

  /** Progress isn't read out, but its end is. */
  private announceArrival(): void {
    let before: TransferState['phase'] | null = null;
    effect(() => {
      const { direction, file, state } = this.transfer();
      if (before !== null && before !== 'done' && state.phase === 'done' && direction === 'in') {
        untracked(() => this.announcer.say(this.t('files.announce.done', { file: file.name })));
      }
      before = state.phase;
    });
  }
}
