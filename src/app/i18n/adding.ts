import { addingEn } from './adding.en';
import { Texts } from './texts';

/** The texts of ringing people into a running call. Loaded when the person wants to. */
export const addingTexts: Texts<typeof addingEn> = {
  en: addingEn,
  zh: () => import('./adding.zh').then(({ addingZh }) => addingZh),
};
