import { Injectable } from '@angular/core';
import { distinctUntilChanged, fromEvent, map, merge, shareReplay, startWith, Subject } from 'rxjs';

import { visible$ } from '../loading/visible';
import { randomId } from '../values/base32';

/** This page's session, and the events of its life. */
@Injectable({ providedIn: 'root' })
export class PageLife {
  /** Identifies this page among those of the same person. */
  readonly session = randomId();

  private readonly looks = new Subject<void>();
  /** Emits when the person wants to look now. */
  readonly look$ = this.looks.asObservable();
  /** Emits when the connection to Firestore may have changed. */
  readonly back$ = merge(fromEvent(window, 'online'), this.look$);
  /** Whether the page is visible. */
  readonly shown$ = visible$(document).pipe(
    distinctUntilChanged(),
    shareReplay({ bufferSize: 1, refCount: true }),
  );
  /** False from `pagehide` until `pageshow`, if the page returns (back-forward cache). */
  readonly alive$ = merge(
    fromEvent(window, 'pagehide').pipe(map(() => false)),
    fromEvent(window, 'pageshow').pipe(map(() => true)),
  ).pipe(startWith(true), distinctUntilChanged());

  look(): void {
    this.looks.next();
  }
}
