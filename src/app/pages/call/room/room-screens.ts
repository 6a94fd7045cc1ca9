import { computed, effect, inject, type Signal } from '@angular/core';

import { callTexts } from '../../../i18n/call';
import { I18n, injectTexts } from '../../../i18n/i18n';
import { canCaptureScreen, MEDIA_DEVICES } from '../../../media/media-devices';
import { Announcer } from '../../../ui/announcer';
import { injectPeopleWords } from '../people-words';
import type { MemberView } from '../stage/member-view';
import type { ScreenView } from '../stage/stage';
import { injectWithActivity, type RoomActivity } from './loaded-activity';

export type RoomScreens = ReturnType<typeof injectScreens>;

/** Shared screens: this person's and the others'. Announces each new one. Must be called in an injection context. */
export const injectScreens = (
  activity: Pick<RoomActivity, 'ownScreen' | 'screens'>,
  others: Signal<readonly MemberView[]>,
) => {
  const t = injectTexts(callTexts);
  const i18n = inject(I18n);
  const peopleWords = injectPeopleWords();
  const announcer = inject(Announcer);
  const withActivity = injectWithActivity();
  const views = computed(() =>
    activity.screens().map(({ session, stream }): ScreenView => {
      const name = others().find((other) => other.session === session)?.name ?? t('guest');
      return { session, name, stream };
    }),
  );
  let before: readonly string[] = [];
  effect(() => {
    const now = views();
    const fresh = now.filter(({ session }) => !before.includes(session));
    if (fresh.length > 0) {
      const names = peopleWords(fresh.map(({ name }) => name));
      announcer.say(t(`screen.announce.${i18n.plural(fresh.length)}`, { names }));
    }
    before = now.map(({ session }) => session);
  });
  const shared = computed(() => activity.ownScreen().status === 'on');
  const canShare = canCaptureScreen(inject(MEDIA_DEVICES));
  /** Must be called in a press. */
  const share = (on: boolean): void => withActivity(({ screens }) => (on ? screens.start() : screens.stop()));
  return {
    /** The other members' screens. */
    views,
    /** Whether this person's screen is shared; null if the browser can't. */
    own: computed(() => (canShare ? shared() : null)),
    /** The sound of the shared screen is left out. */
    withheld: computed(() => {
      const screen = activity.ownScreen();
      return screen.status === 'on' && screen.withheld;
    }),
    trouble: computed(() => {
      const screen = activity.ownScreen();
      return screen.status === 'failed' ? (`screen.${screen.error.reason}` as const) : null;
    }),
    share,
    toggle: (): void => {
      if (canShare) share(!shared());
    },
  };
};
