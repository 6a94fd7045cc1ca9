import { injectTexts } from '../../i18n/i18n';
import { peopleTexts } from '../../i18n/people';
import { isRefusal, signInTexts } from '../../i18n/sign-in';
import type { PeopleReason } from '../../people/people';
import { injectOnline } from '../../ui/online';

/** Why a lobby can't be used, and what to do about it, one sentence each. */
export interface TroubleWords {
  readonly why: string;
  readonly todo: string;
}

/**
 * Texts for problems, in the current language. Reads signals. A text says offline only while the browser says so.
 *
 * @param retried whether the app retries by itself when a request gets no answer
 */
export const injectTroubleWords = (retried: boolean): ((reason: PeopleReason) => TroubleWords) => {
  const t = injectTexts(peopleTexts);
  const signIn = injectTexts(signInTexts);
  const online = injectOnline();
  return (reason) => {
    if (isRefusal(reason)) {
      return { why: signIn('sentence', { text: signIn(`${reason}.what`) }), todo: signIn(`${reason}.todo`) };
    }
    if (reason === 'offline' && online()) {
      const todo = retried ? 'todo.unreachable' : 'todo.unreachable.again';
      return { why: t('why.unreachable'), todo: t(todo) };
    }
    return { why: t(`why.${reason}`), todo: t(`todo.${reason}`) };
  };
};
