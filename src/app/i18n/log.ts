import { logEn } from './log.en';
import { Texts } from './texts';

/** The texts of the debug log. Loaded with its button. */
export const logTexts: Texts<typeof logEn> = {
  en: logEn,
  zh: () => import('./log.zh').then(({ logZh }) => logZh),
};
