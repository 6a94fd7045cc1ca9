import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { combineLatest, map, of, startWith, switchMap } from 'rxjs';

import { Call } from '../../../call/call';
import type { LinkStatistics } from '../../../call/call-statistics';
import { callTexts } from '../../../i18n/call';
import { I18n, injectTexts } from '../../../i18n/i18n';
import { statisticsTexts } from '../../../i18n/statistics';
import type { MemberView } from '../stage/member-view';
import { Figures, sumOf, totalBitRate } from './figures';
import { MemberStatistics } from './member-statistics';
import { pathKind } from './path-kind';

/** The links to several members, a line each, and what they send and receive together. A press shows all figures of one. */
@Component({
  selector: 'parley-link-list',
  imports: [MemberStatistics],
  templateUrl: './link-list.html',
  styleUrl: './link-list.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LinkList {
  readonly others = input.required<readonly MemberView[]>();

  protected readonly t = injectTexts(statisticsTexts);
  private readonly callT = injectTexts(callTexts);
  private readonly i18n = inject(I18n);
  private readonly call = inject(Call);
  /** Session of the member whose figures are shown; null for none. */
  protected readonly chosen = signal<string | null>(null);

  private readonly sessions = computed(() => this.others().map(({ session }) => session), {
    equal: (a, b) => a.length === b.length && a.every((session, index) => session === b[index]),
  });
  private readonly latest = toSignal(
    toObservable(this.sessions).pipe(
      switchMap((sessions) =>
        sessions.length > 0 ? combineLatest(sessions.map((one) => this.of$(one))) : of([]),
      ),
    ),
    { initialValue: [] },
  );
  private readonly figures = computed(() => new Figures(this.i18n.tag()));
  protected readonly totals = computed(() =>
    (['sent', 'received'] as const).map((direction) => ({
      direction,
      rate: this.figures().bitRate(
        sumOf(this.latest().map(({ now }) => (now ? totalBitRate(now[direction]) : null))),
      ),
    })),
  );
  protected readonly rows = computed(() => {
    const latest = new Map(this.latest().map(({ session, now }) => [session, now]));
    return this.others().map(({ session, name, status }) => {
      const now = latest.get(session) ?? null;
      const state = status === 'connected' ? this.pathOf(now) : this.callT(`tile.${status}`);
      return { session, name, state, ...this.ratesOf(now) };
    });
  });

  protected choose(session: string): void {
    this.chosen.update((before) => (before === session ? null : session));
  }

  private of$(session: string) {
    return this.call.statistics$(session).pipe(
      startWith(null),
      map((now) => ({ session, now })),
    );
  }

  private pathOf(now: LinkStatistics | null): string {
    return now?.local && now.remote ? this.t(`path.${pathKind(now.local, now.remote)}`) : this.t('unknown');
  }

  private ratesOf(now: LinkStatistics | null) {
    const figures = this.figures();
    return {
      sent: figures.bitRate(now && totalBitRate(now.sent)),
      received: figures.bitRate(now && totalBitRate(now.received)),
      roundTrip: figures.time(now?.roundTripTime ?? null),
    };
  }
}
