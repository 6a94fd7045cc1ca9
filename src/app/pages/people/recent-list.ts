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

/** One call that was, as a person reads it. */
interface RecentView {
  readonly ring: PastRing;
  readonly name: string;
  readonly icon: IconPath;
  readonly missed: boolean;
  /** What it was, and how long it was when it was a call. */
  readonly what: string;
  readonly when: string;
  /** For machines (HTML, `datetime`). */
  readonly at: string;
}

/** Calls that were made and missed, on this device only. */
@Component({
  selector: 'parley-recent-list',
  imports: [Icon, RouterLink],
  templateUrl: './recent-list.html',
  styleUrl: './recent-list.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RecentList {
  /** The lobby that is open, whose people can be called from here; null when none is. */
  readonly code = input.required<string | null>();

  protected readonly t = injectTexts(peopleTexts);
  protected readonly icons = { call: callIcon, open: arrowForwardIcon };
  private readonly i18n = inject(I18n);
  private readonly acquaintances = inject(Acquaintances);
  private readonly people = inject(People);

  /** Clearing waits for a second press. */
  protected readonly doubtful = signal(false);
  /** The button that the focus goes to, where the one that was pressed has made way for it. */
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
    // Whoever has them before the eyes has seen them, those too that come while the list is open.
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
