import { ChangeDetectionStrategy, Component, computed, effect, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Title } from '@angular/platform-browser';
import { RouterLink } from '@angular/router';

import { I18n, injectTexts } from '../../i18n/i18n';
import { callTexts } from '../../i18n/call';
import { messageTexts } from '../../i18n/message';
import { isRefusal, signInTexts } from '../../i18n/sign-in';
import { Announcer } from '../../ui/announcer';
import { MessagePage } from '../../ui/message-page/message-page';
import { InterruptedRecordings } from '../recordings/interrupted-recordings';
import { clockTime } from './duration';
import type { MessageAction, MessageKind, MessageLink } from './message';
import { messageDesigns } from './message-designs';

const links: Readonly<Record<MessageLink, string>> = { home: '/', check: '/check' };
const isLink = (what: MessageAction): what is MessageLink => what in links;

/** Resolves when the texts of messages are here, so that none appears in another language first. Never rejects. */
export const loadMessageTexts = async (i18n: I18n): Promise<void> => {
  await Promise.all([i18n.load(messageTexts), i18n.load(signInTexts)]);
};

/** What happened and what to do next, shown instead of a call, and as the page's title. */
@Component({
  selector: 'parley-call-message',
  imports: [InterruptedRecordings, MatButton, MessagePage, RouterLink],
  templateUrl: './call-message.html',
  styleUrl: './call-message.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CallMessage {
  readonly kind = input.required<MessageKind>();
  /** Length of the call, in ms; for `left`. */
  readonly duration = input<number | null>(null);
  /** What the browser lacks; for `unsupported`. */
  readonly missing = input<readonly string[]>([]);
  /** Actions that aren't links; the parent handles them. */
  readonly action = output<Exclude<MessageAction, MessageLink>>();

  protected readonly t = injectTexts(callTexts);
  protected readonly words = injectTexts(messageTexts);
  private readonly signIn = injectTexts(signInTexts);
  protected readonly design = computed(() => messageDesigns[this.kind()]);
  protected readonly heading = computed(() => {
    const kind = this.kind();
    return isRefusal(kind) ? this.signIn(`${kind}.what`) : this.words(`${kind}.title`);
  });
  protected readonly what = computed(() => {
    const kind = this.kind();
    return isRefusal(kind) ? this.signIn(`${kind}.todo`) : this.words(`${kind}.text`);
  });
  protected readonly lasted = computed(() => {
    const duration = this.duration();
    return duration === null ? null : this.words('left.duration', { duration: clockTime(duration) });
  });

  protected readonly links = links;
  protected readonly isLink = isLink;

  constructor() {
    const announcer = inject(Announcer);
    const title = inject(Title);
    effect(() => {
      announcer.say(this.heading());
      title.setTitle(`${this.heading()} · Parley`);
    });
  }

  protected label(action: Exclude<MessageAction, MessageLink>): string {
    switch (action) {
      case 'start':
        return this.words('start');
      case 'rejoin':
        return this.words('rejoin');
      case 'retry':
        return this.t('tryAgain');
      case 'reload':
        return this.words('reload');
      case 'newCall':
        return this.t('newCall');
    }
  }
}
