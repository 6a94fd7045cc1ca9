import { messageEn } from './message.en';
import { Texts } from './texts';

/** The texts of the pages that say what happened, instead of a call. Loaded with them. */
export const messageTexts: Texts<typeof messageEn> = {
  en: messageEn,
  zh: () => import('./message.zh').then(({ messageZh }) => messageZh),
};
