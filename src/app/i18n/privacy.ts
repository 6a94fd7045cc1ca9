import { privacyEn } from './privacy.en';
import { Texts } from './texts';

/** The texts of who can see what in a call. Loaded with their panel. */
export const privacyTexts: Texts<typeof privacyEn> = {
  en: privacyEn,
  zh: () => import('./privacy.zh').then(({ privacyZh }) => privacyZh),
};
