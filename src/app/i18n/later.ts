import { laterEn } from './later.en';
import { Texts } from './texts';

/** The texts of sharing a call for later. Loaded when the person wants to. */
export const laterTexts: Texts<typeof laterEn> = {
  en: laterEn,
  zh: () => import('./later.zh').then(({ laterZh }) => laterZh),
};
