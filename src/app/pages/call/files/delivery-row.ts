import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { Files } from '../../../files/files';
import { isOver, type Transfer } from '../../../files/transfer';
import { filesTexts } from '../../../i18n/files';
import { injectTexts } from '../../../i18n/i18n';
import { injectTransferWords, shareOf } from './transfer-words';

/** One receiver of a file that is offered to several. */
@Component({
  selector: '[parleyDeliveryRow]',
  imports: [MatButton],
  template: `
    <p class="name">
      <bdi>{{ name() }}</bdi>
    </p>
    <p class="status">{{ status() }}</p>
    @if (percent(); as percent) {
      <div
        role="progressbar"
        aria-valuemin="0"
        aria-valuemax="100"
        [attr.aria-label]="t('files.progressTo', { file: transfer().file.name, name: name() })"
        [attr.aria-valuenow]="percent.value"
        [attr.aria-valuetext]="status()"
      >
        <div class="bar" [style.inline-size.%]="percent.value"></div>
      </div>
    }
    @if (!over()) {
      <button
        type="button"
        matButton
        [attr.aria-label]="t('files.cancelFor', { name: name() })"
        (click)="files.cancel(transfer().key)"
      >
        {{ t('files.cancel') }}
      </button>
    }
  `,
  styleUrls: ['./file-parts.scss', './delivery-row.scss'],
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DeliveryRow {
  readonly transfer = input.required<Transfer>();

  protected readonly t = injectTexts(filesTexts);
  private readonly words = injectTransferWords();
  protected readonly files = inject(Files);

  protected readonly name = computed(() => this.words.nameOf(this.transfer()));
  protected readonly over = computed(() => isOver(this.transfer().state));
  protected readonly status = computed(() => this.words.briefStatus(this.transfer()));
  /** Null if that doesn't apply. */
  protected readonly percent = computed(() => {
    const { state, file } = this.transfer();
    return 'bytes' in state ? { value: Math.round(shareOf(state.bytes, file.size) * 100) } : null;
  });
}
