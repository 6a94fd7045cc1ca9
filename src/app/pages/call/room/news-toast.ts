import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
} from '@angular/core';

import { callTexts } from '../../../i18n/call';
import { I18n, injectTexts } from '../../../i18n/i18n';
import { backHandIcon, chatIcon } from '../../../ui/icon/call-icons';
import { Icon } from '../../../ui/icon/icon';
import { isPressed } from '../../../ui/pressed';
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
  private readonly i18n = inject(I18n);
  protected readonly icons = { chat: chatIcon, hand: backHandIcon };
  protected readonly over = signal(false);
  protected readonly focused = signal(false);

  protected readonly title = computed(() => {
    const news = this.news();
    const names = news.names.map((name) => name || this.t('guest'));
    if (news.kind === 'hands') {
      return names.length === 1
        ? this.t('notice.hand', { name: names[0]! })
        : this.t('toast.hands', { names: this.i18n.list(names) });
    }
    return news.count === 1
      ? this.t('toast.message', { name: names[0]! })
      : this.t('toast.messages', { count: news.count, names: this.i18n.list(names) });
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
