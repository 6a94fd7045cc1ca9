import { en } from './en';
import { Texts } from './texts';

/** The texts of everything but the call: home, settings, messages about the app itself. */
export const shellTexts: Texts<typeof en> = { en, zh: () => import('./zh').then(({ zh }) => zh) };
