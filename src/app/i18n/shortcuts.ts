import { shortcutsEn } from './shortcuts.en';
import { Texts } from './texts';

/** What the keys do. Loaded with the list of them. */
export const shortcutsTexts: Texts<typeof shortcutsEn> = {
  en: shortcutsEn,
  zh: () => import('./shortcuts.zh').then(({ shortcutsZh }) => shortcutsZh),
};
