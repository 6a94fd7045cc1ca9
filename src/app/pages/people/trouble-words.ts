import { injectTexts } from '../../i18n/i18n';
import { peopleTexts } from '../../i18n/people';
import { isRefusal, signInTexts } from '../../i18n/sign-in';
import type { PeopleReason } from '../../people/people';
import { injectOnline } from '../../ui/online';

/** What keeps from a lobby, and what to do about it, each a sentence. */
export interface TroubleWords {
  readonly why: string;
  readonly todo: string;
}

/**
 * The words of troubles in the present language. Reads signals. A device is said to be offline only while the browser says so.
 *
 * @param retried whether the app tries again by itself what an answer is missing to
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
