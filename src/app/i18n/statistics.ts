import { statisticsEn } from './statistics.en';
import { Texts } from './texts';

/** The texts of the statistics of a call. Loaded with their panel. */
export const statisticsTexts: Texts<typeof statisticsEn> = {
  en: statisticsEn,
  zh: () => import('./statistics.zh').then(({ statisticsZh }) => statisticsZh),
};
