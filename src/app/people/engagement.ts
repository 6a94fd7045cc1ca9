import { Injectable } from '@angular/core';
import { BehaviorSubject, distinctUntilChanged, filter, map, pairwise } from 'rxjs';

/** Whether this page is in a call, told by the call's page. */
@Injectable({ providedIn: 'root' })
export class Engagement {
  private readonly calls = new BehaviorSubject(0);

  /** Starts with how it is now. */
  readonly engaged$ = this.calls.pipe(
    map((calls) => calls > 0),
    distinctUntilChanged(),
  );
  /** Emits when there is no call any more. */
  readonly over$ = this.engaged$.pipe(
    pairwise(),
    filter(([before, now]) => before && !now),
    map(() => undefined),
  );

  get engaged(): boolean {
    return this.calls.value > 0;
  }

  /** A call begins; the returned function ends it, once. */
  begin(): () => void {
    this.calls.next(this.calls.value + 1);
    let open = true;
    return () => {
      if (open) this.calls.next(this.calls.value - 1);
      open = false;
    };
  }
}
