import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';

import { Call } from '../../../call/call';
import { statisticsTexts } from '../../../i18n/statistics';
import { injectTexts } from '../../../i18n/i18n';
import { DebugLog } from '../../../ui/debug-log/debug-log';
import { LinkList } from './link-list';
import { MemberStatistics } from './member-statistics';
import type { MemberView } from '../stage/member-view';

/** Figures of every link, and the number of Firestore operations of the call. */
@Component({
  selector: 'parley-statistics-panel',
  imports: [DebugLog, LinkList, MemberStatistics],
  templateUrl: './statistics-panel.html',
  styleUrl: './statistics-panel.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class StatisticsPanel {
  readonly others = input.required<readonly MemberView[]>();

  protected readonly t = injectTexts(statisticsTexts);
  protected readonly operations = ['writes', 'reads', 'deletes'] as const;
  protected readonly cost = toSignal(inject(Call).cost$, {
    initialValue: { writes: 0, reads: 0, deletes: 0 },
  });
}
