import { ChangeDetectionStrategy, Component, input } from '@angular/core';

import { Icon, IconPath } from '../icon/icon';

/**
 * A whole page that says what happened and what to do next: ended, failed, not found.
 *
 * Paragraphs with advice are projected as they are; buttons and links need the attribute `action`.
 *
 *     <parley-message-page [icon]="icons.linkOff" [heading]="t('…')" [what]="t('…')">
 *       <p>{{ t('…') }}</p>
 *       <a action class="button filled" routerLink="/">{{ t('…') }}</a>
 *     </parley-message-page>
 */
@Component({
  selector: 'parley-message-page',
  imports: [Icon],
  templateUrl: './message-page.html',
  styleUrl: './message-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MessagePage {
  readonly icon = input.required<IconPath>();
  readonly heading = input.required<string>();
  /** What happened, in one sentence. */
  readonly what = input.required<string>();
  /** `calm` for an intended end, `problem` for an unintended one. */
  readonly mood = input<'calm' | 'problem'>('calm');
}
