import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

import { crowdTexts } from '../../../i18n/crowd';
import { injectTexts } from '../../../i18n/i18n';
import { pushPinIcon } from '../../../ui/icon/crowd-icons';
import { Icon } from '../../../ui/icon/icon';
import type { Crowd } from './crowd';

/**
 * On a tile: makes it large, and keeps it so. A pinned tile always shows the button, the others to a mouse over the tile, to the
 * keyboard, and on a touch screen after a tap on the tile.
 */
@Component({
  selector: 'parley-pin',
  imports: [Icon],
  template: `
    <button
      type="button"
      [class.pinned]="isPinned()"
      [attr.aria-label]="words()"
      [title]="words()"
      (click)="crowd().togglePin(key())"
    >
      <parley-icon [path]="icon" />
    </button>
  `,
  styles: `
    :host {
      display: contents;
    }
    button {
      position: absolute;
      inset-block-start: 0;
      inset-inline-start: 0;
      display: grid;
      place-items: center;
      inline-size: 2.75rem;
      block-size: 2.75rem;
      padding: 0;
      border: 0;
      border-radius: 50%;
      background: var(--parley-scrim);
      color: inherit;
      cursor: pointer;
    }
    .pinned {
      background: #86d5c4;
      color: #00382f;
    }
    button:not(.pinned) {
      opacity: 0;
    }
    :host-context(article:hover) button,
    button:focus-visible {
      opacity: 1;
    }
    /* The first tap on a touch screen must not press what can't be seen. */
    @media (hover: none) {
      :host-context(article:not(:hover)) button:not(.pinned, :focus-visible) {
        pointer-events: none;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PinButton {
  readonly crowd = input.required<Crowd>();
  /** What it pins: a member or a screen. */
  readonly key = input.required<string>();

  private readonly t = injectTexts(crowdTexts);
  protected readonly icon = pushPinIcon;
  protected readonly isPinned = computed(() => this.crowd().pinned() === this.key());
  protected readonly words = computed(() => {
    const name = this.crowd().names().get(this.key()) ?? '';
    return this.t(this.isPinned() ? 'unpin' : 'pin', { name });
  });
}
