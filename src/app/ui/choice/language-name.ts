import type { Language } from '../../i18n/texts';

/** Each language in its own words, for whoever can't read the others. */
export const languageName: Readonly<Record<Language, string>> = { en: 'English', zh: '简体中文' };
