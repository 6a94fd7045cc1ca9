import { ChangeDetectionStrategy, Component, computed, effect, input, output, signal } from '@angular/core';

import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { backHandIcon, chatIcon } from '../../../ui/icon/call-icons';
import { Icon } from '../../../ui/icon/icon';
import { isPressed } from '../../../ui/pressed';
import { injectPeopleWords } from '../people-words';
import type { PassingNews } from './passing-news';

/** Display time in ms, counted again after the pointer or the focus has left. */
const TIME = 6_000;

/** Shows a new message or a raised hand for a few seconds. A press opens the panel that has the rest. Announced elsewhere. */
@Component({
  selector: 'parley-news-toast',
  imports: [Icon],
  template: `
    <button type="button" (click)="opened.emit()">
      <parley-icon [path]="news().kind === 'hands' ? icons.hand : icons.chat" />
      <span class="words">
        <strong>{{ title() }}</strong>
        @if (line(); as line) {
          <span class="line" dir="auto">{{ line }}</span>
        }
      </span>
    </button>
  `,
  styleUrl: './news-toast.scss',
  host: {
    '(pointerenter)': 'over.set(true)',
    '(pointerleave)': 'over.set(false)',
    '(focusin)': 'focused.set(true)',
    '(focusout)': 'focused.set(false)',
    '(keydown)': 'press($event)',
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NewsToast {
  readonly news = input.required<PassingNews>();
  readonly opened = output();
  readonly gone = output();

  protected readonly t = injectTexts(callTexts);
  private readonly peopleWords = injectPeopleWords();
  protected readonly icons = { chat: chatIcon, hand: backHandIcon };
  protected readonly over = signal(false);
  protected readonly focused = signal(false);

  protected readonly title = computed(() => {
    const news = this.news();
    const name = this.peopleWords(news.people.map((one) => one.name));
    if (news.kind === 'hands') return this.t('notice.hand', { name });
    return news.count === 1
      ? this.t('toast.message', { name })
      : this.t('toast.messages', { count: news.count, names: name });
  });
  protected readonly line = computed(() => {
    const news = this.news();
    return news.kind === 'messages' ? news.line : null;
  });

  constructor() {
    effect((onCleanup) => {
      this.news();
      if (this.over() || this.focused()) return;
      const timer = setTimeout(() => this.gone.emit(), TIME);
      onCleanup(() => clearTimeout(timer));
    });
  }

  protected press(event: KeyboardEvent): void {
    if (!isPressed(event, 'Escape')) return;
    event.stopPropagation();
    this.gone.emit();
  }
}
