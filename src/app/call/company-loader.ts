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

/** Connecting and the first picture come first: what is needed beside them is fetched this much later, ms. */
const AFTER = 500;

/** Fetches what company needs when there is some, or when it is asked for: the way into a call stays light. */
@Injectable()
export class CompanyLoader {
  private readonly peers = inject(Peers);
  private readonly parts = inject(Parts);
  private readonly mediaDevices = inject(MEDIA_DEVICES);
  private readonly code = new BehaviorSubject<string | null>(null);
  private readonly wanted = new Subject<void>();

  /** The company of the present call; null until it is there. Outlives leaving, for whoever rejoins. */
  readonly company$: Observable<Company | null> = this.code.pipe(
    distinctUntilChanged(),
    switchMap(() => this.load().pipe(startWith(null))),
    shareReplay({ bufferSize: 1, refCount: true }),
  );

  constructor() {
    const loaded = this.company$.subscribe();
    inject(DestroyRef).onDestroy(() => loaded.unsubscribe());
  }

  /** Which call it is: another call's company is another. */
  enter(code: string | null): void {
    this.code.next(code);
  }

  /** Somebody wants to write though nobody is there yet. */
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
