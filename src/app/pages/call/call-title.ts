import type { CallState } from '../../call/call-state';
import { callTexts } from '../../i18n/call';
import { injectTexts } from '../../i18n/i18n';
import { injectPeopleWords } from './people-words';
import { roomStatus } from './room/room-status';

/** The title of the page in each state of a call that has no message. Must be called in an injection context. */
export const injectCallTitle = (): ((state: CallState) => string) => {
  const t = injectTexts(callTexts);
  const peopleWords = injectPeopleWords();
  return (state) => {
    if (state.phase === 'seated' || state.phase === 'entering') {
      const status = roomStatus(state);
      if (status !== 'connected') return t(`status.${status}`);
      return t('title.with', { names: peopleWords(state.members.map(({ name }) => name)) });
    }
    return state.phase === 'opening' ||
      state.phase === 'prejoin' ||
      state.phase === 'knocking' ||
      state.phase === 'joining'
      ? t(`title.${state.phase}`)
      : '';
  };
};
