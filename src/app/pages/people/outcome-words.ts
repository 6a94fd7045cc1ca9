import { injectTexts } from '../../i18n/i18n';
import { peopleTexts } from '../../i18n/people';
import { peopleEn } from '../../i18n/people.en';
import type { OutgoingRing, RingOutcome } from '../../people/people';
import { injectOnline } from '../../ui/online';

/** The outcome as it is shown. */
type Told = RingOutcome | 'unanswered';
/** Outcomes that have a second sentence. */
type Explained = {
  [K in Told]: `out.${K}.todo` extends keyof typeof peopleEn ? K : never;
}[Told];
const isExplained = (outcome: Told): outcome is Explained => `out.${outcome}.todo` in peopleEn;

/** The text of an outgoing ring. */
export interface OutcomeWords {
  /** That it rings, or how it ended. */
  readonly heading: string;
  /** What to do about it; null if there is nothing to do. */
  readonly todo: string | null;
}

/**
 * Texts of outgoing rings, in the current language. Reads signals. A text says offline only while the browser says so. Must be
 * called in an injection context.
 */
export const injectOutcomeWords = (): ((ring: OutgoingRing) => OutcomeWords) => {
  const t = injectTexts(peopleTexts);
  const online = injectOnline();
  const heading = (outcome: Told, name: string): string => {
    switch (outcome) {
      case 'ringing':
        return t('out.title', { name });
      case 'cancelled':
      case 'offline':
      case 'unanswered':
        return t(`out.${outcome}`);
      default:
        return t(`out.${outcome}`, { name });
    }
  };
  return ({ outcome, to }) => {
    const told = outcome === 'offline' && online() ? 'unanswered' : outcome;
    return {
      heading: heading(told, to.name || t('guest')),
      todo: isExplained(told) ? t(`out.${told}.todo`) : null,
    };
  };
};
