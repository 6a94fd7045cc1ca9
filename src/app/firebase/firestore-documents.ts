import type { Auth, User } from 'firebase/auth';
import type { Firestore } from 'firebase/firestore';
import {
  BehaviorSubject,
  catchError,
  distinctUntilChanged,
  filter,
  firstValueFrom,
  identity,
  map,
  Observable,
  of,
  race,
  skip,
  take,
  timer,
} from 'rxjs';

import { note } from '../log/note';
import {
  DocumentRecord,
  Documents,
  DocumentsError,
  Fields,
  FromNow,
  isForbidden,
  isOffline,
  OperationCount,
  Write,
} from './documents';
import { ConnectError } from './firebase';
import type { FirebaseConfig } from './firebase-config';
import { retryLost } from './retry-lost';
import { Channel, polledWhenSilent } from './polling';
import { fieldsOf, post, PostOptions, restWrite, TokenError } from './rest';
import { secondLook } from './second-look';
import { authReason } from './sign-in-reason';
import { ServerClock, TOLERANCE } from './server-clock';
import { collectionSnapshots, documentSnapshots } from './snapshots';
import { within } from './within';

interface BatchGetAnswer {
  readonly found?: { readonly fields?: Record<string, Record<string, unknown>> };
}

interface QueryAnswer {
  readonly document?: {
    readonly name: string;
    readonly fields?: Record<string, Record<string, unknown>>;
  };
}

/** In ms. */
const REACH_PATIENCE = 3_000;
/** Time after which an unanswered read is retried, in ms. */
const READ_PATIENCE = 5_000;
/** Time after which an unanswered token request counts as `offline`, in ms. */
const TOKEN_PATIENCE = 8_000;
/** Time after which a silent listener counts as blocked, in ms. */
const LISTEN_PATIENCE = 8_000;
/** The page size of Firestore's own listing. */
const MOST_LISTED = 300;
/** A document that every signed-in user may read, whether it exists or not. */
const ANY_DOCUMENT = 'config/ice';

/**
 * Firestore for one signed-in user. Listening goes through the SDK, which keeps one stream alive. Single reads and
 * commits go through the REST interface, which takes one round trip even when cold, applies the same rules, and can
 * outlive the page. See docs/decisions/0001-commits-by-rest.md.
 */
export class FirestoreDocuments extends Documents {
  readonly emulated: boolean;
  private readonly database: string;
  private readonly host: string;
  private readonly operations = new BehaviorSubject<OperationCount>({ writes: 0, reads: 0, deletes: 0 });
  readonly operations$ = this.operations.asObservable();
  private readonly channel: Channel = new BehaviorSubject<Channel['value']>('unknown');
  readonly polling$ = this.channel.pipe(
    map((channel) => channel === 'silent'),
    distinctUntilChanged(),
  );
  private readonly clock = new ServerClock();

  constructor(
    private readonly auth: Pick<Auth, 'currentUser'>,
    /** The last signed-in user. After the account has ended, this user still reports why. */
    private last: User,
    private readonly firestore: Firestore,
    config: FirebaseConfig,
    /** Kept ready, so that a farewell need not wait for one. */
    private token: string,
  ) {
    super();
    this.database = `projects/${config.options.projectId}/databases/(default)/documents`;
    this.emulated = config.emulators !== null;
    this.host = config.emulators
      ? `http://${config.emulators.host}:${config.emulators.firestorePort}`
      : 'https://firestore.googleapis.com';
    this.channel
      .pipe(skip(1), distinctUntilChanged())
      .subscribe((state) => note('firebase', `listening-${state}`));
  }

  /** The user whose tokens are sent, looked up on each use. */
  get uid(): string {
    return this.user.uid;
  }

  private get user(): User {
    this.last = this.auth.currentUser ?? this.last;
    return this.last;
  }

  now(): number {
    return this.clock.now();
  }

  warm(): void {
    // eslint-disable-next-line parley/noted-errors -- `post` has noted it.
    this.touch({}).catch(() => undefined);
  }

  reach(): Promise<boolean> {
    return this.touch({ patience: REACH_PATIENCE }).then(
      () => true,
      (error: unknown) => !isOffline(error),
    );
  }

  listens(): Promise<boolean> {
    const heard$ = documentSnapshots(this.firestore, ANY_DOCUMENT, (reads) => this.count({ reads })).pipe(
      filter((heard) => heard !== 'stale'),
      map(() => true),
      // A refusal is an answer too.
      catchError((error: unknown) => of(!isOffline(error))),
      take(1),
    );
    return firstValueFrom(race(heard$, timer(LISTEN_PATIENCE).pipe(map(() => false))));
  }

  async get(path: string): Promise<Fields | null> {
    const found = await retryLost(() => this.look(path), isOffline);
    this.count({ reads: 1 });
    return found;
  }

  document$(path: string): Observable<Fields | null> {
    return documentSnapshots(this.firestore, path, (reads) => this.count({ reads })).pipe(
      polledWhenSilent(async () => {
        const found = await this.look(path);
        this.count({ reads: 1 });
        return found;
      }, this.channel),
      this.emulated ? secondLook(() => retryLost(() => this.look(path), isOffline)) : identity,
    );
  }

  async list(path: string): Promise<readonly DocumentRecord[]> {
    const found = await retryLost(() => this.lookThrough(path), isOffline);
    this.count({ reads: Math.max(1, found.length) });
    return found;
  }

  collection$(path: string, where: Readonly<Record<string, string>> = {}, most?: number) {
    return collectionSnapshots(this.firestore, path, (reads) => this.count({ reads }), where, most).pipe(
      polledWhenSilent(async () => {
        const found = await this.lookThrough(path, where, most);
        this.count({ reads: Math.max(1, found.length) });
        return found;
      }, this.channel),
      this.emulated
        ? secondLook(() => retryLost(() => this.lookThrough(path, where, most), isOffline))
        : identity,
    );
  }

  async commit(writes: readonly Write[], options: PostOptions = {}): Promise<void> {
    const used = this.clock.offset;
    try {
      await this.send(writes, options);
    } catch (error) {
      const mayBeTime = isForbidden(error) && !options.keepalive && writes.some(tellsTime);
      if (!mayBeTime || !(await this.wasWrong(used))) throw error;
      note('firebase', 'clock-wrong', { offMs: this.clock.offset - used });
      await this.send(writes, options);
    }
    const deletes = writes.filter(({ kind }) => kind === 'delete').length;
    this.count({ writes: writes.length - deletes, deletes });
  }

  private async send(writes: readonly Write[], options: PostOptions): Promise<void> {
    const body = () => ({
      writes: writes.map((write) => restWrite(this.database, write, this.clock.now())),
    });
    // A page that is being closed has no time to wait for a token.
    if (options.keepalive) await post(this.url('commit'), this.token, body(), options, this.clock);
    else await this.ask(this.url('commit'), body, options);
  }

  /** Whether the clock is known to have been wrong at `offset`. Reads the server's time if the clock is not sure of it. */
  private async wasWrong(offset: number): Promise<boolean> {
    const isOff = () => Math.abs(this.clock.offset - offset) > TOLERANCE;
    if (isOff()) return true;
    if (this.clock.isSure) return false;
    await this.look(ANY_DOCUMENT).then(
      () => this.count({ reads: 1 }),
      // eslint-disable-next-line parley/noted-errors -- `post` has noted it.
      () => undefined,
    );
    return isOff();
  }

  /** An empty commit, which costs no operation. Uses the token at hand, so that the request leaves at once. */
  private async touch(options: PostOptions): Promise<void> {
    await post(this.url('commit'), this.token, { writes: [] }, options, this.clock);
  }

  private async look(path: string): Promise<Fields | null> {
    const body = { documents: [`${this.database}/${path}`] };
    const options = { patience: READ_PATIENCE };
    const [answer] = (await this.ask(this.url('batchGet'), () => body, options)) as readonly BatchGetAnswer[];
    return answer?.found ? fieldsOf(answer.found.fields) : null;
  }

  private async lookThrough(
    path: string,
    having: Readonly<Record<string, string>> = {},
    most = MOST_LISTED,
  ): Promise<readonly DocumentRecord[]> {
    const [, parent = '', collectionId] = /^(?:(.*)\/)?([^/]+)$/.exec(path) ?? [];
    const structuredQuery = { from: [{ collectionId }], limit: most, ...whereAll(having) };
    const url = `${this.host}/v1/${this.database}${parent && `/${parent}`}:runQuery`;
    const options = { patience: READ_PATIENCE };
    const answers = (await this.ask(url, () => ({ structuredQuery }), options)) as readonly QueryAnswer[];
    return answers.flatMap(({ document }) =>
      document
        ? [{ id: document.name.slice(document.name.lastIndexOf('/') + 1), fields: fieldsOf(document.fields) }]
        : [],
    );
  }

  /**
   * Posts with a token that should be valid. If the database rejects it, it is renewed once: on a device whose clock was
   * set back, the SDK still considers an expired token valid.
   */
  private async ask(url: string, body: () => unknown, options: PostOptions): Promise<unknown> {
    const token = await this.freshToken(false);
    try {
      return await post(url, token, body(), options, this.clock);
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      note('firebase', 'token-renewed');
      return post(url, await this.freshToken(true), body(), options, this.clock);
    }
  }

  private url(method: 'commit' | 'batchGet'): string {
    return `${this.host}/v1/${this.database}:${method}`;
  }

  private async freshToken(renewed: boolean): Promise<string> {
    const asked = this.user.getIdToken(renewed).catch((cause: unknown) => {
      const reason = authReason(cause);
      throw reason === 'offline'
        ? new DocumentsError('offline', { cause })
        : new ConnectError(reason, { cause });
    });
    return (this.token = await within(asked, TOKEN_PATIENCE, () => new DocumentsError('offline')));
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

/** Whether the rules compare anything in a write with the server's time. */
const tellsTime = (write: Write): boolean => write.kind !== 'delete' && holdsTime(write.fields);

const holdsTime = (value: unknown): boolean =>
  value instanceof FromNow ||
  (typeof value === 'object' &&
    value !== null &&
    !(value instanceof Uint8Array) &&
    Object.values(value).some(holdsTime));

/** A query condition that all fields have these values (`StructuredQuery.where`). */
function whereAll(having: Readonly<Record<string, string>>): { readonly where?: unknown } {
  const filters = Object.entries(having).map(([fieldPath, stringValue]) => ({
    fieldFilter: { field: { fieldPath }, op: 'EQUAL', value: { stringValue } },
  }));
  return filters.length > 0 ? { where: { compositeFilter: { op: 'AND', filters } } } : {};
}
