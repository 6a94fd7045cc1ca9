import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  DOCUMENT,
  effect,
  type ElementRef,
  inject,
  input,
  untracked,
  viewChild,
} from '@angular/core';
import { Router } from '@angular/router';

import { injectTexts } from '../../i18n/i18n';
import { peopleTexts } from '../../i18n/people';
import { People, type OutgoingRing, type RingOutcome } from '../../people/people';
import { Announcer } from '../../ui/announcer';
import { callEndIcon } from '../../ui/icon/call-icons';
import { Icon } from '../../ui/icon/icon';
import { callIcon } from '../../ui/icon/people-icons';
import { Avatar } from './avatar';
import { injectOutcomeWords } from './outcome-words';

/** Outcomes after which ringing again at once makes sense. */
const repeatable: ReadonlySet<RingOutcome> = new Set([
  'declined',
  'busy',
  'noAnswer',
  'cancelled',
  'unreachable',
  'tooSoon',
  'offline',
  'failed',
]);

/** The outgoing ring: that it rings, and its outcome. */
@Component({
  selector: 'parley-outgoing-call',
  imports: [Avatar, Icon],
  templateUrl: './outgoing-call.html',
  styleUrl: './outgoing-call.scss',
  host: { '[class.ringing]': 'ringing()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class OutgoingCall {
  readonly ring = input.required<OutgoingRing>();

  protected readonly t = injectTexts(peopleTexts);
  protected readonly icons = { call: callIcon, hangUp: callEndIcon };
  private readonly people = inject(People);
  private readonly announcer = inject(Announcer);
  private readonly document = inject(DOCUMENT);
  private readonly router = inject(Router);
  private readonly title = viewChild.required<ElementRef<HTMLElement>>('title');

  protected readonly name = computed(() => this.ring().to.name || this.t('guest'));
  private readonly outcome = computed(() => this.ring().outcome);
  protected readonly ringing = computed(() => this.outcome() === 'ringing');
  protected readonly again = computed(() => repeatable.has(this.outcome()));
  private readonly wordsOf = injectOutcomeWords();
  protected readonly words = computed(() => this.wordsOf(this.ring()));

  constructor() {
    effect(() => {
      this.outcome();
      untracked(() => {
        const message = this.ring().message;
        const { heading } = this.words();
        this.announcer.say(message ? `${heading}: ${message}` : heading);
      });
    });
    // The pressed button is no longer on the page. If the person has moved the focus elsewhere by now, it stays there.
    afterNextRender(() => {
      if (this.document.activeElement === this.document.body) this.title().nativeElement.focus();
    });
  }

  protected callAgain(): void {
    const { lobby, to, code } = this.ring();
    // Others may have come to the call of the ring: the person stays with them.
    if (this.router.url !== `/call#${code}`) return this.people.ring(lobby, to);
    this.people.hangUp();
    this.people.ringIntoCall(code, lobby, to);
  }

  protected hangUp(): void {
    this.people.hangUp();
  }
}
