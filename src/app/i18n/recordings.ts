import { recordingsEn } from './recordings.en';
import { Texts } from './texts';

/** The texts about recordings that an earlier visit has left. Loaded when there is one. */
export const recordingsTexts: Texts<typeof recordingsEn> = {
  en: recordingsEn,
  zh: () => import('./recordings.zh').then(({ recordingsZh }) => recordingsZh),
};
