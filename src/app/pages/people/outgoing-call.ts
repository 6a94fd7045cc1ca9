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

import { injectTexts } from '../../i18n/i18n';
import { peopleTexts } from '../../i18n/people';
import { peopleEn } from '../../i18n/people.en';
import { People, type OutgoingRing, type RingOutcome } from '../../people/people';
import { Announcer } from '../../ui/announcer';
import { injectOnline } from '../../ui/online';
import { callEndIcon } from '../../ui/icon/call-icons';
import { Icon } from '../../ui/icon/icon';
import { callIcon } from '../../ui/icon/people-icons';
import { Avatar } from './avatar';

/** The outcome as it is shown. */
type Told = RingOutcome | 'unanswered';
/** Outcomes that have a second sentence. */
type Explained = {
  [K in Told]: `out.${K}.todo` extends keyof typeof peopleEn ? K : never;
}[Told];
const isExplained = (outcome: Told): outcome is Explained => `out.${outcome}.todo` in peopleEn;

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
  private readonly online = injectOnline();
  private readonly title = viewChild.required<ElementRef<HTMLElement>>('title');

  protected readonly name = computed(() => this.ring().to.name || this.t('guest'));
  private readonly outcome = computed(() => this.ring().outcome);
  protected readonly ringing = computed(() => this.outcome() === 'ringing');
  protected readonly again = computed(() => repeatable.has(this.outcome()));
  /** The text says offline only while the browser says so. */
  private readonly told = computed((): Told => {
    const outcome = this.outcome();
    return outcome === 'offline' && this.online() ? 'unanswered' : outcome;
  });
  protected readonly heading = computed(() => {
    const outcome = this.told();
    const values = { name: this.name() };
    switch (outcome) {
      case 'ringing':
        return this.t('out.title', values);
      case 'cancelled':
      case 'offline':
      case 'unanswered':
        return this.t(`out.${outcome}`);
      default:
        return this.t(`out.${outcome}`, values);
    }
  });
  protected readonly todo = computed(() => {
    const outcome = this.told();
    return isExplained(outcome) ? this.t(`out.${outcome}.todo`) : null;
  });

  constructor() {
    effect(() => {
      this.outcome();
      untracked(() => {
        const message = this.ring().message;
        this.announcer.say(message ? `${this.heading()}: ${message}` : this.heading());
      });
    });
    // The pressed button is no longer on the page. If the person has moved the focus elsewhere by now, it stays there.
    afterNextRender(() => {
      if (this.document.activeElement === this.document.body) this.title().nativeElement.focus();
    });
  }

  protected callAgain(): void {
    const { lobby, to } = this.ring();
    this.people.ring(lobby, to);
  }

  protected hangUp(): void {
    this.people.hangUp();
  }
}
