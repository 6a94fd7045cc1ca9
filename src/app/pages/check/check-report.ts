import { masked } from '../../doctor/masked';
import type { checkEn } from '../../i18n/check.en';
import type { Translate } from '../../i18n/texts';
import type { CheckRow } from './check-rows';

/** Contents of a report. */
export interface ReportParts {
  readonly t: Translate<typeof checkEn>;
  /** Host name of the site. */
  readonly host: string;
  readonly at: Date;
  readonly verdict: readonly string[];
  readonly rows: readonly CheckRow[];
  /** The addresses that servers saw, as `address:port`. */
  readonly mapped: readonly string[];
  readonly userAgent: string;
}

/** The findings as a text that can be shared: it contains no complete address. */
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
