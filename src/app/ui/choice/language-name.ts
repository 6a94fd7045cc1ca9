import type { Language } from '../../i18n/texts';

/** Each language in its own words, for people who can't read the other one. */
export const languageName: Readonly<Record<Language, string>> = { en: 'English', zh: '简体中文' };
