import { devicesEn } from './devices.en';
import { Texts } from './texts';

/** The texts of the camera and microphone settings. Loaded when the devices are shown. */
export const devicesTexts: Texts<typeof devicesEn> = {
  en: devicesEn,
  zh: () => import('./devices.zh').then(({ devicesZh }) => devicesZh),
};
