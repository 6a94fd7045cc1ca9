import { crowdEn } from './crowd.en';
import { Texts } from './texts';

/** What a stage with three or more members says. Loaded with the third member. */
export const crowdTexts: Texts<typeof crowdEn> = {
  en: crowdEn,
  zh: () => import('./crowd.zh').then(({ crowdZh }) => crowdZh),
};
