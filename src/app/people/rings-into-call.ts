import { inject, Injectable, signal } from '@angular/core';
import { concat, ignoreElements, of, Subscription, switchMap, timer } from 'rxjs';

import { wallTime } from '../loading/clock';
import { Engagement } from './engagement';
import { Lobbies } from './lobbies';
import { PageLife } from './page-life';
import type { OutgoingRing, Person } from './people';
import { placedRing$ } from './placed-ring';
import { pastOutcome, RingHistory } from './ring-history';

/** How long an acceptance is shown, in ms: the person appears in the call meanwhile. */
const JOINING = 10_000;

/** The rings into the call that this page is in. */
@Injectable({ providedIn: 'root' })
export class RingsIntoCall {
  private readonly lobbies = inject(Lobbies);
  private readonly history = inject(RingHistory);
  private readonly page = inject(PageLife);

  private readonly rings = signal<readonly OutgoingRing[]>([]);
  readonly shown = this.rings.asReadonly();
  private readonly subscriptions = new Map<string, Subscription>();

  constructor() {
    inject(Engagement).over$.subscribe(() => {
      for (const { to } of this.rings()) this.takeBack(to.uid);
    });
  }

  /** Whether a person is being rung, or has accepted and is on the way into the call. */
  get pending(): boolean {
    return this.rings().some(({ outcome }) => outcome === 'ringing' || outcome === 'accepted');
  }

  /** Does nothing while this person is being rung. */
  ring(code: string, lobby: string, to: Pick<Person, 'uid' | 'name'>, name: string): void {
    if (this.of(to.uid)?.outcome === 'ringing') return;
    this.remove(to.uid);
    const at = wallTime();
    this.put({ lobby, to, code, outcome: 'ringing', message: null });
    const progress$ = placedRing$(
      this.lobbies,
      lobby,
      to.uid,
      { name, code },
      this.page.session,
      'callers',
    ).pipe(
      switchMap((progress) =>
        progress.outcome === 'accepted'
          ? concat(of(progress), timer(JOINING).pipe(ignoreElements()), of(null))
          : of(progress),
      ),
    );
    const subscription = progress$.subscribe((progress) => {
      if (progress === null) return this.remove(to.uid);
      const { outcome, message } = progress;
      this.put({ lobby, to, code, outcome, message });
      // A ring refused as too soon was never sent, so it is not recorded.
      if (outcome === 'ringing' || outcome === 'tooSoon') return;
      const length = outcome === 'accepted' ? this.history.callFromNow() : null;
      void this.history.note(
        { lobby, with: to, direction: 'out', outcome: pastOutcome(outcome), at },
        length,
      );
    });
    // Unless it was over at once.
    if (this.of(to.uid)) this.subscriptions.set(to.uid, subscription);
  }

  /** Cancels the ring to a person, or dismisses its outcome. */
  takeBack(uid: string): void {
    const ring = this.of(uid);
    this.remove(uid);
    if (ring?.outcome !== 'ringing') return;
    const { lobby, to } = ring;
    void this.history.note({ lobby, with: to, direction: 'out', outcome: 'cancelled', at: wallTime() });
  }

  private of(uid: string): OutgoingRing | undefined {
    return this.rings().find(({ to }) => to.uid === uid);
  }

  private put(ring: OutgoingRing): void {
    this.rings.update((rings) => [...rings.filter(({ to }) => to.uid !== ring.to.uid), ring]);
  }

  private remove(uid: string): void {
    this.subscriptions.get(uid)?.unsubscribe();
    this.subscriptions.delete(uid);
    this.rings.update((rings) => rings.filter(({ to }) => to.uid !== uid));
  }
}
