import { Texts } from './texts';
import { troublesEn } from './troubles.en';

/** Why a microphone or camera doesn't work, and what to do. Loaded when one doesn't. */
export const troublesTexts: Texts<typeof troublesEn> = {
  en: troublesEn,
  zh: () => import('./troubles.zh').then(({ troublesZh }) => troublesZh),
};
