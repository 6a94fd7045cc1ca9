import { injectTexts } from '../../i18n/i18n';
import { messageTexts } from '../../i18n/message';
import { isRefusal, signInTexts } from '../../i18n/sign-in';
import type { MessageKind } from './message';

/** The text of a message. */
export interface MessageWords {
  readonly title: string;
  readonly text: string;
}

/** The texts of messages in the current language. Reads signals. */
export const injectMessageWords = (): ((kind: MessageKind) => MessageWords) => {
  const t = injectTexts(messageTexts);
  const signIn = injectTexts(signInTexts);
  return (kind) =>
    isRefusal(kind)
      ? { title: signIn(`${kind}.what`), text: signIn(`${kind}.todo`) }
      : { title: t(`${kind}.title`), text: t(`${kind}.text`) };
};
