import { ChangeDetectionStrategy, Component, computed, effect, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { injectTexts } from '../../i18n/i18n';
import { callTexts } from '../../i18n/call';
import { Announcer } from '../../ui/announcer';
import { MessagePage } from '../../ui/message-page/message-page';
import { InterruptedRecordings } from '../recordings/interrupted-recordings';
import { clockTime } from './duration';
import { messageDesigns, type MessageAction, type MessageKind, type MessageLink } from './message';
import { injectMessageWords } from './message-words';

const links: Readonly<Record<MessageLink, string>> = { home: '/', check: '/check' };
const isLink = (what: MessageAction): what is MessageLink => what in links;

/** What happened and what to do next, shown instead of a call. */
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
  private readonly wordsOf = injectMessageWords();
  protected readonly design = computed(() => messageDesigns[this.kind()]);
  protected readonly heading = computed(() => this.wordsOf(this.kind()).title);
  protected readonly what = computed(() => this.wordsOf(this.kind()).text);
  protected readonly lasted = computed(() => {
    const duration = this.duration();
    return duration === null ? null : this.t('message.left.duration', { duration: clockTime(duration) });
  });

  protected readonly links = links;
  protected readonly isLink = isLink;

  constructor() {
    const announcer = inject(Announcer);
    effect(() => announcer.say(this.heading()));
  }

  protected label(action: Exclude<MessageAction, MessageLink>): string {
    switch (action) {
      case 'start':
        return this.t('message.start');
      case 'rejoin':
        return this.t('message.rejoin');
      case 'retry':
        return this.t('tryAgain');
      case 'reload':
        return this.t('message.reload');
      case 'newCall':
        return this.t('newCall');
    }
  }
}
