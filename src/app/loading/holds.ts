import { BehaviorSubject, distinctUntilChanged, map, Observable } from 'rxjs';

/** Counts the reasons to hold something back. Holds add up. */
export class Holds {
  private readonly holds = new BehaviorSubject<ReadonlySet<symbol>>(new Set());

  /** Whether there are any holds. Starts with the current state. */
  readonly held$: Observable<boolean> = this.holds.pipe(
    map(({ size }) => size > 0),
    distinctUntilChanged(),
  );

  /** Whether there are any holds now. */
  get held(): boolean {
    return this.holds.value.size > 0;
  }

  /** Adds a hold until the returned function is called. Further calls have no effect. */
  hold(): () => void {
    const hold = Symbol('hold');
    this.holds.next(new Set(this.holds.value).add(hold));
    return () => this.holds.next(new Set([...this.holds.value].filter((other) => other !== hold)));
  }
}
