import {
  asyncScheduler,
  BehaviorSubject,
  concatMap,
  distinctUntilChanged,
  map,
  type MonoTypeOperatorFunction,
  Observable,
  observeOn,
  of,
  pipe,
  tap,
  timer,
} from 'rxjs';

import {
  DocumentRecord,
  Documents,
  DocumentsError,
  Fields,
  FieldValue,
  FromNow,
  OperationCount,
  SERVER_TIME,
  Write,
  WrittenValue,
} from '../firebase/documents';

import { isForbidden, mayList } from './memory-rules';

/** A database in memory, shared by any number of users. */
export class MemoryDatabase {
  private readonly contents$ = new BehaviorSubject<ReadonlyMap<string, Fields>>(new Map());

  /** The database as one user sees it. */
  user(uid: string): MemoryDocuments {
    return new MemoryDocuments(uid, this.contents$);
  }

  /** All documents by path, for specs that look from outside. */
  get contents(): ReadonlyMap<string, Fields> {
    return this.contents$.value;
  }

  /** Writes a document past all checks, as a database operator could. */
  simulateWrite(path: string, fields: Fields): void {
    this.contents$.next(new Map(this.contents).set(path, fields));
  }
}

/** Refuses failed preconditions, and what `memory-rules.ts` forbids. */
export class MemoryDocuments extends Documents {
  readonly emulated: boolean = true;
  private readonly operations = new BehaviorSubject<OperationCount>({ writes: 0, reads: 0, deletes: 0 });
  readonly operations$ = this.operations.asObservable();
  private offline = false;
  private delay = 0;
  private readonly polling = new BehaviorSubject(false);
  readonly polling$ = this.polling.asObservable();
  private unanswered = 0;
  private way: Promise<unknown> = Promise.resolve();
  private lag: (() => number) | null = null;
  private ahead = 0;

  constructor(
    readonly uid: string,
    private readonly contents$: BehaviorSubject<ReadonlyMap<string, Fields>>,
  ) {
    super();
  }

  /** Makes everything that this user sends or requests fail from now on. */
  simulateOffline(offline: boolean): void {
    this.offline = offline;
  }

  /** From now on, answers to commits take this long, in ms. Other users see at once what was written. */
  simulateSlowAnswers(delay: number): void {
    this.delay = delay;
  }

  /** Holds up all of this user's commits from now on, until the returned function is called. */
  simulateHeldUp(): () => void {
    let release = () => {};
    this.way = new Promise<void>((resolve) => (release = resolve));
    return release;
  }

  /** From now on, each commit, response and delivery takes a time of its own, in ms. Each listener still delivers in order. */
  simulateLag(lag: () => number): void {
    this.lag = lag;
  }

  /** The device's clock is this far ahead, in ms, which shows until the first response. */
  simulateWrongClock(ahead: number): void {
    this.ahead = ahead;
  }

  /** Sets whether listeners count as silent. Polled documents arrive just as listeners would deliver them. */
  simulateNoListening(silent: boolean): void {
    this.polling.next(silent);
  }

  /** The next `count` commits are executed, and their answers are lost. */
  simulateLostAnswers(count: number): void {
    this.unanswered = count;
  }

  now(): number {
    return Date.now() + this.ahead;
  }

  warm(): void {
    // Nothing to connect to.
  }

  reach(): Promise<boolean> {
    return Promise.resolve(!this.offline);
  }

  listens(): Promise<boolean> {
    return Promise.resolve(!this.offline && !this.polling.value);
  }

  get(path: string): Promise<Fields | null> {
    if (this.offline) {
      return Promise.reject(new DocumentsError('offline'));
    }
    this.count({ reads: 1 });
    return this.wait(() => {
      this.ahead = 0;
      return this.contents$.value.get(path) ?? null;
    });
  }

  document$(path: string): Observable<Fields | null> {
    return this.contents$.pipe(
      map((contents) => contents.get(path) ?? null),
      distinctUntilChanged(),
      this.delivered(),
      map((fields) => {
        this.count({ reads: 1 });
        return fields;
      }),
    );
  }

  list(path: string): Promise<readonly DocumentRecord[]> {
    if (this.offline) {
      return Promise.reject(new DocumentsError('offline'));
    }
    const found = below(this.contents$.value, path);
    this.count({ reads: Math.max(1, found.length) });
    return Promise.resolve(found.map(([at, fields]) => ({ id: at.slice(path.length + 1), fields })));
  }

  collection$(
    path: string,
    where: Readonly<Record<string, string>> = {},
    most = Infinity,
  ): Observable<readonly DocumentRecord[]> {
    const isWanted = (fields: Fields) =>
      Object.entries(where).every(([field, value]) => fields[field] === value);
    let known: ReadonlyMap<string, Fields> | null = null;
    return this.contents$.pipe(
      tap((contents) => {
        if (!mayList(path, contents, this.uid)) throw new DocumentsError('forbidden');
      }),
      map((contents) =>
        below(contents, path)
          .filter(([, fields]) => isWanted(fields))
          .slice(0, most),
      ),
      distinctUntilChanged(
        (a, b) => a.length === b.length && a.every(([at, f], i) => b[i]![0] === at && b[i]![1] === f),
      ),
      this.delivered(),
      map((found) => {
        const delivered = found.filter(([at, fields]) => known?.get(at) !== fields).length;
        this.count({ reads: known ? delivered : Math.max(1, delivered) });
        known = new Map(found);
        return found.map(([at, fields]) => ({ id: at.slice(path.length + 1), fields }));
      }),
    );
  }

  async commit(writes: readonly Write[]): Promise<void> {
    await this.way;
    await this.wait(() => undefined);
    await this.carryOut(writes);
    await this.wait(() => (this.ahead = 0));
    if (this.unanswered > 0) {
      this.unanswered--;
      throw new DocumentsError('offline');
    }
  }

  private carryOut(writes: readonly Write[]): Promise<void> {
    if (this.offline) {
      return Promise.reject(new DocumentsError('offline'));
    }
    const before = this.contents$.value;
    const after = new Map(before);
    const now = new Date(Date.now());
    // Firestore evaluates its rules before preconditions.
    if (writes.some((write) => isForbidden(write, writes, before, this.uid, now))) {
      return Promise.reject(new DocumentsError('forbidden'));
    }
    for (const write of writes) {
      const present = after.get(write.path);
      if (write.kind === 'delete') {
        after.delete(write.path);
      } else if (
        (write.kind === 'update' && !present) ||
        (write.kind === 'set' && write.exists === false && present)
      ) {
        return Promise.reject(new DocumentsError('conflict'));
      } else {
        const fields = stamped(write.fields, now);
        if (write.kind === 'merge') after.set(write.path, merged(present ?? {}, fields, write.mask));
        else after.set(write.path, { ...(write.kind === 'update' ? present : {}), ...fields });
      }
    }
    const deletes = writes.filter(({ kind }) => kind === 'delete').length;
    this.count({ writes: writes.length - deletes, deletes });
    this.contents$.next(after);
    return new Promise((resolve) => (this.delay > 0 ? setTimeout(resolve, this.delay) : resolve()));
  }

  private delivered<T>(): MonoTypeOperatorFunction<T> {
    return pipe(
      observeOn<T>(asyncScheduler),
      concatMap((value) => (this.lag ? timer(this.lag()).pipe(map(() => value)) : of(value))),
    );
  }

  /** Resolves when the response has arrived. */
  private async wait<T>(respond: () => T): Promise<T> {
    if (this.lag) await new Promise((resolve) => setTimeout(resolve, this.lag!()));
    return respond();
  }

  private count({ writes = 0, reads = 0, deletes = 0 }: Partial<OperationCount>): void {
    const now = this.operations.value;
    this.operations.next({
      writes: now.writes + writes,
      reads: now.reads + reads,
      deletes: now.deletes + deletes,
    });
  }
}

/** The documents of a collection, ordered by id. */
function below(contents: ReadonlyMap<string, Fields>, path: string): readonly [string, Fields][] {
  const depth = path.split('/').length + 1;
  return [...contents]
    .filter(([at]) => at.startsWith(`${path}/`) && at.split('/').length === depth)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A document after the fields named by the mask were replaced. */
const merged = (before: Fields, fields: Fields, mask: readonly (readonly string[])[]): Fields =>
  mask.reduce((held, keys) => taken(held, fields, keys), before);

function taken(before: Fields, fields: Fields, [key = '', ...rest]: readonly string[]): Fields {
  const { [key]: mine, ...others } = before;
  const theirs = fields[key];
  if (rest.length > 0) {
    return { ...others, [key]: taken((mine ?? {}) as Fields, (theirs ?? {}) as Fields, rest) };
  }
  return theirs === undefined ? others : { ...others, [key]: theirs };
}

function stamped(
  fields: Readonly<Record<string, WrittenValue | typeof SERVER_TIME>>,
  now: Date,
): Record<string, FieldValue> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, value === SERVER_TIME ? now : kept(value, now)]),
  );
}

function kept(value: WrittenValue, now: Date): FieldValue {
  if (value instanceof FromNow) return new Date(now.getTime() + value.ms);
  return typeof value !== 'object' || value === null || value instanceof Uint8Array
    ? value
    : stamped(value, now);
}
