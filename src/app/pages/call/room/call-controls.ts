import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  computed,
  inject,
  input,
  output,
} from '@angular/core';

import { callTexts } from '../../../i18n/call';
import { I18n, injectTexts } from '../../../i18n/i18n';
import type { InputKind } from '../../../media/media';
import {
  callEndIcon,
  cancelPresentationIcon,
  chatIcon,
  groupIcon,
  micIcon,
  micOffIcon,
  moreVertIcon,
  personAddIcon,
  presentToAllIcon,
  videocamIcon,
  videocamOffIcon,
} from '../../../ui/icon/call-icons';
import { ControlButton } from '../control-button';
import { inputPress } from '../devices/input-press';
import type { PanelKind } from './panels';

/** The buttons needed during a call: always visible, always labelled. */
@Component({
  selector: 'parley-call-controls',
  imports: [ControlButton],
  templateUrl: './call-controls.html',
  styleUrl: './call-controls.scss',
  host: {
    role: 'toolbar',
    '[attr.aria-label]': "t('controls.label')",
    '(keydown.arrowRight)': 'step(1, $event)',
    '(keydown.arrowDown)': 'step(1, $event)',
    '(keydown.arrowLeft)': 'step(-1, $event)',
    '(keydown.arrowUp)': 'step(-1, $event)',
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CallControls {
  readonly microphone = input.required<boolean>();
  readonly camera = input.required<boolean>();
  /** Inputs that are on but muted by the system. */
  readonly muted = input<readonly InputKind[]>([]);
  /** Whether this person's screen is shared; `null` if the browser can't. */
  readonly screen = input<boolean | null>(null);
  readonly panel = input.required<PanelKind | null>();
  /** Number of unread messages. */
  readonly unread = input(0);
  /** Number of offered files that the person has not answered. */
  readonly offers = input(0);
  /** Number of other members with a raised hand. */
  readonly hands = input(0);
  readonly toggled = output<InputKind>();
  readonly screened = output();
  readonly opened = output<PanelKind>();
  readonly left = output();

  protected readonly t = injectTexts(callTexts);
  protected readonly press = inputPress;
  private readonly i18n = inject(I18n);
  protected readonly unreadWords = computed(() => {
    const count = this.unread();
    return count > 0 ? this.t(`chat.unread.${this.i18n.plural(count)}`, { count }) : null;
  });
  protected readonly handWords = computed(() => {
    const count = this.hands();
    return count > 0 ? this.t(`people.hands.${this.i18n.plural(count)}`, { count }) : null;
  });
  protected readonly icons = {
    mic: micIcon,
    micOff: micOffIcon,
    videocam: videocamIcon,
    videocamOff: videocamOffIcon,
    screen: presentToAllIcon,
    stopScreen: cancelPresentationIcon,
    chat: chatIcon,
    people: groupIcon,
    invite: personAddIcon,
    more: moreVertIcon,
    leave: callEndIcon,
  };
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  protected isMuted(kind: InputKind): boolean {
    return this.muted().includes(kind);
  }

  /** Arrow keys move between the buttons (WAI-ARIA Authoring Practices, toolbar). */
  protected step(by: number, event: Event): void {
    const buttons = [...this.host.querySelectorAll('button')].filter(
      (button) => button.offsetParent !== null,
    );
    const at = buttons.findIndex((button) => button === event.target);
    if (at < 0) return;
    event.preventDefault();
    buttons[(at + by + buttons.length) % buttons.length]?.focus();
  }
}
