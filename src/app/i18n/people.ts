import { peopleEn } from './people.en';
import { Texts } from './texts';

/** The texts of lobbies, rings, and what is remembered of them. Loaded with them. */
export const peopleTexts: Texts<typeof peopleEn> = {
  en: peopleEn,
  zh: () => import('./people.zh').then(({ peopleZh }) => peopleZh),
};
