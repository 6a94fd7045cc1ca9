import { Injectable } from '@angular/core';
import { distinctUntilChanged, fromEvent, map, merge, shareReplay, startWith, Subject } from 'rxjs';

import { visible$ } from '../loading/visible';
import { randomId } from '../signaling/base32';

/** What this page is among others, and what becomes of it. */
@Injectable({ providedIn: 'root' })
export class PageLife {
  /** Names this page, among those of the same person. */
  readonly session = randomId();

  private readonly looks = new Subject<void>();
  /** Somebody wants to look now. */
  readonly look$ = this.looks.asObservable();
  /** What may have changed the way to Firestore. */
  readonly back$ = merge(fromEvent(window, 'online'), this.look$);
  /** Whether it can be seen. */
  readonly shown$ = visible$(document).pipe(
    distinctUntilChanged(),
    shareReplay({ bufferSize: 1, refCount: true }),
  );
  /** False from when the page goes until it comes back, if it does (back-forward cache). */
  readonly alive$ = merge(
    fromEvent(window, 'pagehide').pipe(map(() => false)),
    fromEvent(window, 'pageshow').pipe(map(() => true)),
  ).pipe(startWith(true), distinctUntilChanged());

  look(): void {
    this.looks.next();
  }
}
