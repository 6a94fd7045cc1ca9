import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  inject,
  input,
  output,
} from '@angular/core';
import { MatButton } from '@angular/material/button';

import { callTexts } from '../../../i18n/call';
import { filesTexts } from '../../../i18n/files';
import { injectTexts } from '../../../i18n/i18n';
import type { Receiver } from './receiver';

/** Asks whom files are for: everyone, the first and focused choice, or one member. */
@Component({
  selector: 'parley-receiver-picker',
  imports: [MatButton],
  template: `
    <p>{{ t('files.whom') }}</p>
    <button type="button" matButton="tonal" (click)="chosen.emit(null)">{{ t('files.everyone') }}</button>
    @for (other of others(); track other.session) {
      <button
        type="button"
        matButton="outlined"
        (click)="chosen.emit({ session: other.session, name: other.name })"
      >
        <bdi>{{ other.name || callT('guest') }}</bdi>
      </button>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.5rem;
      max-block-size: min(10rem, 30dvh);
      padding: 0.25rem 0.5rem 0.5rem;
      overflow: auto;
      overscroll-behavior: contain;
    }
    p {
      flex: 1 0 100%;
      margin: 0;
    }
    button {
      max-inline-size: 100%;
    }
    bdi {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
  `,
  host: { role: 'group', '[attr.aria-label]': "t('files.whom')" },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ReceiverPicker {
  readonly others = input.required<readonly Receiver[]>();
  /** Null: everyone. */
  readonly chosen = output<Receiver | null>();

  protected readonly t = injectTexts(filesTexts);
  protected readonly callT = injectTexts(callTexts);

  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    afterNextRender(() => host.querySelector('button')?.focus());
  }
}
