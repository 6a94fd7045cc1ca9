import { inject, Injectable, signal } from '@angular/core';
import { NavigationEnd, Router } from '@angular/router';
import { filter, merge, Subject, Subscription } from 'rxjs';

import { wallTime } from '../loading/clock';
import { newCode } from '../signaling/code';
import { Engagement } from './engagement';
import { enterCall } from './enter-call';
import { Lobbies } from './lobbies';
import { PageLife } from './page-life';
import type { OutgoingRing, Person, RingOutcome } from './people';
import { placedRing$ } from './placed-ring';
import { pastOutcome, RingHistory } from './ring-history';
import { RingsIntoCall } from './rings-into-call';

/** This page's outgoing ring that opens a call of its own; one at a time. */
@Injectable({ providedIn: 'root' })
export class OutgoingRings {
  private readonly lobbies = inject(Lobbies);
  private readonly engagement = inject(Engagement);
  private readonly history = inject(RingHistory);
  private readonly router = inject(Router);
  private readonly page = inject(PageLife);
  private readonly intoCall = inject(RingsIntoCall);

  private readonly shown = signal<OutgoingRing | null>(null);
  readonly outgoing = this.shown.asReadonly();
  private readonly endings = new Subject<string>();
  /** Emits the callee's uid when a ring ends without a call. */
  readonly failed$ = this.endings.asObservable();

  private ringing = Subscription.EMPTY;
  /** Whether the ring's call has been opened here. */
  private inside = false;
  /** Whether the navigation to it is still in flight. */
  private entering = false;
  /** Where the person rang from. */
  private origin = '/';

  constructor() {
    // Leaving the call cancels the ring.
    const away$ = this.router.events.pipe(
      filter((event) => event instanceof NavigationEnd && this.inside && !this.inCall()),
    );
    merge(this.engagement.over$, away$).subscribe(() => this.takeBack());
  }

  /** Uid of the callee while it rings; null otherwise. */
  get calleeUid(): string | null {
    const ring = this.shown();
    return ring?.outcome === 'ringing' ? ring.to.uid : null;
  }

  ring(lobby: string, to: Pick<Person, 'uid' | 'name'>, name: string): void {
    if (this.calleeUid !== null) return;
    this.ringing.unsubscribe();
    this.origin = this.router.url;
    const code = newCode();
    const at = wallTime();
    const show = (outcome: RingOutcome, message: string | null = null) =>
      this.shown.set({ lobby, to, code, outcome, message });
    show('ringing');
    this.inside = false;
    const offer = { name, code };
    this.ringing = placedRing$(this.lobbies, lobby, to.uid, offer, this.page.session, 'either').subscribe(
      ({ outcome, message, code: place }) => {
        if (outcome === 'ringing') {
          void this.enter(code, name);
          return;
        }
        const past = { lobby, with: to, direction: 'out', outcome: pastOutcome(outcome), at } as const;
        if (outcome === 'accepted') {
          void this.history.note(past, this.history.callFromNow());
          this.shown.set(null);
          if (place !== code) void enterCall(this.router, place, 'join', name);
          return;
        }
        // A ring refused as too soon was never sent, so it is not recorded.
        if (outcome !== 'tooSoon') void this.history.note(past);
        show(outcome, message);
        this.goBack();
        this.endings.next(to.uid);
      },
    );
  }

  /** Cancels the outgoing ring, or dismisses its outcome. */
  hangUp(): void {
    if (this.takeBack()) this.goBack();
    else this.shown.set(null);
  }

  /** Cancels the outgoing ring without navigating. Returns whether there was one. */
  takeBack(): boolean {
    const rang = this.shown();
    if (rang?.outcome !== 'ringing') return false;
    this.ringing.unsubscribe();
    this.shown.set(null);
    const { lobby, to } = rang;
    void this.history.note({ lobby, with: to, direction: 'out', outcome: 'cancelled', at: wallTime() });
    this.endings.next(to.uid);
    return true;
  }

  private async enter(code: string, name: string): Promise<void> {
    if (this.inside) return;
    this.inside = true;
    this.entering = true;
    try {
      await enterCall(this.router, code, 'new', name);
    } finally {
      this.entering = false;
    }
  }

  /**
   * Returns to where the person rang from, unless they have gone elsewhere or others are in the call or being rung into it. Also
   * cancels a navigation to the call that is still in flight.
   */
  private goBack(): void {
    if (this.engagement.shared || this.intoCall.pending) return;
    if (this.inside && (this.entering || this.inCall())) void this.router.navigateByUrl(this.origin);
  }

  private inCall(): boolean {
    return /^\/call\b/.test(this.router.url);
  }
}
