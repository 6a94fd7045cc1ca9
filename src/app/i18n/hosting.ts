import { hostingEn } from './hosting.en';
import { Texts } from './texts';

/** The texts of the list of members and of what the host may do. Loaded with the parts that show them. */
export const hostingTexts: Texts<typeof hostingEn> = {
  en: hostingEn,
  zh: () => import('./hosting.zh').then(({ hostingZh }) => hostingZh),
};
