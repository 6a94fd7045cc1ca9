import { inject } from '@angular/core';

import { callTexts } from '../../i18n/call';
import { I18n, injectTexts } from '../../i18n/i18n';

/** Number of entries in a list of names for a sentence on a phone. */
const FEW = 2;

/** The names that a list of at most `most` entries has, and the number of people it only counts: none, or at least two. */
export const named = (
  names: readonly string[],
  most: number,
): { readonly shown: readonly string[]; readonly more: number } => {
  if (names.length <= most) return { shown: names, more: 0 };
  const shown = names.slice(0, Math.max(1, most - 1));
  return { shown, more: names.length - shown.length };
};

/**
 * Returns what lists people in a sentence, such as "Ada and 3 others", with at most `most` entries. An empty name is that of a
 * guest. Must be called in an injection context.
 */
export const injectPeopleWords = (): ((names: readonly string[], most?: number) => string) => {
  const t = injectTexts(callTexts);
  const i18n = inject(I18n);
  return (names, most = FEW) => {
    const { shown, more } = named(names, most);
    const entries = shown.map((name) => name || t('guest'));
    return i18n.list(more > 0 ? [...entries, t('others', { count: more })] : entries);
  };
};
