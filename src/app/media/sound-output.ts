import { Injectable, signal } from '@angular/core';
import { catchError, defer, ignoreElements, map, Observable, of, retry, tap, timer } from 'rxjs';

import { noteError, noted } from '../log/note';

/** A speaker by `deviceId`; `null` is the system's choice. A new object requests it again. */
export interface Speaker {
  readonly deviceId: string | null;
}

export const systemSpeaker: Speaker = { deviceId: null };

/** Maximum number of retries, and the pause before the first, in ms: a newly plugged speaker takes a while. */
const TRIES = 3;
const PAUSE = 1_000;

/** Plays elements through the chosen speaker, and tracks which speaker the browser has refused. */
@Injectable({ providedIn: 'root' })
export class SoundOutput {
  private readonly refusedId = signal<string | null>(null);

  /** The speaker that the browser did not switch to. Sound keeps playing through the previous one. */
  readonly refused = this.refusedId.asReadonly();

  /**
   * Plays an element through a speaker (W3C Audio Output Devices, `setSinkId`), with retries while subscribed. Emits
   * nothing and never errors. Completes at once where the browser lacks `setSinkId`.
   */
  route(element: HTMLMediaElement, { deviceId }: Speaker): Observable<never> {
    if (!('setSinkId' in element)) return of().pipe(ignoreElements());
    return defer(() => element.setSinkId(deviceId ?? '')).pipe(
      map(() => null),
      retry({
        count: TRIES,
        delay: (error, tries) => {
          noteError('media', 'speaker', error);
          this.refusedId.set(deviceId);
          return timer(PAUSE * tries);
        },
      }),
      catchError(noted('media', 'speaker', of(deviceId))),
      tap((refused) => this.refusedId.set(refused)),
      ignoreElements(),
    );
  }
}
