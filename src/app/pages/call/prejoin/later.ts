import {
  afterRenderEffect,
  ChangeDetectionStrategy,
  Component,
  computed,
  DOCUMENT,
  type ElementRef,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';

import { callTexts } from '../../../i18n/call';
import { I18n, injectTexts } from '../../../i18n/i18n';
import { laterTexts } from '../../../i18n/later';
import { wallTime } from '../../../loading/clock';
import { Announcer } from '../../../ui/announcer';
import { isPressed } from '../../../ui/pressed';
import { ShareLink } from '../../../ui/share-link/share-link';
import { calendarFile, localTime, readTime, suggestedTime, type TimeMistake } from './calendar-entry';
import { callLink } from '../call-link';
import { SAVE_FILE } from '../files/save-file';
import { shareWords } from '../share-words';

/** Durations to choose from, and the one selected at first, in minutes. */
const LENGTHS: readonly number[] = [15, 30, 45, 60, 90, 120];
const USUAL = 60;
/** How long before the call a calendar reminds of it, in minutes. */
const REMINDER = 10;

/** Shares the link of a call that nobody has started, and saves it as a calendar file. Nothing is sent anywhere. */
@Component({
  selector: 'parley-later',
  imports: [MatButton, ShareLink],
  templateUrl: './later.html',
  styleUrls: ['../devices/device-picker.scss', './later.scss'],
  host: { '(keydown)': 'press($event)' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Later {
  readonly code = input.required<string>();

  protected readonly t = injectTexts(laterTexts);
  private readonly i18n = inject(I18n);
  private readonly announcer = inject(Announcer);
  private readonly saveFile = inject(SAVE_FILE);
  private readonly origin = inject(DOCUMENT).location.origin;
  private readonly start = viewChild.required<ElementRef<HTMLInputElement>>('start');
  private readonly length = viewChild.required<ElementRef<HTMLSelectElement>>('length');

  protected readonly link = computed(() => callLink(this.origin, this.code()));
  protected readonly words = shareWords(injectTexts(callTexts));
  protected readonly usual = USUAL;
  protected readonly suggested = localTime(suggestedTime(wallTime()));
  protected readonly lengths = computed(() => {
    const tag = this.i18n.tag();
    const format = (value: number, unit: 'minute' | 'hour') =>
      new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
    return LENGTHS.map((minutes) => ({
      minutes,
      words: minutes % 60 === 0 ? format(minutes / 60, 'hour') : format(minutes, 'minute'),
    }));
  });
  protected readonly mistake = signal<TimeMistake | null>(null);
  protected readonly saved = signal(false);
  /** Saving again, with another time, revises the same event. */
  private readonly uid = crypto.randomUUID();
  private sequence = 0;
  private readonly note = viewChild<ElementRef<HTMLElement>>('note');

  constructor() {
    afterRenderEffect(() => this.note()?.nativeElement.scrollIntoView({ block: 'nearest' }));
  }

  protected save(): void {
    const box = this.start().nativeElement;
    const now = wallTime();
    const read = readTime(box.value, now);
    this.saved.set(false);
    if ('mistake' in read) {
      this.mistake.set(read.mistake);
      box.focus();
      return;
    }
    this.mistake.set(null);
    const text = calendarFile({
      uid: this.uid,
      sequence: this.sequence++,
      written: now,
      start: read.time,
      minutes: Number(this.length().nativeElement.value),
      title: this.t('title'),
      description: `${this.t('description')}\n${this.link()}`,
      url: this.link(),
      reminderMinutes: REMINDER,
    });
    this.saveFile(
      new Blob([text], { type: 'text/calendar;charset=utf-8' }),
      `parley-call-${box.value.slice(0, 10)}.ics`,
    );
    this.saved.set(true);
    this.announcer.say(this.t('saved'));
  }

  /** Enter in a box must not start the call. */
  protected press(event: KeyboardEvent): void {
    if (!(event.target instanceof HTMLInputElement) || !isPressed(event, 'Enter')) return;
    event.preventDefault();
    if (event.target === this.start().nativeElement) this.save();
  }
}
