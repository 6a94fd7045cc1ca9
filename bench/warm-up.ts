import type { Emulators } from './site';

/** How often each of a call's requests to Firestore is sent beforehand. */
const TIMES = 60;

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const randomId = (length: number): string =>
  Array.from({ length }, () => alphabet[Math.floor(Math.random() * alphabet.length)]).join('');
const text = (stringValue: string) => ({ stringValue });
const integer = (value: number) => ({ integerValue: String(value) });
const later = (milliseconds: number) => ({
  timestampValue: new Date(Date.now() + milliseconds).toISOString(),
});
const bytes = (length: number) => ({ bytesValue: Buffer.alloc(length, 7).toString('base64') });
const now = (fieldPath: string) => [{ fieldPath, setToServerValue: 'REQUEST_TIME' }];

/**
 * Creates and joins calls over REST, under the rules, until the emulator's Java has compiled the code involved. A cold
 * emulator takes ten times as long for a commit, and Firestore itself is never cold. Resolves to the duration of a
 * join's commit after that, in ms.
 */
export async function warmUp({ auth, firestore }: Emulators, project: string): Promise<number> {
  const root = `projects/${project}/databases/(default)/documents`;
  const signUp = `http://127.0.0.1:${auth}/identitytoolkit.googleapis.com/v1/accounts:signUp?key=demo`;
  const stranger = async () => {
    const response = await fetch(signUp, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ returnSecureToken: true }),
    });
    const { idToken, localId } = (await response.json()) as { idToken: string; localId: string };
    return { idToken, uid: localId };
  };
  type Stranger = Awaited<ReturnType<typeof stranger>>;
  const commit = async ({ idToken }: Stranger, ...writes: readonly unknown[]): Promise<number> => {
    const begun = performance.now();
    const response = await fetch(`http://127.0.0.1:${firestore}/v1/${root}:commit`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${idToken}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ writes }),
    });
    if (!response.ok) throw new Error(`A commit for warming up was refused: ${await response.text()}`);
    await response.arrayBuffer();
    return performance.now() - begun;
  };
  const seat = (call: string, number: number, { uid }: Stranger) => ({
    update: {
      name: `${root}/calls/${call}/seats/${number}`,
      fields: {
        uid: text(uid),
        session: text(randomId(16)),
        lease: later(120_000),
        card: bytes(60),
        expiresAt: later(80_000_000),
      },
    },
    updateTransforms: now('since'),
  });
  const [host, guest] = [await stranger(), await stranger()];
  let last = 0;
  for (let time = 0; time < TIMES; time++) {
    const call = randomId(26);
    const link = `${root}/calls/${call}/seats/1/links/${randomId(16)}`;
    const fields = {
      createdBy: text(host.uid),
      expiresAt: later(80_000_000),
      seats: integer(2),
      mode: text('mesh'),
      open: { booleanValue: true },
    };
    const made = {
      update: { name: `${root}/calls/${call}`, fields },
      updateTransforms: now('createdAt'),
      currentDocument: { exists: false },
    };
    await commit(host, made, seat(call, 0, host));
    const offer = {
      from: text(host.uid),
      fromSeat: integer(0),
      revision: integer(1),
      offer: bytes(3_000),
      pranswer: { nullValue: null },
      answer: { nullValue: null },
      expiresAt: later(80_000_000),
    };
    await commit(host, { update: { name: link, fields: offer }, currentDocument: { exists: false } });
    const answer = {
      update: { name: link, fields: { answer: bytes(3_000) } },
      updateMask: { fieldPaths: ['answer'] },
      currentDocument: { exists: true },
    };
    last = await commit(guest, seat(call, 1, guest), answer);
  }
  return last;
}
