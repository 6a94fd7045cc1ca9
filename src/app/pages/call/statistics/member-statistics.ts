import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { scan, switchMap } from 'rxjs';

import { Call } from '../../../call/call';
import type { LinkStatistics } from '../../../call/call-statistics';
import { Ice } from '../../../servers/ice';
import { pathKind } from './path-kind';
import { statisticsTexts } from '../../../i18n/statistics';
import { I18n, injectTexts } from '../../../i18n/i18n';
import { Figures, codecName, remember, totalBitRate, unknown } from './figures';
import { Plot, type PlotSeries } from './plot';

/** Figures of the link to one member, now and over the last minute. */
@Component({
  selector: 'parley-member-statistics',
  imports: [Plot],
  templateUrl: './member-statistics.html',
  styleUrl: './member-statistics.scss',
  host: { role: 'group', '[attr.aria-label]': 'name()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MemberStatistics {
  readonly session = input.required<string>();
  readonly name = input.required<string>();
  /** Whether the name stands above; otherwise something else there names the member. */
  readonly headed = input(true);

  protected readonly t = injectTexts(statisticsTexts);
  private readonly i18n = inject(I18n);
  private readonly call = inject(Call);
  private readonly ice = inject(Ice);
  private readonly history = toSignal(
    toObservable(this.session).pipe(
      switchMap((session) =>
        this.call.statistics$(session).pipe(scan(remember, [] as readonly LinkStatistics[])),
      ),
    ),
    { initialValue: [] },
  );
  private readonly figures = computed(() => new Figures(this.i18n.tag()));
  private readonly now = computed(() => this.history().at(-1) ?? null);

  protected readonly roundTrip = computed(() => this.figures().time(this.now()?.roundTripTime ?? null));
  protected readonly path = computed(() => {
    const { local = null, remote = null, protocol } = this.now() ?? {};
    if (local === null || remote === null) return null;
    const values = { local, remote, protocol: protocol?.toUpperCase() ?? unknown };
    const kind = pathKind(local, remote);
    const reason = kind === 'relay' && this.ice.relayOnly() ? 'hidden' : kind;
    return {
      value: `${this.t(`path.${kind}`)} (${this.t('path.value', values)})`,
      why: this.t(`path.why.${reason}`),
    };
  });
  protected readonly handshake = computed(() => {
    const state = this.now()?.handshake ?? null;
    return state === null ? unknown : this.t(`handshake.${state}`);
  });
  protected readonly refusal = computed(() => {
    const now = this.now();
    return now === null ? unknown : this.t(`refusal.${now.refusal ?? 'none'}`);
  });
  protected readonly dropped = computed(() => this.figures().count(this.now()?.dropped ?? null));
  protected readonly kinds = computed(() => {
    const [sent, received] = [this.now()?.sent, this.now()?.received];
    return (['video', 'audio'] as const).map((kind) => ({
      kind,
      rows: this.rows(kind, sent?.[kind] ?? null, received?.[kind] ?? null),
    }));
  });

  protected readonly times = computed(() => this.history().map(({ at }) => at / 1000));
  protected readonly plots = computed((): readonly { title: string; series: readonly PlotSeries[] }[] => {
    const history = this.history();
    const [sent, received] = [this.t('sent'), this.t('received')];
    const rate = (total: number | null): number | null => (total === null ? null : total / 1000);
    return [
      {
        title: this.t('plot.bitRate'),
        series: [
          { label: sent, values: history.map((moment) => rate(totalBitRate(moment.sent))) },
          { label: received, values: history.map((moment) => rate(totalBitRate(moment.received))) },
        ],
      },
      {
        title: this.t('plot.frameRate'),
        series: [
          { label: sent, values: history.map((moment) => moment.sent.video?.frameRate ?? null) },
          { label: received, values: history.map((moment) => moment.received.video?.frameRate ?? null) },
        ],
      },
      {
        title: this.t('plot.roundTrip'),
        series: [
          {
            label: this.t('roundTrip'),
            values: history.map(({ roundTripTime }) => roundTripTime),
          },
        ],
      },
    ];
  });

  private rows(
    kind: 'audio' | 'video',
    sent: LinkStatistics['sent']['audio'],
    received: LinkStatistics['received']['audio'],
  ) {
    const figures = this.figures();
    const both = (show: (stream: typeof sent) => string) => ({ sent: show(sent), received: show(received) });
    return [
      { label: this.t('codec'), ...both((stream) => codecName(stream?.codec)) },
      ...(kind === 'video'
        ? [
            { label: this.t('resolution'), ...both((stream) => figures.resolution(stream)) },
            {
              label: this.t('frameRate'),
              ...both((stream) => figures.frameRate(stream?.frameRate ?? null)),
            },
          ]
        : []),
      { label: this.t('bitRate'), ...both((stream) => figures.bitRate(stream?.bitRate ?? null)) },
      { label: this.t('loss'), ...both((stream) => figures.loss(stream?.loss ?? null)) },
      { label: this.t('jitter'), ...both((stream) => figures.time(stream?.jitter ?? null)) },
    ];
  }
}
