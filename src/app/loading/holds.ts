import { BehaviorSubject, distinctUntilChanged, map, Observable } from 'rxjs';

/** Something that whoever has reason to may hold back. Holds add up. */
export class Holds {
  private readonly holds = new BehaviorSubject<ReadonlySet<symbol>>(new Set());

  /** Whether anybody holds it; starts with how it is now. */
  readonly held$: Observable<boolean> = this.holds.pipe(
    map(({ size }) => size > 0),
    distinctUntilChanged(),
  );

  /** Whether anybody holds it now. */
  get held(): boolean {
    return this.holds.value.size > 0;
  }

  /** Holds it until the returned function is called; calling that again does nothing more. */
  hold(): () => void {
    const hold = Symbol('hold');
    this.holds.next(new Set(this.holds.value).add(hold));
    return () => this.holds.next(new Set([...this.holds.value].filter((other) => other !== hold)));
  }
}
