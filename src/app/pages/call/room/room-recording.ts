import { computed, DestroyRef, effect, inject, Injector, untracked } from '@angular/core';

import { callTexts } from '../../../i18n/call';
import { I18n, injectTexts } from '../../../i18n/i18n';
import { Parts } from '../../../loading/parts';
import { Announcer } from '../../../ui/announcer';
import { saveFile } from '../files/save-file';
import { injectPeopleWords } from '../people-words';
import type { Look, Shown } from '../recording/recorded-call';
import { OwnCorner } from '../stage/own-corner';
import { OwnPictureShown } from '../stage/own-picture-shown';
import { WholePictures } from '../stage/whole-pictures';
import { injectWithActivity, type RoomActivity } from './loaded-activity';

export type RoomRecording = ReturnType<typeof injectRecording>;

/**
 * This person's recording, and who else records. Announces who records, and that a recording is being saved. The recording
 * ends with the room. Must be called in an injection context.
 *
 * @param shown what the recording shows
 */
export const injectRecording = (
  activity: Pick<RoomActivity, 'loaded' | 'recording' | 'others'>,
  shown: Shown,
) => {
  const t = injectTexts(callTexts);
  const i18n = inject(I18n);
  const peopleWords = injectPeopleWords();
  const announcer = inject(Announcer);
  const parts = inject(Parts);
  const injector = inject(Injector);
  const whole = inject(WholePictures);
  const look: Look = {
    corner: inject(OwnCorner).at,
    ownShown: inject(OwnPictureShown).on,
    isWhole: (session) => whole.has(session),
  };
  const withActivity = injectWithActivity();
  const state = activity.recording;
  const on = computed(() => state().status === 'on');
  const recording = computed(() => activity.others().filter((other) => other.recording));
  const recorders = computed(() => {
    const names = recording().map(({ name }) => name);
    if (names.length === 0) return on() ? t('recording.own') : null;
    const all = on() ? [t('chat.you'), ...names] : names;
    return t(`recording.others.${i18n.plural(all.length)}`, { names: peopleWords(all, on() ? 3 : 2) });
  });
  let told: ReadonlySet<string> = new Set();
  effect(() => {
    const sessions = new Set([...(on() ? [''] : []), ...recording().map(({ session }) => session)]);
    const words = recorders();
    // One recorder less is no news.
    if (words !== null && [...sessions].some((session) => !told.has(session))) announcer.say(words);
    told = sessions;
  });
  const isSaving = computed(() => state().status === 'saving');
  effect(() => {
    if (isSaving()) untracked(() => announcer.say(t('recording.saving')));
  });
  inject(DestroyRef).onDestroy(() => activity.loaded()?.recording.stop());
  const canRecord = typeof MediaRecorder === 'function' && 'captureStream' in HTMLCanvasElement.prototype;
  const open = () =>
    parts
      .load(() => import('../recording/recorded-call'))
      .then(({ openRoomScene }) => openRoomScene(injector, shown, look));
  return {
    /** Null if this browser can't record. */
    status: computed(() => (canRecord ? state().status : null)),
    /** Text that names the members who record; null if none does. */
    recorders,
    /** Saved share of the recording, from 0 to 1; null while none is being saved. */
    saving: computed(() => {
      const now = state();
      return now.status === 'saving' ? now.share : null;
    }),
    trouble: computed(() => {
      const now = state();
      return now.status === 'failed' ? (`recording.trouble.${now.reason}` as const) : null;
    }),
    /** Starts a recording, or ends it. */
    toggle: (): void => {
      const begins = !on();
      withActivity(({ recording }) => (begins ? void recording.start(open, saveFile) : recording.stop()));
    },
  };
};
