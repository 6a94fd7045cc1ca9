import type { User } from '@angular/fire/auth';
import type { Firestore } from '@angular/fire/firestore';

import { DocumentsError, FromNow } from './documents';
import { ConnectError } from './firebase';
import { FirestoreDocuments } from './firestore-documents';

const config = { options: { projectId: 'demo-spec', apiKey: 'none' }, emulators: null };

/** A user whose token contains their uid. */
const user = (uid: string): User =>
  ({ uid, getIdToken: () => Promise.resolve(`token of ${uid}`) }) as unknown as User;

const failing = (code: string): User =>
  ({
    uid: 'ada',
    getIdToken: () => Promise.reject(Object.assign(new Error(code), { code })),
  }) as unknown as User;

describe('FirestoreDocuments', () => {
  let auth: { currentUser: User | null };
  let sent: string[];

  const documents = (signedIn: User) => {
    auth = { currentUser: signedIn };
    return new FirestoreDocuments(auth, signedIn, {} as Firestore, config, `token of ${signedIn.uid}`);
  };

  beforeEach(() => {
    sent = [];
    spyOn(window, 'fetch').and.callFake((_, init) => {
      sent.push(new Headers(init?.headers).get('Authorization') ?? '');
      return Promise.resolve(new Response('{}'));
    });
  });

  it('has the uid of the tokens that it sends, even when another user signs in', async () => {
    const database = documents(user('ada'));
    await database.commit([]);
    expect(sent).toEqual([`Bearer token of ${database.uid}`]);
    auth.currentUser = user('ben');
    expect(database.uid).toBe('ben');
    await database.commit([]);
    expect(sent[1]).toBe('Bearer token of ben');
  });

  it('keeps its last user after signing out', async () => {
    const database = documents(user('ada'));
    auth.currentUser = null;
    await database.commit([]);
    expect(database.uid).toBe('ada');
    expect(sent).toEqual(['Bearer token of ada']);
  });

  it('distinguishes an unanswered token request from a refused one', async () => {
    const lost = await documents(failing('auth/network-request-failed'))
      .get('calls/a')
      .catch((error: unknown) => error);
    expect(lost).toEqual(new DocumentsError('offline'));
    const refused = await documents(failing('auth/user-disabled'))
      .get('calls/a')
      .catch((error: unknown) => error);
    expect(refused).toEqual(new ConnectError('account'));
    expect(sent).toEqual([]);
  });
});

const MINUTE = 60_000;

/** The parts of a request that specs check. */
interface Asked {
  readonly method: string;
  readonly token: string;
  /** End of the lease that it writes, in ms since the epoch; NaN when it writes none. */
  readonly lease: number;
}

describe('FirestoreDocuments and the time', () => {
  let asked: Asked[];
  let answers: (() => Response)[];
  let tokens: boolean[];

  const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
  const refused = () => json({ error: { status: 'PERMISSION_DENIED' } }, 403);
  const told = (time: number) => json([{ missing: 'config/ice', readTime: new Date(time).toISOString() }]);
  const committed = (time: number) => json({ commitTime: new Date(time).toISOString() });

  const documents = () => {
    const ann = {
      uid: 'ann',
      getIdToken: (renewed: boolean) => {
        tokens.push(renewed);
        return Promise.resolve(renewed ? 'new' : 'old');
      },
    } as unknown as User;
    return new FirestoreDocuments({ currentUser: ann }, ann, {} as Firestore, config, 'old');
  };
  const renewal = [
    { kind: 'update', path: 'calls/c/seats/0', fields: { lease: new FromNow(2 * MINUTE) } },
  ] as const;

  beforeEach(() => {
    [asked, answers, tokens] = [[], [], []];
    spyOn(window, 'fetch').and.callFake((url, init) => {
      const body = JSON.parse(init!.body as string) as {
        writes?: { update?: { fields: { lease?: { timestampValue: string } } } }[];
      };
      asked.push({
        method: (url as string).slice((url as string).lastIndexOf(':') + 1),
        token: (init!.headers as Record<string, string>)['Authorization']!,
        lease: Date.parse(body.writes?.[0]?.update?.fields.lease?.timestampValue ?? ''),
      });
      return Promise.resolve(answers.shift()!());
    });
  });

  const methods = () => asked.map(({ method }) => method);

  it('writes leases by the server’s clock once known, even when the device’s clock is wrong or steps', async () => {
    const server = Date.now();
    const own = documents();
    answers = [() => told(server - 10 * MINUTE), () => committed(server)];
    await own.get('config/ice');
    const wall = server;
    spyOn(Date, 'now').and.callFake(() => wall + 60 * MINUTE);
    await own.commit(renewal);
    expect(asked[1]!.lease - (server - 8 * MINUTE)).toBeLessThan(MINUTE);
    expect(asked[1]!.lease).toBeGreaterThanOrEqual(server - 8 * MINUTE);
  });

  it('reads the time after a refusal and retries once before rejecting', async () => {
    const own = documents();
    const server = Date.now() - 10 * MINUTE;
    answers = [refused, () => told(server), () => committed(server)];
    await own.commit(renewal);
    expect(methods()).toEqual(['commit', 'batchGet', 'commit']);
    const wrong = asked[0]!.lease - asked[2]!.lease;
    expect(Math.abs(wrong - 10 * MINUTE)).toBeLessThan(MINUTE);
  });

  it('accepts a refusal when the clock is right, and does not retry', async () => {
    const own = documents();
    answers = [() => told(Date.now()), refused, refused];
    await own.get('config/ice');
    await expectAsync(own.commit(renewal)).toBeRejectedWith(
      jasmine.objectContaining({ reason: 'forbidden' }),
    );
    await expectAsync(own.commit([{ kind: 'delete', path: 'calls/c/seats/0' }])).toBeRejected();
    expect(methods()).toEqual(['batchGet', 'commit', 'commit']);
  });

  it('retries once, not forever', async () => {
    const own = documents();
    const server = Date.now() - 10 * MINUTE;
    answers = [refused, () => told(server), refused];
    await expectAsync(own.commit(renewal)).toBeRejectedWith(
      jasmine.objectContaining({ reason: 'forbidden' }),
    );
    expect(asked.length).toBe(3);
  });

  it('renews a token that the database no longer accepts', async () => {
    const own = documents();
    answers = [() => json({ error: { status: 'UNAUTHENTICATED' } }, 401), () => committed(Date.now())];
    await own.commit(renewal);
    expect(tokens).toEqual([false, true]);
    expect(asked.map(({ token }) => token)).toEqual(['Bearer old', 'Bearer new']);
  });
});
