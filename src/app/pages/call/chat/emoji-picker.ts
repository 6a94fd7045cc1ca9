import { ChangeDetectionStrategy, Component, ElementRef, inject, output, signal } from '@angular/core';

import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';

/** The most used emoji by the Unicode Consortium's count, and a few that suit calls. */
const emojis = [
  ...['😀', '😂', '🤣', '😊', '😍', '🥰', '😘', '😎', '😉', '🙂', '🙃', '😅', '🤔', '😏', '😴', '😭'],
  ...['😢', '😡', '😱', '😮', '🤯', '🥳', '🤗', '🙄', '👍', '👎', '👏', '🙏', '💪', '👋', '✌️', '👌'],
  ...['❤️', '💔', '🔥', '✨', '🎉', '💯', '✅', '❌', '⏰', '☕', '🍀', '🌞', '🌧️', '🐱', '🐶', '🎵'],
];

/** A grid of emoji to choose from. One tab stop; arrow keys move within it. */
@Component({
  selector: 'parley-emoji-picker',
  template: `@for (emoji of emojis; track emoji) {
    <button
      type="button"
      [tabindex]="$index === active() ? 0 : -1"
      (focus)="active.set($index)"
      (click)="chosen.emit(emoji)"
    >
      {{ emoji }}
    </button>
  }`,
  styles: `
    :host {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(2.75rem, 1fr));
      max-block-size: min(8.5rem, 25dvh);
      overflow: auto;
      overscroll-behavior: contain;
    }
    button {
      min-block-size: 2.75rem;
      padding: 0;
      border: 0;
      border-radius: 0.75rem;
      background: none;
      font-size: 1.375rem;
      line-height: 1;
      cursor: pointer;
    }
    button:hover {
      background: var(--mat-sys-surface-container-highest);
    }
    button:focus-visible {
      outline-offset: -3px;
    }
  `,
  host: {
    role: 'group',
    '[attr.aria-label]': "t('chat.emoji')",
    '(keydown)': 'walk($event)',
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EmojiPicker {
  readonly chosen = output<string>();

  protected readonly t = injectTexts(callTexts);
  protected readonly emojis = emojis;
  protected readonly active = signal(0);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  protected walk(event: KeyboardEvent): void {
    const columns = getComputedStyle(this.host).gridTemplateColumns.split(' ').length;
    const last = emojis.length - 1;
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: columns,
      ArrowUp: -columns,
      Home: -last,
      End: last,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const to = Math.min(last, Math.max(0, this.active() + step));
    this.host.querySelectorAll('button')[to]?.focus();
  }
}
