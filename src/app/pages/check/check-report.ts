import { masked } from '../../doctor/masked';
import type { checkEn } from '../../i18n/check.en';
import type { Translate } from '../../i18n/texts';
import type { CheckRow } from './check-rows';

/** What a report is made of. */
export interface ReportParts {
  readonly t: Translate<typeof checkEn>;
  /** Where the site is. */
  readonly host: string;
  readonly at: Date;
  readonly verdict: readonly string[];
  readonly rows: readonly CheckRow[];
  /** What servers saw, `address:port`. */
  readonly mapped: readonly string[];
  readonly userAgent: string;
}

/** The findings as text, to show to somebody: no address is whole in it. */
export function checkReport({ t, host, at, verdict, rows, mapped, userAgent }: ReportParts): string {
  const lines = rows.flatMap(({ name, which, state, found }) => [
    `[${t(`state.${state}`)}] ${which ? `${name}, ${which}` : name}: ${found}`,
  ]);
  const seen = mapped.length > 0 ? [`NAT: ${mapped.map(masked).join(', ')}`] : [];
  return masked(
    [
      t('report.title', { host }),
      at.toISOString(),
      '',
      ...verdict,
      '',
      ...lines,
      ...seen,
      '',
      userAgent,
    ].join('\n'),
  );
}
