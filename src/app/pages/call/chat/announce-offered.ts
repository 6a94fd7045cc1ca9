import { computed, effect, inject, type Signal, untracked } from '@angular/core';

import type { Offering } from '../../../files/offering';
import { filesTexts } from '../../../i18n/files';
import { I18n, injectTexts } from '../../../i18n/i18n';
import { Announcer } from '../../../ui/announcer';
import { injectPeopleWords } from '../people-words';

/**
 * Announces the files that the person offers while the chat is open: the log leaves files out. Must be called in an injection
 * context.
 *
 * @param receivers the other members who are in the call now
 */
export const announceOffered = (
  offered: Signal<readonly Offering[]>,
  receivers: Signal<readonly unknown[]>,
): void => {
  const t = injectTexts(filesTexts);
  const i18n = inject(I18n);
  const peopleWords = injectPeopleWords();
  const announcer = inject(Announcer);
  const words = (fresh: readonly Offering[]): string => {
    const [{ file, transfers }] = fresh as [Offering];
    const values = { file: file.name, count: fresh.length };
    const form = i18n.plural(fresh.length);
    if (transfers.length >= receivers().length) return t(`files.announce.offered.${form}`, values);
    const name = peopleWords(transfers.map((one) => one.name));
    return t(`files.announce.offeredTo.${form}`, { ...values, name });
  };
  const outgoing = computed(() => offered().filter(({ direction }) => direction === 'out'));
  let known = new Set(untracked(outgoing).map(({ key }) => key));
  effect(() => {
    const now = outgoing();
    const fresh = now.filter(({ key }) => !known.has(key));
    known = new Set(now.map(({ key }) => key));
    if (fresh.length > 0) untracked(() => announcer.say(words(fresh)));
  });
};
