import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { race, switchMap, timer } from 'rxjs';

import { injectArrivals } from '../../loading/parts';
import { IdleTime } from '../../pwa/idle-time';
import { RecordingOffers } from './recording-offers';
import { STORED_RECORDINGS } from './stored-recordings';

/** Time limit for waiting until nothing else is to be done, in ms: in a call that may never happen. */
const AT_LATEST_MS = 5_000;

/** Offers recordings of earlier visits that were interrupted; empty if there are none. Checks once. */
@Component({
  selector: 'parley-interrupted-recordings',
  imports: [RecordingOffers],
  template: `
    @if (found(); as recordings) {
      @if (recordings.length) {
        @defer (when there('offers')) {
          <parley-recording-offers [recordings]="recordings" />
        }
      }
    }
  `,
  styles: `
    :host {
      display: contents;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class InterruptedRecordings {
  private readonly stored = inject(STORED_RECORDINGS);

  protected readonly there = injectArrivals({ offers: () => import('./recording-offers') });
  protected readonly found = toSignal(
    race(inject(IdleTime).come$, timer(AT_LATEST_MS)).pipe(
      switchMap(async () => (await this.stored()).interruptedRecordings()),
    ),
    { initialValue: [] },
  );
}
