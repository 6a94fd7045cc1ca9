import { ChangeDetectionStrategy, Component, input } from '@angular/core';

import type { Reaction } from '../../../activity/reactions';

/** Emoji that rise beside a name and fade. Announced to screen readers elsewhere, once. */
@Component({
  selector: 'parley-tile-reactions',
  template: `
    @for (reaction of reactions(); track reaction.id) {
      <span>{{ reaction.emoji }}</span>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex: 1;
      block-size: 1.625rem;
      min-inline-size: 0;
      justify-content: flex-end;
    }
    span {
      font-size: 1.375rem;
      line-height: 1.625rem;
      animation: fade 4s both;
    }
    @media (prefers-reduced-motion: no-preference) {
      span {
        animation-name: rise;
      }
    }
    @keyframes fade {
      0%,
      100% {
        opacity: 0;
      }
      10%,
      80% {
        opacity: 1;
      }
    }
    @keyframes rise {
      0% {
        opacity: 0;
        transform: translateY(60%) scale(0.6);
      }
      10% {
        opacity: 1;
        transform: scale(1.15);
      }
      20%,
      75% {
        opacity: 1;
        transform: none;
      }
      100% {
        opacity: 0;
        transform: translateY(-40%);
      }
    }
  `,
  host: { 'aria-hidden': 'true' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TileReactions {
  readonly reactions = input.required<readonly Reaction[]>();
}
