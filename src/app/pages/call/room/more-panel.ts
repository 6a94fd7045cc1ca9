import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';

import type { ReactionEmoji } from '../../../activity/reactions';
import type { RecordingState } from '../../../mixing/recording';
import { callTexts } from '../../../i18n/call';
import { crowdTexts } from '../../../i18n/crowd';
import { injectTexts } from '../../../i18n/i18n';
import { injectArrivals } from '../../../loading/parts';
import { LanguageChoice } from '../../../ui/choice/language-choice';
import { Announcer } from '../../../ui/announcer';
import { cancelPresentationIcon, groupIcon, presentToAllIcon } from '../../../ui/icon/call-icons';
import { gridViewIcon, speakerViewIcon } from '../../../ui/icon/crowd-icons';
import {
  attachFileIcon,
  devicesIcon,
  fullscreenExitIcon,
  fullscreenIcon,
  keyboardIcon,
  monitoringIcon,
  pictureInPictureAltIcon,
  recordIcon,
  visibilityIcon,
  visibilityOffIcon,
} from '../../../ui/icon/panel-icons';
import { Icon } from '../../../ui/icon/icon';
import { SoundSwitch } from '../../../ui/switch/sound-switch';
import { Gestures } from './gestures';
import { FullScreen } from './full-screen';
import type { PanelKind } from './panels';
import type { Crowd } from '../stage/crowd';
import { OwnPictureShown } from '../stage/own-picture-shown';
import { PictureInPicture, type SmallScene } from '../small-window/picture-in-picture';

/** Everything that is needed only now and then. */
@Component({
  selector: 'parley-more-panel',
  imports: [Gestures, Icon, LanguageChoice, SoundSwitch],
  templateUrl: './more-panel.html',
  styleUrl: './more-panel.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MorePanel {
  /** The room, to show in a small window. */
  readonly small = input.required<SmallScene>();
  /** The layout of three or more members; null without it. */
  readonly crowd = input<Crowd | null>(null);
  /** This person's hand is raised. */
  readonly hand = input.required<boolean>();
  /** Whether this person's screen is shared; `null` if the browser can't. */
  readonly screen = input<boolean | null>(null);
  readonly screened = output();
  /** Status of this person's recording; `null` if the browser can't record. */
  readonly recording = input<RecordingState['status'] | null>(null);
  readonly recorded = output();
  readonly raised = output<boolean>();
  readonly reacted = output<ReactionEmoji>();
  readonly opened = output<PanelKind>();

  protected readonly t = injectTexts(callTexts);
  protected readonly crowdText = injectTexts(crowdTexts);
  protected readonly there = injectArrivals({
    gestures: () => import('./gestures'),
  });
  protected readonly pictureInPicture = inject(PictureInPicture);
  protected readonly fullScreen = inject(FullScreen);
  protected readonly icons = {
    fullScreen: fullscreenIcon,
    leaveFullScreen: fullscreenExitIcon,
    pictureInPicture: pictureInPictureAltIcon,
    screen: presentToAllIcon,
    record: recordIcon,
    stopScreen: cancelPresentationIcon,
    hidePicture: visibilityOffIcon,
    showPicture: visibilityIcon,
    grid: gridViewIcon,
    speaker: speakerViewIcon,
  };
  protected readonly panels = [
    { kind: 'people', text: 'controls.people', icon: groupIcon },
    { kind: 'files', text: 'more.files', icon: attachFileIcon },
    { kind: 'devices', text: 'more.devices', icon: devicesIcon },
    { kind: 'statistics', text: 'more.statistics', icon: monitoringIcon },
    { kind: 'shortcuts', text: 'more.shortcuts', icon: keyboardIcon },
  ] as const;
  protected readonly ownPicture = inject(OwnPictureShown);
  private readonly announcer = inject(Announcer);
  protected readonly recordWords = computed(() => {
    const status = this.recording();
    if (status === 'starting' || status === 'saving') return this.t(`recording.${status}`);
    return this.t(status === 'on' ? 'recording.stop' : 'recording.start');
  });
  protected readonly screenWords = computed(() =>
    this.t(this.fullScreen.active() ? 'more.leaveFullScreen' : 'more.fullScreen'),
  );

  /** Others see this person all the same, so that is what a screen reader says. */
  protected turnOwnPicture(): void {
    const shown = !this.ownPicture.on();
    this.ownPicture.turn(shown);
    this.announcer.say(this.t(shown ? 'announce.ownPicture.shown' : 'announce.ownPicture.hidden'));
  }
}
