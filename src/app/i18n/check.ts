import { checkEn } from './check.en';
import { Texts } from './texts';

/** The texts of the page that examines device and network. Loaded with it. */
export const checkTexts: Texts<typeof checkEn> = {
  en: checkEn,
  zh: () => import('./check.zh').then(({ checkZh }) => checkZh),
};
