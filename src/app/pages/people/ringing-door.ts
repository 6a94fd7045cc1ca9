import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { race, take, timer } from 'rxjs';

import { injectArrivals } from '../../loading/parts';
import { People } from '../../people/people';
import { IdleTime } from '../../pwa/idle-time';
import { PeopleLoader, RETURNING } from './people-loader';
import { Ringing } from './ringing';

/** Time limit for making a person reachable again after a page load, even while the page is busy, in ms. */
const AT_LATEST = 10_000;

/** Shows rings on every page, and loads the code for that when there may be some. */
@Component({
  selector: 'parley-ringing-door',
  imports: [Ringing],
  template: `@if (wanted()) {
    @defer (when there('ringing')) {
      <parley-ringing />
    }
  }`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RingingDoor {
  private readonly loader = inject(PeopleLoader);
  protected readonly there = injectArrivals({ ringing: () => import('./ringing') });

  protected readonly wanted = computed(() => {
    if (!this.loader.arrived()) return false;
    const { visibility, incoming, outgoing, intoCall } = this.loader.get(People);
    return visibility() !== null || incoming().length > 0 || outgoing() !== null || intoCall().length > 0;
  });

  constructor() {
    if (!inject(RETURNING)()) return;
    race(inject(IdleTime).come$, timer(AT_LATEST))
      .pipe(take(1), takeUntilDestroyed())
      .subscribe(() => void this.loader.load());
  }
}
