import { DestroyRef, inject, Injectable } from '@angular/core';
import {
  BehaviorSubject,
  combineLatest,
  delay,
  distinctUntilChanged,
  filter,
  from,
  map,
  merge,
  Observable,
  shareReplay,
  startWith,
  Subject,
  switchMap,
  take,
} from 'rxjs';

import { Parts } from '../loading/parts';
import { LocalMedia } from '../media/local-media';
import { MEDIA_DEVICES } from '../media/media-devices';
import { AUDIO_CONTEXT } from '../media/sound-level';
import type { Activity } from './activity';
import type { OwnSound } from '../speaking/speakers';
import { Peers } from '../wire/peers';

/** Delay before loading the activity, in ms: connecting and the first video frame come first. */
const AFTER = 500;

/** Loads the activity once a peer is connected, or on request, so that joining a call stays light. */
@Injectable()
export class ActivityLoader {
  private readonly peers = inject(Peers);
  private readonly parts = inject(Parts);
  private readonly mediaDevices = inject(MEDIA_DEVICES);
  private readonly ownSound: OwnSound = {
    microphone$: inject(LocalMedia).microphone$,
    create: inject(AUDIO_CONTEXT),
  };
  private readonly code = new BehaviorSubject<string | null>(null);
  private readonly wanted = new Subject<void>();

  /** The activity in the present call; null until it is loaded. Outlives leaving, for a member who rejoins. */
  readonly activity$: Observable<Activity | null> = this.code.pipe(
    distinctUntilChanged(),
    switchMap(() => this.load().pipe(startWith(null))),
    shareReplay({ bufferSize: 1, refCount: true }),
  );

  constructor() {
    const loaded = this.activity$.subscribe();
    inject(DestroyRef).onDestroy(() => loaded.unsubscribe());
  }

  /** Sets which call it is: each call has its own activity. */
  enter(code: string | null): void {
    this.code.next(code);
  }

  /** The person wants to write although no peer is connected yet. */
  want(): void {
    this.wanted.next();
  }

  private load(): Observable<Activity> {
    const connected$ = this.peers.peers$.pipe(
      switchMap((peers) => merge(...peers.map(({ open$ }) => open$))),
      filter((open) => open),
      delay(AFTER),
    );
    const needed$ = merge(this.wanted, connected$);
    const self$ = this.peers.self$.pipe(filter((self) => self !== null));
    return combineLatest([self$, needed$]).pipe(
      map(([self]) => self),
      take(1),
      switchMap((self) =>
        from(this.parts.load(() => import('./activity'))).pipe(
          switchMap(({ Activity }) => Activity.of(this.peers, this.mediaDevices, self, this.ownSound)),
        ),
      ),
      switchMap(
        (activity) =>
          new Observable<Activity>((subscriber) => {
            subscriber.next(activity);
            return () => activity.close();
          }),
      ),
    );
  }
}
