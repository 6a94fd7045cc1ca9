import { Observable, Subscription } from 'rxjs';

/** Runs a limited number of tasks at once; the rest wait, first come, first served. */
export class Turns {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  /** Subscribes to `work` when it is its turn. The turn ends when `work` ends or is unsubscribed from. */
  readonly take = <T>(work: Observable<T>): Observable<T> =>
    new Observable((subscriber) => {
      const subscription = new Subscription();
      const begin = () => {
        this.free--;
        subscription.add(() => this.pass());
        subscription.add(work.subscribe(subscriber));
      };
      if (this.free > 0) {
        begin();
      } else {
        this.waiting.push(begin);
        subscription.add(() => {
          const at = this.waiting.indexOf(begin);
          if (at >= 0) this.waiting.splice(at, 1);
        });
      }
      return subscription;
    });

  private pass(): void {
    this.free++;
    this.waiting.shift()?.();
  }
}
