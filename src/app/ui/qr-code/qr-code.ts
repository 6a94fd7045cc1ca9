import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { encode } from 'uqr';

/** The dark modules of a QR code (ISO/IEC 18004) as one path: a run of modules is one rectangle. */
export const modulePath = (rows: readonly (readonly boolean[])[]): string => {
  let path = '';
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      const start = x;
      while (row[x + 1]) x++;
      path += `M${start} ${y}h${x - start + 1}v1H${start}z`;
    }
  });
  return path;
};

/** A QR code, dark on light in every theme, because many readers support nothing else. */
@Component({
  selector: 'parley-qr-code',
  template: `<svg role="img" [attr.aria-label]="label()" [attr.viewBox]="box()" shape-rendering="crispEdges">
    <path [attr.d]="path()" />
  </svg>`,
  styles: `
    :host {
      display: block;
      border-radius: var(--parley-radius);
      background: #fff;
      overflow: hidden;
    }
    svg {
      display: block;
      inline-size: 100%;
      block-size: 100%;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class QrCode {
  readonly text = input.required<string>();
  readonly label = input.required<string>();

  // A quiet zone of four modules, as the standard requires.
  private readonly code = computed(() => encode(this.text(), { ecc: 'M', border: 4 }));
  protected readonly path = computed(() => modulePath(this.code().data));
  protected readonly box = computed(() => `0 0 ${this.code().size} ${this.code().size}`);
}
