import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  effect,
  inject,
  Injector,
  untracked,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router } from '@angular/router';
import { filter, map } from 'rxjs';

import { injectTexts } from '../../i18n/i18n';
import { peopleTexts } from '../../i18n/people';
import { Parts } from '../../loading/parts';
import { Acquaintances } from '../../people/acquaintances';
import { Engagement } from '../../people/engagement';
import { People, type IncomingRing } from '../../people/people';
import { Leisure } from '../../pwa/leisure';
import { Announcer } from '../../ui/announcer';
import { RingAlert } from '../../ui/ringing/ring-alert';
import type { CallAhead } from '../call/call-ahead';
import { EndedRing } from './ended-ring';
import { IncomingCall } from './incoming-call';
import { OutgoingCall } from './outgoing-call';

/** So long after a ring was accepted what was prepared for it is given up, ms: whoever accepted is there by then. */
const SETTLED = 2_000;
/** So long after the sheet has come, nothing has to be fast, ms. */
const LOOKING = 200;

/** Rings, over whatever page there is: one's own, those that come in, one after the other, and what became of them. */
@Component({
  selector: 'parley-ringing',
  imports: [EndedRing, IncomingCall, OutgoingCall],
  templateUrl: './ringing.html',
  styleUrl: './ringing.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Ringing {
  protected readonly t = injectTexts(peopleTexts);
  private readonly people = inject(People);
  private readonly announcer = inject(Announcer);
  private readonly router = inject(Router);

  private readonly url = toSignal(
    this.router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      map(({ urlAfterRedirects }) => urlAfterRedirects),
    ),
    { initialValue: this.router.url },
  );
  /** The page of a call is open: what shows there keeps to the edge and leaves the focus alone. */
  protected readonly inCall = computed(() => /^\/call\b/.test(this.url()));

  private readonly together = toSignal(inject(Engagement).together$, { initialValue: false });

  /** Once they are there the call itself says so, though that they accepted comes later by the database. */
  protected readonly outgoing = computed(() => {
    const ring = this.people.outgoing();
    const isThere = ring?.outcome === 'ringing' && this.together() && this.url() === `/call#${ring.code}`;
    return isThere || ring?.outcome === 'accepted' ? null : ring;
  });
  private readonly ringing = computed(() => this.people.incoming().filter(({ ended }) => ended === null));
  /** The one that is asked about now: none or one. */
  protected readonly asked = computed(() => this.ringing().slice(0, 1));
  /** How many wait for that. */
  protected readonly waiting = computed(() => Math.max(0, this.ringing().length - 1));
  protected readonly ended = computed(() => this.people.incoming().filter(({ ended }) => ended !== null));

  private ahead: CallAhead | null = null;
  /** The code of the call that was accepted last. */
  private accepted: string | null = null;

  constructor() {
    this.announceEnded();
    this.alert();
    this.goAhead();
    effect(() => {
      const ring = this.people.outgoing();
      if (ring?.outcome !== 'accepted') return;
      untracked(() => this.announcer.say(this.t('out.accepted', { name: ring.to.name || this.t('guest') })));
    });
  }

  protected warm(): void {
    this.ahead?.warm();
  }

  /** The seat is asked for with the press itself, before the way to the page of the call. */
  protected accept(ring: IncomingRing): void {
    this.accepted = ring.code;
    const name = this.people.visibility()?.name;
    const joined = name === undefined ? undefined : this.ahead?.join(ring.code, name);
    this.people.accept(ring, joined);
  }

  /** Sound and trembling, a notification for whoever does not look, a number on the icon. */
  private alert(): void {
    const alert = inject(RingAlert);
    const words = ({ from }: IncomingRing) => ({
      title: this.t('in.title', { name: from.name || this.t('guest') }),
      body: this.t('in.notice'),
    });
    const stops = [
      alert.follow(this.people.incoming, words),
      alert.followOutgoing(this.outgoing),
      alert.followMissed(inject(Acquaintances).missed),
    ];
    inject(DestroyRef).onDestroy(() => stops.forEach((stop) => stop()));
  }

  /** The call that is asked into is prepared while it rings. */
  private goAhead(): void {
    const parts = inject(Parts);
    const leisure = inject(Leisure);
    const injector = inject(Injector);
    const code = computed(() => (this.inCall() ? null : (this.asked()[0]?.code ?? null)));
    effect((onCleanup) => {
      const place = code();
      if (place === null) return;
      onCleanup(leisure.hold());
      let giveUp = () => {};
      let over = false;
      onCleanup(() => {
        over = true;
        // Who rings them at the same moment goes there too.
        const goes = this.accepted === place || untracked(this.people.outgoing) !== null;
        if (!goes) return giveUp();
        // Taking it away now would be in the way.
        setTimeout(() => giveUp(), SETTLED);
      });
      void parts
        .load(() => Promise.all([import('../call/call-ahead'), import('../call/call.routes')]))
        .then(([{ CallAhead }]) => {
          if (over) return;
          const ahead = injector.get(CallAhead);
          giveUp = ahead.prepare(place, this.people.visibility()?.name ?? null);
          this.ahead = ahead;
          setTimeout(() => over || ahead.draw(), LOOKING);
        });
    });
  }

  private announceEnded(): void {
    let told: ReadonlySet<string> = new Set();
    effect(() => {
      const ended = this.ended();
      untracked(() => {
        for (const { id, ended: how, from } of ended) {
          if (how === null || told.has(id)) continue;
          this.announcer.say(this.t(`in.${how}`, { name: from.name || this.t('guest') }));
        }
      });
      told = new Set(ended.map(({ id }) => id));
    });
  }
}
