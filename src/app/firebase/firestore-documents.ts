import { Auth, User } from '@angular/fire/auth';
import { Firestore } from '@angular/fire/firestore';
import { BehaviorSubject, identity, Observable } from 'rxjs';

import {
  DocumentRecord,
  Documents,
  DocumentsError,
  Fields,
  isOffline,
  OperationCount,
  Write,
} from './documents';
import { ConnectError } from './firebase';
import type { FirebaseConfig } from './firebase-config';
import { persevering } from './persevering';
import { fieldsOf, post, PostOptions, restWrite } from './rest';
import { secondLook } from './second-look';
import { authReason } from './sign-in-reason';
import { collectionSnapshots, documentSnapshots } from './snapshots';

interface BatchGetAnswer {
  readonly found?: { readonly fields?: Record<string, Record<string, unknown>> };
  readonly readTime?: string;
}

interface QueryAnswer {
  readonly document?: {
    readonly name: string;
    readonly fields?: Record<string, Record<string, unknown>>;
  };
  readonly readTime?: string;
}

interface CommitAnswer {
  readonly commitTime?: string;
}

/** ms. */
const REACH_PATIENCE = 3_000;
/** What Firestore's own listing gives at once. */
const MOST_LISTED = 300;

/**
 * Firestore for one signed-in user. Listening goes through the SDK, which keeps one stream alive; reading once and
 * committing go through the REST interface, which takes one round trip even when cold, applies the same rules, and
 * can outlive the page. See docs/decisions/0001-commits-by-rest.md.
 */
export class FirestoreDocuments extends Documents {
  readonly emulated: boolean;
  private readonly database: string;
  private readonly host: string;
  private readonly operations = new BehaviorSubject<OperationCount>({ writes: 0, reads: 0, deletes: 0 });
  readonly operations$ = this.operations.asObservable();
  /** Server time minus this device's time, ms. */
  private skew = 0;

  constructor(
    private readonly auth: Pick<Auth, 'currentUser'>,
    /** The user that was signed in last: an account that has ended still says why. */
    private last: User,
    private readonly firestore: Firestore,
    config: FirebaseConfig,
    /** Kept at hand, so that a farewell need not wait for one. */
    private token: string,
  ) {
    super();
    this.database = `projects/${config.options.projectId}/databases/(default)/documents`;
    this.emulated = config.emulators !== null;
    this.host = config.emulators
      ? `http://${config.emulators.host}:${config.emulators.firestorePort}`
      : 'https://firestore.googleapis.com';
  }

  /** The user of the tokens that are sent, asked for at each use. */
  get uid(): string {
    return this.user.uid;
  }

  private get user(): User {
    this.last = this.auth.currentUser ?? this.last;
    return this.last;
  }

  now(): number {
    return Date.now() + this.skew;
  }

  warm(): void {
    post(this.url('commit'), this.token, { writes: [] }).catch(() => undefined);
  }

  reach(): Promise<boolean> {
    return post(this.url('commit'), this.token, { writes: [] }, { patience: REACH_PATIENCE }).then(
      () => true,
      (error: unknown) => !isOffline(error),
    );
  }

  async get(path: string): Promise<Fields | null> {
    const found = await this.look(path);
    this.count({ reads: 1 });
    return found;
  }

  document$(path: string): Observable<Fields | null> {
    return documentSnapshots(this.firestore, path, (reads) => this.count({ reads })).pipe(
      this.emulated ? secondLook(() => this.look(path)) : identity,
    );
  }

  async list(path: string): Promise<readonly DocumentRecord[]> {
    const found = await this.lookThrough(path);
    this.count({ reads: Math.max(1, found.length) });
    return found;
  }

  collection$(path: string, where: Readonly<Record<string, string>> = {}) {
    return collectionSnapshots(this.firestore, path, (reads) => this.count({ reads }), where).pipe(
      this.emulated ? secondLook(() => this.lookThrough(path, where)) : identity,
    );
  }

  async commit(writes: readonly Write[], options: PostOptions = {}): Promise<void> {
    // A page that is going away has no turn left to wait for a token in.
    const token = options.keepalive ? this.token : await this.freshToken();
    const sent = Date.now();
    const body = { writes: writes.map((write) => restWrite(this.database, write)) };
    const answer = (await post(this.url('commit'), token, body, options)) as CommitAnswer;
    const deletes = writes.filter(({ kind }) => kind === 'delete').length;
    this.count({ writes: writes.length - deletes, deletes });
    this.setClock(sent, answer.commitTime);
  }

  private async look(path: string): Promise<Fields | null> {
    const sent = Date.now();
    const token = await this.freshToken();
    const answer = (await persevering(
      () => post(this.url('batchGet'), token, { documents: [`${this.database}/${path}`] }),
      isOffline,
    )) as readonly BatchGetAnswer[];
    this.setClock(sent, answer[0]?.readTime);
    const found = answer[0]?.found;
    return found ? fieldsOf(found.fields) : null;
  }

  private async lookThrough(
    path: string,
    having: Readonly<Record<string, string>> = {},
  ): Promise<readonly DocumentRecord[]> {
    const sent = Date.now();
    const token = await this.freshToken();
    const [, parent = '', collectionId] = /^(?:(.*)\/)?([^/]+)$/.exec(path) ?? [];
    const structuredQuery = { from: [{ collectionId }], limit: MOST_LISTED, ...whereAll(having) };
    const url = `${this.host}/v1/${this.database}${parent && `/${parent}`}:runQuery`;
    const answers = (await persevering(
      () => post(url, token, { structuredQuery }),
      isOffline,
    )) as readonly QueryAnswer[];
    this.setClock(sent, answers[0]?.readTime);
    return answers.flatMap(({ document }) =>
      document
        ? [{ id: document.name.slice(document.name.lastIndexOf('/') + 1), fields: fieldsOf(document.fields) }]
        : [],
    );
  }

  private url(method: 'commit' | 'batchGet'): string {
    return `${this.host}/v1/${this.database}:${method}`;
  }

  private async freshToken(): Promise<string> {
    try {
      return (this.token = await this.user.getIdToken());
    } catch (cause) {
      const reason = authReason(cause);
      throw reason === 'offline'
        ? new DocumentsError('offline', { cause })
        : new ConnectError(reason, { cause });
    }
  }

  private setClock(sent: number, time: string | undefined): void {
    if (time) {
      this.skew = Date.parse(time) - (sent + Date.now()) / 2;
    }
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

/** The condition of a query that all fields have these values (`StructuredQuery.where`). */
function whereAll(having: Readonly<Record<string, string>>): { readonly where?: unknown } {
  const filters = Object.entries(having).map(([fieldPath, stringValue]) => ({
    fieldFilter: { field: { fieldPath }, op: 'EQUAL', value: { stringValue } },
  }));
  return filters.length > 0 ? { where: { compositeFilter: { op: 'AND', filters } } } : {};
}
