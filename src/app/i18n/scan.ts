import { scanEn } from './scan.en';
import { Texts } from './texts';

/** The texts of scanning a QR code. Loaded where the browser can read one. */
export const scanTexts: Texts<typeof scanEn> = {
  en: scanEn,
  zh: () => import('./scan.zh').then(({ scanZh }) => scanZh),
};
