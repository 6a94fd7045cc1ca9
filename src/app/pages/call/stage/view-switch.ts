import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

import { crowdTexts } from '../../../i18n/crowd';
import { injectTexts } from '../../../i18n/i18n';
import { gridViewIcon, speakerViewIcon } from '../../../ui/icon/crowd-icons';
import { Icon } from '../../../ui/icon/icon';
import type { Crowd } from './crowd';

/** Switches between the grid and the speaker view; its name says to which. */
@Component({
  selector: 'parley-view-switch',
  imports: [Icon],
  template: `
    <button
      type="button"
      aria-keyshortcuts="v"
      [attr.aria-label]="words()"
      [title]="words()"
      (click)="crowd().act('view')"
    >
      <parley-icon [path]="crowd().isGrid() ? icons.speaker : icons.grid" />
    </button>
  `,
  styles: `
    :host {
      display: contents;
    }
    button {
      display: grid;
      place-items: center;
      inline-size: 2.75rem;
      block-size: 2.75rem;
      /* The bar stays as low as its text. */
      margin-block: -0.375rem;
      padding: 0;
      border: 0;
      border-radius: 50%;
      background: none;
      color: inherit;
      cursor: pointer;
    }
    button:hover {
      background: #333531;
    }
    parley-icon {
      inline-size: 1.25rem;
      block-size: 1.25rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ViewSwitch {
  readonly crowd = input.required<Crowd>();

  private readonly t = injectTexts(crowdTexts);
  protected readonly icons = { grid: gridViewIcon, speaker: speakerViewIcon };
  protected readonly words = computed(() => this.t(this.crowd().isGrid() ? 'speaker' : 'grid'));
}
