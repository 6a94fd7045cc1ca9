import { computed, inject, type Injector, runInInjectionContext, type Signal } from '@angular/core';

import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import type { InputState } from '../../../media/media';
import type { RecordedCall, RecordedMember } from '../../../mixing/call-pictures';
import type { Scene } from '../../../mixing/recording';
import { openScene } from '../../../mixing/scene';
import { isPictured, type MemberView } from '../stage/member-view';
import { OwnCorner } from '../stage/own-corner';
import { OwnPictureShown } from '../stage/own-picture-shown';
import type { ScreenView } from '../stage/stage';
import { WholePictures } from '../stage/whole-pictures';

/** What the room shows. */
export interface Shown {
  readonly own: Signal<MemberView>;
  readonly others: Signal<readonly MemberView[]>;
  readonly screens: Signal<readonly ScreenView[]>;
  readonly microphone: Signal<InputState>;
}

/** What a recording shows: the room as this person sees it. Must be called in an injection context. */
export const injectRecordedCall = (shown: Shown): Signal<RecordedCall> => {
  const t = injectTexts(callTexts);
  const corner = inject(OwnCorner);
  const ownShown = inject(OwnPictureShown);
  const whole = inject(WholePictures);
  const recorded = (view: MemberView): RecordedMember => ({
    name: view.label,
    stream: view.stream,
    pictured: isPictured(view) && !(view.own && !ownShown.on()),
    whole: whole.has(view.session),
  });
  return computed(() => {
    const microphone = shown.microphone();
    return {
      own: recorded(shown.own()),
      others: shown.others().map(recorded),
      screens: shown.screens().map(({ name, stream }) => ({ name: t('screen.of', { name }), stream })),
      corner: corner.at(),
      microphone: microphone.status === 'on' ? microphone.track : null,
    };
  });
};

/** Begins to compose what the room shows into one picture and one sound. */
export const openRoomScene = (injector: Injector, shown: Shown): Scene =>
  runInInjectionContext(injector, () => openScene(injectRecordedCall(shown)));
