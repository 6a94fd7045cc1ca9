import { filesEn } from './files.en';
import { Texts } from './texts';

/** The texts of the panel of files. Loaded with it. */
export const filesTexts: Texts<typeof filesEn> = {
  en: filesEn,
  zh: () => import('./files.zh').then(({ filesZh }) => filesZh),
};
