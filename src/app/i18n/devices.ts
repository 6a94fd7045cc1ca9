import { devicesEn } from './devices.en';
import { Texts } from './texts';

/** The texts of how picture and sound are tuned. Loaded when somebody looks at their devices. */
export const devicesTexts: Texts<typeof devicesEn> = {
  en: devicesEn,
  zh: () => import('./devices.zh').then(({ devicesZh }) => devicesZh),
};
