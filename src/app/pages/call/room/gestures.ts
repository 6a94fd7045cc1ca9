import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';

import { reactionEmoji, type ReactionEmoji } from '../../../activity/reactions';
import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { backHandIcon } from '../../../ui/icon/call-icons';
import { Icon } from '../../../ui/icon/icon';

/** Raises the hand, and sends reactions. */
@Component({
  selector: 'parley-gestures',
  imports: [Icon],
  template: `
    <div role="group" class="reactions" [attr.aria-label]="t('reactions.label')">
      @for (emoji of emojis; track emoji) {
        <button type="button" (click)="reacted.emit(emoji)">{{ emoji }}</button>
      }
    </div>
    <button
      type="button"
      class="hand"
      aria-keyshortcuts="h"
      [class.up]="hand()"
      (click)="raised.emit(!hand())"
    >
      <parley-icon [path]="icon" />
      {{ t(hand() ? 'hand.lower' : 'hand.raise') }}
    </button>
  `,
  styleUrl: './gestures.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Gestures {
  readonly hand = input.required<boolean>();
  readonly raised = output<boolean>();
  readonly reacted = output<ReactionEmoji>();

  protected readonly t = injectTexts(callTexts);
  protected readonly emojis = reactionEmoji;
  protected readonly icon = backHandIcon;
}
