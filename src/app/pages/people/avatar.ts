import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/** The first letter of a name, shown beside the name; for sighted people only. */
@Component({
  selector: 'parley-avatar',
  template: `{{ initial() }}`,
  styles: `
    :host {
      display: grid;
      flex: none;
      place-items: center;
      inline-size: 2.75rem;
      block-size: 2.75rem;
      border-radius: 50%;
      background: var(--mat-sys-primary-container);
      color: var(--mat-sys-on-primary-container);
      font: var(--mat-sys-title-medium);
      font-weight: 600;
    }
  `,
  host: { 'aria-hidden': 'true' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Avatar {
  readonly name = input.required<string>();

  protected readonly initial = computed(() => ([...this.name().trim()][0] ?? '').toLocaleUpperCase());
}
