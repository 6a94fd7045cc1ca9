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
import { MEDIA_DEVICES } from '../media/media-devices';
import type { Company } from './company';
import { Peers } from './peers';

/** Delay before loading company, in ms: connecting and the first video frame come first. */
const AFTER = 500;

/** Loads company once a peer is connected, or on request, so that joining a call stays light. */
@Injectable()
export class CompanyLoader {
  private readonly peers = inject(Peers);
  private readonly parts = inject(Parts);
  private readonly mediaDevices = inject(MEDIA_DEVICES);
  private readonly code = new BehaviorSubject<string | null>(null);
  private readonly wanted = new Subject<void>();

  /** The company of the present call; null until it is loaded. Outlives leaving, for a member who rejoins. */
  readonly company$: Observable<Company | null> = this.code.pipe(
    distinctUntilChanged(),
    switchMap(() => this.load().pipe(startWith(null))),
    shareReplay({ bufferSize: 1, refCount: true }),
  );

  constructor() {
    const loaded = this.company$.subscribe();
    inject(DestroyRef).onDestroy(() => loaded.unsubscribe());
  }

  /** Sets which call it is: each call has its own company. */
  enter(code: string | null): void {
    this.code.next(code);
  }

  /** The person wants to write although no peer is connected yet. */
  want(): void {
    this.wanted.next();
  }

  private load(): Observable<Company> {
    const together$ = this.peers.peers$.pipe(
      switchMap((peers) => merge(...peers.map(({ control }) => control.open$))),
      filter((open) => open),
      delay(AFTER),
    );
    const needed$ = merge(this.wanted, together$);
    const self$ = this.peers.self$.pipe(filter((self) => self !== null));
    return combineLatest([self$, needed$]).pipe(
      map(([self]) => self),
      take(1),
      switchMap((self) =>
        from(this.parts.load(() => import('./company'))).pipe(
          switchMap(({ Company }) => Company.of(this.peers, this.mediaDevices, self)),
        ),
      ),
      switchMap(
        (company) =>
          new Observable<Company>((subscriber) => {
            subscriber.next(company);
            return () => company.close();
          }),
      ),
    );
  }
}
