import { computed, type Injector, runInInjectionContext, type Signal } from '@angular/core';

import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import type { Corner } from '../../../layout/stage-mode';
import type { InputState } from '../../../media/media';
import type { RecordedCall, RecordedMember } from '../../../mixing/call-pictures';
import type { Scene } from '../../../mixing/recording';
import { openScene } from '../../../mixing/scene';
import type { MemberView } from '../stage/member-view';
import type { ScreenView } from '../stage/stage';

/** What the room shows. */
export interface Shown {
  readonly own: Signal<MemberView>;
  readonly others: Signal<readonly MemberView[]>;
  readonly screens: Signal<readonly ScreenView[]>;
  readonly microphone: Signal<InputState>;
}

/** How the person wants to see it. */
export interface Look {
  /** Where their own small picture is. */
  readonly corner: Signal<Corner>;
  /** Whether they see their own picture. */
  readonly ownShown: Signal<boolean>;
  /** Whether they want to see a member's whole picture. */
  readonly isWhole: (session: string) => boolean;
}

/** What a recording shows: the room as the person sees it. Must be called in an injection context. */
export const injectRecordedCall = (
  shown: Shown,
  { corner, ownShown, isWhole }: Look,
): Signal<RecordedCall> => {
  const t = injectTexts(callTexts);
  const recorded = (view: MemberView): RecordedMember => ({
    name: view.label,
    stream: view.stream,
    pictured: view.pictured && (!view.own || ownShown()),
    whole: isWhole(view.session),
  });
  return computed(() => {
    const microphone = shown.microphone();
    return {
      own: recorded(shown.own()),
      others: shown.others().map(recorded),
      screens: shown.screens().map(({ name, stream }) => ({ name: t('screen.of', { name }), stream })),
      corner: corner(),
      microphone: microphone.status === 'on' ? microphone.track : null,
    };
  });
};

/** Begins to compose what the room shows into one picture and one sound. */
export const openRoomScene = (injector: Injector, shown: Shown, look: Look): Scene =>
  runInInjectionContext(injector, () => openScene(injectRecordedCall(shown, look)));
