import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { Files } from '../../../files/files';
import { type Offering, offeringPhase } from '../../../files/offering';
import { isOver } from '../../../files/transfer';
import { filesTexts } from '../../../i18n/files';
import { injectTexts } from '../../../i18n/i18n';
import { DeliveryRow } from './delivery-row';
import { injectClear, injectKeptFocus } from './kept-focus';
import { injectTransferWords } from './transfer-words';

/** A file that this member offers to several others: its description, and how far each of them is. */
@Component({
  selector: '[parleyOfferingRow]',
  imports: [DeliveryRow, MatButton],
  templateUrl: './offering-row.html',
  styleUrls: ['./file-parts.scss', './file-row.scss'],
  host: { tabindex: '-1', '[attr.data-phase]': 'phase()', '(click)': 'press()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class OfferingRow {
  readonly offering = input.required<Offering>();
  /** It was the last card, and was cleared: the focus needs another place. */
  readonly cleared = output();

  protected readonly t = injectTexts(filesTexts);
  private readonly words = injectTransferWords();
  protected readonly files = inject(Files);

  protected readonly phase = computed(() => offeringPhase(this.offering()));
  protected readonly about = computed(() => {
    const { file, transfers } = this.offering();
    return this.t('files.toSeveral', { size: this.words.bytesOf(file.size), count: transfers.length });
  });
  /** Null until the first member has all of it. */
  protected readonly delivered = computed(() => {
    const { transfers } = this.offering();
    const done = transfers.filter(({ state }) => state.phase === 'done').length;
    return done > 0 ? this.t('files.deliveredTo', { done, count: transfers.length }) : null;
  });
  private readonly open = computed(
    () => this.offering().transfers.filter(({ state }) => !isOver(state)).length,
  );
  protected readonly clear = injectClear(this.cleared);
  protected readonly press = injectKeptFocus(() => this.open());
}
