import { Observable, Subscription } from 'rxjs';

interface Entry<V> {
  readonly subscription: Subscription;
  value?: V;
  has: boolean;
}

/**
 * Keeps one inner subscription for each key in a changing list: a new key subscribes, a removed key unsubscribes, an
 * unchanged key is left alone. Emits the latest value of each, in the list's order. An inner stream that has not emitted yet
 * is left out; one that completed keeps its last value. An error of any inner stream is an error of all.
 */
export const keyed = <T, V>(
  items$: Observable<readonly T[]>,
  keyOf: (item: T) => string,
  project: (item: T) => Observable<V>,
): Observable<readonly V[]> =>
  new Observable((subscriber) => {
    const entries = new Map<string, Entry<V>>();
    let order: readonly string[] = [];
    let reconciling = false;
    const emit = () => {
      if (reconciling) return;
      const held = order.map((key) => entries.get(key)).filter((entry) => entry?.has);
      subscriber.next(held.map((entry) => entry!.value as V));
    };
    const add = (key: string, item: T) => {
      const entry: Entry<V> = { subscription: new Subscription(), has: false };
      entries.set(key, entry);
      entry.subscription.add(
        project(item).subscribe({
          next: (value) => {
            entry.value = value;
            entry.has = true;
            emit();
          },
          error: (error: unknown) => subscriber.error(error),
        }),
      );
    };
    const reconcile = (items: readonly T[]) => {
      const wanted = new Map(items.map((item) => [keyOf(item), item]));
      reconciling = true;
      order = [...wanted.keys()];
      for (const [key, { subscription }] of entries) {
        if (!wanted.has(key)) {
          entries.delete(key);
          subscription.unsubscribe();
        }
      }
      for (const [key, item] of wanted) {
        if (!entries.has(key)) add(key, item);
      }
      reconciling = false;
      emit();
    };
    const outer = items$.subscribe({ next: reconcile, error: (error: unknown) => subscriber.error(error) });
    return () => {
      outer.unsubscribe();
      for (const { subscription } of entries.values()) subscription.unsubscribe();
    };
  });
