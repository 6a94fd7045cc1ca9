import { ChangeDetectionStrategy, Component, input } from '@angular/core';

/** Path data of an icon in the box of Material Symbols (0 −960 960 960), filled. */
export type IconPath = string;

/**
 * An icon beside a name, hidden from screen readers: its parent carries the name.
 *
 * Takes the path itself, imported from `icons.ts` or `call-icons.ts`, so that a page contains only the icons it shows.
 */
@Component({
  selector: 'parley-icon',
  template: `<svg viewBox="0 -960 960 960" focusable="false">
    <path [attr.d]="path()" fill="currentColor" />
  </svg>`,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
      inline-size: 1.5rem;
      block-size: 1.5rem;
    }
    svg {
      inline-size: 100%;
      block-size: 100%;
    }
  `,
  host: { 'aria-hidden': 'true' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Icon {
  readonly path = input.required<IconPath>();
}
