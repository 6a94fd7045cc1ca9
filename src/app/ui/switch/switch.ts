import { ChangeDetectionStrategy, Component, input } from '@angular/core';

/** A setting that is on or off, with its name as content. The parent changes it on a click. */
@Component({
  selector: 'button[parleySwitch]',
  template: `
    <span><ng-content /></span>
    <span class="track"><span class="knob"></span></span>
  `,
  styleUrl: './switch.scss',
  host: { type: 'button', role: 'switch', '[attr.aria-checked]': 'on()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Switch {
  readonly on = input.required<boolean>();
}
