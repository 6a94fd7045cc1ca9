import { Injectable } from '@angular/core';
import { BehaviorSubject, distinctUntilChanged, map } from 'rxjs';

/** Whether this page is in a call, told by the call's page. */
@Injectable({ providedIn: 'root' })
export class Engagement {
  private readonly calls = new BehaviorSubject(0);

  /** Starts with how it is now. */
  readonly engaged$ = this.calls.pipe(
    map((calls) => calls > 0),
    distinctUntilChanged(),
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
