import {
  ChangeDetectionStrategy,
  Component,
  afterRenderEffect,
  input,
  output,
  untracked,
  viewChild,
  type ElementRef,
} from '@angular/core';
import { MatIconButton } from '@angular/material/button';

import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { Icon } from '../../../ui/icon/icon';
import { closeIcon } from '../../../ui/icon/icons';

/** A panel beside the people: a column at the side, a sheet at the bottom of a phone. Never covers a person. */
@Component({
  selector: 'section[parleyPanel]',
  imports: [Icon, MatIconButton],
  template: `
    <div class="head">
      <h2 #title id="panel-title" tabindex="-1">{{ heading() }}</h2>
      <button type="button" matIconButton [attr.aria-label]="t('close')" (click)="closed.emit()">
        <parley-icon [path]="icon" />
      </button>
    </div>
    <div class="body" [attr.tabindex]="scrolls() === 'all' ? 0 : null" [class.filled]="scrolls() === 'part'">
      <ng-content />
    </div>
  `,
  styleUrl: './panel.scss',
  host: { 'aria-labelledby': 'panel-title' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Panel {
  readonly heading = input.required<string>();
  /** Topic of the panel: focus moves when it changes, but not when only the language does. */
  readonly subject = input.required<string>();
  /** Whether the person opened it: then it gets the focus. A panel that opens by itself doesn't take the focus away. */
  readonly asked = input(true);
  /** Whether the whole panel scrolls, or a part inside that fills the panel and takes the focus itself. */
  readonly scrolls = input<'all' | 'part'>('all');
  readonly closed = output();

  protected readonly t = injectTexts(callTexts);
  protected readonly icon = closeIcon;
  private readonly title = viewChild.required<ElementRef<HTMLElement>>('title');

  constructor() {
    afterRenderEffect(() => {
      this.subject();
      if (untracked(() => this.asked() && this.scrolls() === 'all')) this.title().nativeElement.focus();
    });
  }
}
