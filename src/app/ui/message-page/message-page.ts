import { ChangeDetectionStrategy, Component, input } from '@angular/core';

import { Icon, IconPath } from '../icon/icon';

/**
 * A whole page that says what happened and what to do next: ended, failed, not found.
 *
 * Paragraphs about what to do are projected as they are; buttons and links with the attribute `action`.
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
  /** What happened, in a sentence. */
  readonly what = input.required<string>();
  /** `calm` for an end that was meant, `problem` for one that was not. */
  readonly mood = input<'calm' | 'problem'>('calm');
}
