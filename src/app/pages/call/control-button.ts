import { ChangeDetectionStrategy, Component, input } from '@angular/core';

import { Icon, type IconPath } from '../../ui/icon/icon';

/**
 * A button of the call: an icon with its label below, so that people needn't guess. A button with `on` says what a press does
 * now, so its label changes and it has no `aria-pressed` (ARIA Authoring Practices, button); one with `pressed` keeps its label.
 * Its content is drawn behind the icon.
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
    '[attr.aria-label]': 'name()',
    '[attr.aria-pressed]': 'pressed()',
    '[attr.data-on]': 'on()',
    '[class.off]': '(on() === false || blocked()) && tone() === "input"',
    '[class.on]': '(pressed() === true || on() === true) && tone() === "panel"',
    '[class.end]': 'tone() === "end"',
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ControlButton {
  readonly icon = input.required<IconPath>();
  readonly label = input.required<string>();
  /** Accessible name, if it says more than the label. It must contain the label (WCAG 2.5.3). */
  readonly name = input<string | null>(null);
  /** Whether what the button starts and stops is on; `null` if it starts nothing. Programs read it from `data-on`. */
  readonly on = input<boolean | null>(null);
  /** `null` for a button that isn't a toggle, or whose label changes. */
  readonly pressed = input<boolean | null>(null);
  /** It is on, but nothing gets through. Tell screen readers why in a description. */
  readonly blocked = input(false);
  /** Number of things waiting. Tell it to screen readers in a description. */
  readonly badge = input(0);
  /** `input` warns when off, `panel` stands out when on, `end` ends the call. */
  readonly tone = input<'input' | 'panel' | 'end'>('panel');
}
