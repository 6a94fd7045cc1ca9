import { BehaviorSubject, distinctUntilChanged, map, Observable } from 'rxjs';

/** Something that whoever has reason to may hold back. Holds add up. */
export class Holds {
  private readonly held$ = new BehaviorSubject<ReadonlySet<symbol>>(new Set());

  /** Whether nobody holds it; starts with how it is now. */
  readonly free$: Observable<boolean> = this.held$.pipe(
    map(({ size }) => size === 0),
    distinctUntilChanged(),
  );

  /** Whether anybody holds it now. */
  get held(): boolean {
    return this.held$.value.size > 0;
  }

  /** Holds it until the returned function is called; calling that again does nothing more. */
  hold(): () => void {
    const hold = Symbol('hold');
    this.held$.next(new Set(this.held$.value).add(hold));
    return () => this.held$.next(new Set([...this.held$.value].filter((other) => other !== hold)));
  }
}
