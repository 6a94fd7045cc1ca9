import { knockEn } from './knock.en';
import { Texts } from './texts';

/** The texts of asking to join. Loaded with the first knock. */
export const knockTexts: Texts<typeof knockEn> = {
  en: knockEn,
  zh: () => import('./knock.zh').then(({ knockZh }) => knockZh),
};
