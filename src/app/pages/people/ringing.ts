import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  effect,
  inject,
  Injector,
  signal,
  untracked,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router } from '@angular/router';
import { filter, map, Subscription } from 'rxjs';

import { injectTexts } from '../../i18n/i18n';
import { peopleTexts } from '../../i18n/people';
import { Parts } from '../../loading/parts';
import { Acquaintances } from '../../people/acquaintances';
import { Engagement } from '../../people/engagement';
import { People, type CameraOnEntering, type IncomingRing } from '../../people/people';
import { IdleTime } from '../../pwa/idle-time';
import { Announcer } from '../../ui/announcer';
import { RingAlert } from '../../ui/ringing/ring-alert';
import type { CallAhead } from '../call/call-ahead';
import { EndedRing } from './ended-ring';
import { IncomingCall } from './incoming-call';
import { tellIntoCall } from './into-call-news';
import { OutgoingCall } from './outgoing-call';

/** Delay after accepting a ring until what was prepared for it is discarded, in ms: the call is open by then. */
const SETTLED = 2_000;
/** Delay after the sheet has appeared until nothing is urgent any more, in ms. */
const LOOKING = 200;

/** Rings on top of every page: the outgoing one, the incoming ones one after the other, and how they ended. */
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
  /** A call page is open: what shows there keeps to the edge and leaves the focus alone. */
  protected readonly inCall = computed(() => /^\/call\b/.test(this.url()));

  private readonly connected = toSignal(inject(Engagement).connected$, { initialValue: false });

  /** Once the callee is connected, the call itself shows it, although the acceptance arrives later through Firestore. */
  protected readonly outgoing = computed(() => {
    const ring = this.people.outgoing();
    const isThere = ring?.outcome === 'ringing' && this.connected() && this.url() === `/call#${ring.code}`;
    return isThere || ring?.outcome === 'accepted' ? null : ring;
  });
  private readonly ringing = computed(() => this.people.incoming().filter(({ ended }) => ended === null));
  /** The ring shown now: none or one. */
  protected readonly asked = computed(() => this.ringing().slice(0, 1));
  /** How many more rings are pending. */
  protected readonly waiting = computed(() => Math.max(0, this.ringing().length - 1));
  private readonly ended = computed(() => this.people.incoming().filter(({ ended }) => ended !== null));
  /** The notice of how the latest ring ended: none or one, never over a call, and not beside another ring. */
  protected readonly notice = computed(() =>
    this.inCall() || this.outgoing() !== null || this.asked().length > 0 ? [] : this.ended().slice(-1),
  );

  /** Names of those who are in the call of the ring, once known. */
  protected readonly inside = signal<readonly string[]>([]);
  private ahead: CallAhead | null = null;
  /** Code of the call that was accepted last. */
  private accepted: string | null = null;

  constructor() {
    this.announceEnded();
    this.dismissOutdated();
    this.alert();
    this.goAhead();
    tellIntoCall();
    effect(() => {
      const ring = this.people.outgoing();
      if (ring?.outcome !== 'accepted') return;
      untracked(() => this.announcer.say(this.t('out.accepted', { name: ring.to.name || this.t('guest') })));
    });
  }

  protected warm(): void {
    this.ahead?.warm();
  }

  /** The press itself requests the seat, before the navigation to the call page. */
  protected accept(ring: IncomingRing, camera: CameraOnEntering): void {
    this.accepted = ring.code;
    const name = this.people.visibility()?.name;
    const joined = name === undefined ? undefined : this.ahead?.join(ring.code, name, camera);
    this.people.accept(ring, camera, joined);
  }

  /** A sound and vibration, a notification while the page is hidden, and a number on the icon. */
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

  /** Prepares the call of the ring while it rings. */
  private goAhead(): void {
    const parts = inject(Parts);
    const idleTime = inject(IdleTime);
    const injector = inject(Injector);
    const code = computed(() => (this.inCall() ? null : (this.asked()[0]?.code ?? null)));
    effect((onCleanup) => {
      const place = code();
      if (place === null) return;
      onCleanup(idleTime.hold());
      let giveUp = () => {};
      let over = false;
      let names = Subscription.EMPTY;
      onCleanup(() => {
        over = true;
        names.unsubscribe();
        this.inside.set([]);
        // A person who rings the caller at the same moment enters that call too.
        const goes = this.accepted === place || untracked(this.people.outgoing) !== null;
        if (!goes) return giveUp();
        // Discarding it now would compete with opening the call.
        setTimeout(() => giveUp(), SETTLED);
      });
      void parts
        .load(() => Promise.all([import('../call/call-ahead'), import('../call/call.routes')]))
        .then(([{ CallAhead }]) => {
          if (over) return;
          const ahead = injector.get(CallAhead);
          giveUp = ahead.prepare(place, this.people.visibility()?.name ?? null);
          this.ahead = ahead;
          names = ahead.names$.subscribe((inside) => this.inside.set(inside));
          setTimeout(() => over || ahead.draw(), LOOKING);
        });
    });
  }

  /** How a ring ended no longer matters once the two people ring each other again. */
  private dismissOutdated(): void {
    effect(() => {
      const callers = new Set(this.ringing().map(({ from }) => from.uid));
      const outgoing = this.people.outgoing();
      const callee = outgoing?.outcome === 'ringing' ? outgoing.to.uid : null;
      const ended = this.ended();
      untracked(() => {
        for (const ring of ended) {
          if (callers.has(ring.from.uid) || ring.from.uid === callee) this.people.dismiss(ring);
        }
        const isOver = outgoing && outgoing.outcome !== 'ringing' && outgoing.outcome !== 'accepted';
        if (isOver && callers.has(outgoing.to.uid)) this.people.hangUp();
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
