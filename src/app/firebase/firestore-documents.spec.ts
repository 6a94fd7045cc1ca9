import type { User } from '@angular/fire/auth';
import type { Firestore } from '@angular/fire/firestore';

import { DocumentsError } from './documents';
import { ConnectError } from './firebase';
import { FirestoreDocuments } from './firestore-documents';

const config = { options: { projectId: 'demo-spec', apiKey: 'none' }, emulators: null };

/** A user whose token says who they are. */
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
    return new FirestoreDocuments(
      auth,
      signedIn,
      {} as Firestore,
      config,
      `token of ${signedIn.uid}`,
    );
  };

  beforeEach(() => {
    sent = [];
    spyOn(window, 'fetch').and.callFake((_, init) => {
      sent.push(new Headers(init?.headers).get('Authorization') ?? '');
      return Promise.resolve(new Response('{}'));
    });
  });

  it('has the uid of the tokens that it sends, whoever signs in meanwhile', async () => {
    const database = documents(user('ada'));
    await database.commit([]);
    expect(sent).toEqual([`Bearer token of ${database.uid}`]);
    auth.currentUser = user('ben');
    expect(database.uid).toBe('ben');
    await database.commit([]);
    expect(sent[1]).toBe('Bearer token of ben');
  });

  it('stays the user that it was when nobody is signed in any more', async () => {
    const database = documents(user('ada'));
    auth.currentUser = null;
    await database.commit([]);
    expect(database.uid).toBe('ada');
    expect(sent).toEqual(['Bearer token of ada']);
  });

  it('tells a token that no answer came for from one that was refused', async () => {
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
