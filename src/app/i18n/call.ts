import { callEn } from './call.en';
import { Texts } from './texts';

/** The texts of the call's pages. Loaded with them. */
export const callTexts: Texts<typeof callEn> = {
  en: callEn,
  zh: () => import('./call.zh').then(({ callZh }) => callZh),
};
