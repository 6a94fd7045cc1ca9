import {
  afterRenderEffect,
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  type ElementRef,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { RouterLink } from '@angular/router';

import { I18n, injectTexts } from '../../i18n/i18n';
import { peopleTexts } from '../../i18n/people';
import { Acquaintances, type PastRing } from '../../people/acquaintances';
import { People } from '../../people/people';
import { Icon, type IconPath } from '../../ui/icon/icon';
import { arrowForwardIcon } from '../../ui/icon/icons';
import { callIcon, callMadeIcon, callMissedIcon, callReceivedIcon } from '../../ui/icon/people-icons';
import { clockTime } from '../call/duration';

/** A past ring as the list shows it. */
interface RecentView {
  readonly ring: PastRing;
  readonly name: string;
  readonly icon: IconPath;
  readonly missed: boolean;
  /** The outcome, and the length of the call if there was one. */
  readonly what: string;
  readonly when: string;
  /** Machine-readable (HTML, `datetime`). */
  readonly at: string;
}

/** Past and missed calls, on this device only. */
@Component({
  selector: 'parley-recent-list',
  imports: [Icon, RouterLink],
  templateUrl: './recent-list.html',
  styleUrl: './recent-list.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RecentList {
  /** The open lobby, whose people can be called from here; null if none is open. */
  readonly code = input.required<string | null>();

  protected readonly t = injectTexts(peopleTexts);
  protected readonly icons = { call: callIcon, open: arrowForwardIcon };
  private readonly i18n = inject(I18n);
  private readonly acquaintances = inject(Acquaintances);
  private readonly people = inject(People);

  /** Clearing waits for a second press. */
  protected readonly doubtful = signal(false);
  /** The button that gets the focus when it replaces the pressed one. */
  private readonly next = viewChild<ElementRef<HTMLElement>>('next');
  private readonly time = computed(
    () => new Intl.DateTimeFormat(this.i18n.tag(), { dateStyle: 'medium', timeStyle: 'short' }),
  );
  protected readonly recent = computed(() => this.acquaintances.history().map((ring) => this.view(ring)));

  constructor() {
    let before = false;
    afterRenderEffect(() => {
      const doubtful = this.doubtful();
      if (doubtful !== before) this.next()?.nativeElement.focus();
      before = doubtful;
    });
    // Rings in the list count as seen, including those that arrive while it is open.
    effect(() => {
      if (this.acquaintances.missed() > 0) this.acquaintances.looked();
    });
  }

  protected callBack({ lobby, uid, name }: PastRing): void {
    this.people.ring(lobby, { uid, name });
  }

  protected clear(): void {
    this.doubtful.set(false);
    void this.acquaintances.clear();
  }

  private view(ring: PastRing): RecentView {
    const { direction, outcome, duration } = ring;
    const missed = direction === 'in' && outcome === 'missed';
    const what = this.t(words(ring));
    return {
      ring,
      name: ring.name || this.t('guest'),
      icon: missed ? callMissedIcon : direction === 'in' ? callReceivedIcon : callMadeIcon,
      missed,
      what:
        duration === null ? what : `${what} · ${this.t('recent.lasted', { duration: clockTime(duration) })}`,
      when: this.time().format(ring.at),
      at: new Date(ring.at).toISOString(),
    };
  }
}

const words = ({ outcome, direction }: PastRing) => {
  switch (outcome) {
    case 'answered':
    case 'declined':
    case 'cancelled':
      return `recent.${outcome}.${direction}` as const;
    case 'missed':
    case 'noAnswer':
    case 'busy':
    case 'failed':
      return `recent.${outcome}` as const;
  }
};
