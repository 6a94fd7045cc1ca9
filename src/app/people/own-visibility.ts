import { computed, inject, Injectable } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import {
  catchError,
  combineLatest,
  defer,
  distinctUntilChanged,
  map,
  merge,
  Observable,
  of,
  shareReplay,
  startWith,
  switchMap,
  take,
  tap,
} from 'rxjs';

import { noteError } from '../log/note';
import { Engagement } from './engagement';
import { leading$ } from './leading';
import { Lobbies } from './lobbies';
import { PageLife } from './page-life';
import type { Availability, Visibility } from './people';
import { presence$, reasonOf, type PresenceState } from './presence';
import { whenToRetry$ } from './when-to-retry';
import { VisibleMemory } from './visible-memory';

/** Where this person is visible. One of a browser's pages handles it, preferably one that is in use. */
@Injectable({ providedIn: 'root' })
export class OwnVisibility {
  private readonly lobbies = inject(Lobbies);
  private readonly memory = inject(VisibleMemory);
  private readonly engagement = inject(Engagement);
  private readonly page = inject(PageLife);

  private readonly wish$ = toObservable(this.memory.wish);
  /** Code of the lobby to be visible in; null for none, and from `pagehide` to `pageshow`. */
  readonly where$ = combineLatest([this.wish$, this.page.alive$]).pipe(
    map(([wish, alive]) => (alive && wish ? wish.code : null)),
    distinctUntilChanged(),
    shareReplay({ bufferSize: 1, refCount: true }),
  );

  private readonly state = toSignal(
    this.where$.pipe(
      switchMap((code) =>
        code === null
          ? of(null)
          : this.visible$(code).pipe(startWith<PresenceState>({ status: 'appearing' })),
      ),
    ),
    { initialValue: null },
  );
  readonly visibility = computed((): Visibility | null => {
    const wish = this.memory.wish();
    return wish && { ...wish, ...(this.state() ?? { status: 'appearing' as const }) };
  });

  private visible$(code: string): Observable<PresenceState> {
    const active$ = combineLatest([this.page.shown$, this.engagement.engaged$]).pipe(
      map(([shown, engaged]) => shown || engaged),
      distinctUntilChanged(),
      shareReplay({ bufferSize: 1, refCount: true }),
    );
    let handedOver = false;
    return leading$(`parley.presence ${code}`, active$.pipe(map((active) => !active))).pipe(
      tap((leads) => (handedOver = !leads)),
      switchMap((leads) =>
        leads
          ? this.present$(code, active$, () => !handedOver)
          : // Another page of this browser handles it.
            of<PresenceState>({ status: 'visible' }),
      ),
    );
  }

  private present$(
    code: string,
    active$: Observable<boolean>,
    leaves: () => boolean,
  ): Observable<PresenceState> {
    const wish$ = this.wish$.pipe(map((wish) => (wish?.code === code ? wish : null)));
    const name$ = wish$.pipe(map((wish) => wish?.name ?? null));
    const availability$ = combineLatest([wish$, this.engagement.settled$]).pipe(
      map(([wish, settled]): Availability => (wish?.doNotDisturb ? 'dnd' : settled ? 'busy' : 'available')),
    );
    const back$ = this.page.back$;
    const once$: Observable<PresenceState> = defer(() => this.lobbies.of(code)).pipe(
      switchMap((documents) => presence$(documents, { name$, availability$, active$, back$, leaves })),
      catchError((error: unknown) => {
        noteError('people', 'appear', error);
        return of<PresenceState>({ status: 'failed', reason: reasonOf(error) });
      }),
      switchMap((state) =>
        state.status !== 'failed'
          ? of(state)
          : merge(
              of(state),
              whenToRetry$(state.reason, this.page.look$).pipe(
                take(1),
                switchMap(() => once$),
              ),
            ),
      ),
    );
    return once$;
  }
}
