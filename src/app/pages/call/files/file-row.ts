import {
  ChangeDetectionStrategy,
  Component,
  DOCUMENT,
  ElementRef,
  afterRenderEffect,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { MatButton } from '@angular/material/button';

import { MEMORY_LIMIT } from '../../../files/file-limits';
import { Files } from '../../../files/files';
import { RateMeter } from '../../../files/pace';
import type { Transfer, TransferState } from '../../../files/transfer';
import { filesTexts } from '../../../i18n/files';
import { I18n, injectTexts } from '../../../i18n/i18n';
import { Announcer } from '../../../ui/announcer';
import { byteWords, timeWords } from './byte-words';
import { saveFile } from './save-file';

/** A file: its description, its progress, and the available actions. */
@Component({
  selector: '[parleyFileRow]',
  imports: [MatButton],
  templateUrl: './file-row.html',
  styleUrl: './file-row.scss',
  host: { tabindex: '-1', '[attr.data-phase]': 'phase()', '(click)': 'pressed = true' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FileRow {
  readonly transfer = input.required<Transfer>();

  protected readonly t = injectTexts(filesTexts);
  private readonly i18n = inject(I18n);
  protected readonly files = inject(Files);
  private readonly announcer = inject(Announcer);
  private readonly rate = signal<number | null>(null);
  private meter: RateMeter | null = null;
  /** The person pressed something here since the buttons were last replaced. */
  protected pressed = false;

  protected readonly state = computed(() => this.transfer().state);
  protected readonly phase = computed(() => this.state().phase);
  /** Bytes transferred so far; null if that doesn't apply. */
  protected readonly bytes = computed(() => {
    const state = this.state();
    return 'bytes' in state ? state.bytes : null;
  });
  protected readonly percent = computed(() => {
    const { size } = this.transfer().file;
    return size === 0 ? 0 : Math.floor(((this.bytes() ?? 0) / size) * 100);
  });
  protected readonly about = computed(() => {
    const { direction, file, name } = this.transfer();
    return this.t(direction === 'in' ? 'files.from' : 'files.to', { size: this.words(file.size), name });
  });
  protected readonly place = computed(() => {
    const { direction, place, state } = this.transfer();
    return direction === 'in' && state.phase === 'offered'
      ? this.t(`files.place.${place}`, { limit: this.words(MEMORY_LIMIT) })
      : null;
  });
  protected readonly status = computed(() => this.statusWords());
  /** The file, if it can still be saved. */
  protected readonly saveable = computed(() => {
    const state = this.state();
    return state.phase === 'done' ? state.file : null;
  });

  constructor() {
    this.announceArrival();
    this.keepFocus();
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

  /** A press replaces the buttons. The focus stays on the row, not on a button that Space, to talk, would press. */
  private keepFocus(): void {
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    const document = inject(DOCUMENT);
    afterRenderEffect(() => {
      this.phase();
      if (this.pressed && document.activeElement === document.body) host.focus({ preventScroll: true });
      this.pressed = false;
    });
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

  private statusWords(): string {
    const { direction, name, file, state } = this.transfer();
    switch (state.phase) {
      case 'offered':
        return direction === 'out' ? this.t('files.unanswered') : '';
      case 'waiting':
        return this.t('files.waiting');
      case 'paused':
        return this.t('files.paused', { bytes: this.words(state.bytes) });
      case 'running': {
        const [bytes, size] = [this.words(state.bytes), this.words(file.size)];
        const rate = this.rate();
        if (!rate) return this.t('files.running', { bytes, size });
        const time = timeWords((file.size - state.bytes) / rate, this.i18n.tag());
        return this.t('files.rate', { bytes, size, rate: this.words(rate), time });
      }
      case 'done':
        return this.t(`files.done.${direction}`);
      case 'ended': {
        const { reason } = state;
        if (reason === 'declined' || reason === 'tampered') {
          return this.t(`files.ended.${reason}.${direction}`, { name });
        }
        return this.t(`files.ended.${reason}`, { name });
      }
    }
  }

  private words(bytes: number): string {
    return byteWords(bytes, this.i18n.tag());
  }
}
