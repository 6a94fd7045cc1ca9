import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/** Shows a sound level. */
@Component({
  selector: 'parley-level-meter',
  template: `<div class="track">
    <div class="bar" [style.transform]="'scaleX(' + level() + ')'"></div>
  </div>`,
  styles: `
    .track {
      block-size: 0.5rem;
      border-radius: 0.25rem;
      background: var(--mat-sys-surface-container-highest);
      overflow: hidden;
    }
    .bar {
      block-size: 100%;
      background: var(--mat-sys-primary);
      transform-origin: 0 50%;
      transition: transform 80ms linear;

      &:dir(rtl) {
        transform-origin: 100% 50%;
      }
    }
  `,
  host: {
    role: 'meter',
    'aria-valuemin': '0',
    'aria-valuemax': '100',
    '[attr.aria-label]': 'label()',
    '[attr.aria-valuenow]': 'percent()',
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LevelMeter {
  /** 0…1. */
  readonly level = input.required<number>();
  /** Accessible name: what the level belongs to. */
  readonly label = input.required<string>();

  protected readonly percent = computed(() => Math.round(this.level() * 100));
}
