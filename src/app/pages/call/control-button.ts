import { ChangeDetectionStrategy, Component, input } from '@angular/core';

import { Icon, type IconPath } from '../../ui/icon/icon';

/**
 * A button of the call: an icon with its name below, so that people needn't guess. A toggle button shows by `pressed` whether
 * it is on; its name stays the same. Its content is drawn behind the icon.
 */
@Component({
  selector: 'button[parleyControl]',
  imports: [Icon],
  template: `
    <span class="picture">
      <ng-content />
      <parley-icon [path]="icon()" />
      @if (badge() > 0) {
        <span class="badge" aria-hidden="true" [attr.data-count]="badge() > 99 ? '99+' : badge()"></span>
      }
    </span>
    <span class="label">{{ label() }}</span>
  `,
  styleUrl: './control-button.scss',
  host: {
    type: 'button',
    '[attr.aria-pressed]': 'pressed()',
    '[class.off]': '(pressed() === false || blocked()) && tone() === "input"',
    '[class.on]': 'pressed() === true && tone() === "panel"',
    '[class.end]': 'tone() === "end"',
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ControlButton {
  readonly icon = input.required<IconPath>();
  readonly label = input.required<string>();
  /** `null` for a button that isn't a toggle. */
  readonly pressed = input<boolean | null>(null);
  /** It is on, but nothing gets through. Tell screen readers why in a description. */
  readonly blocked = input(false);
  /** Number of things waiting. Tell it to screen readers in a description. */
  readonly badge = input(0);
  /** `input` warns when off, `panel` stands out when on, `end` ends the call. */
  readonly tone = input<'input' | 'panel' | 'end'>('panel');
}
