import { webcrypto } from 'node:crypto';

import { expect } from '@playwright/test';

import { authPort, firestorePort, projectId } from './environment';

/** Value of a field in Firestore's REST format. */
export type Value = Readonly<Record<string, unknown>>;
export type Fields = Readonly<Record<string, Value>>;

export interface Stored {
  /** Path below the database's root. */
  readonly path: string;
  readonly fields: Fields;
}

export const timestamp = (milliseconds: number): Value => ({
  timestampValue: new Date(milliseconds).toISOString(),
});
export const text = (stringValue: string): Value => ({ stringValue });
export const bytes = (bytesValue: Uint8Array): Value => ({
  bytesValue: Buffer.from(bytesValue).toString('base64'),
});

/** The emulator accepts this token for the project's owner, whom no rules restrict. */
const owner = 'owner';

/** Access to the database without the app: as its owner, or as another user with their token. */
export class Database {
  private constructor(
    private readonly root: string,
    private readonly token: string,
  ) {}

  static async as(token: string = owner): Promise<Database> {
    const name = `projects/${await projectId()}/databases/(default)/documents`;
    return new Database(`http://127.0.0.1:${firestorePort}/v1/${name}`, token);
  }

  /** A new user, who knows nothing except how to sign in. */
  static async asStranger(): Promise<{ readonly uid: string; readonly database: Database }> {
    const url = `http://127.0.0.1:${authPort}/identitytoolkit.googleapis.com/v1/accounts:signUp?key=fake-api-key`;
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ returnSecureToken: true }),
    });
    const { idToken, localId } = (await response.json()) as { idToken: string; localId: string };
    return { uid: localId, database: await Database.as(idToken) };
  }

  async get(path: string): Promise<Fields | null> {
    const { status, body } = await this.ask(path);
    if (status === 404) return null;
    return ((body as { fields?: Fields }).fields ??= {});
  }

  /** Changes the named fields of a document, which must exist. Resolves to the HTTP status. */
  async change(path: string, fields: Fields): Promise<number> {
    const mask = Object.keys(fields).map((name) => `updateMask.fieldPaths=${name}`);
    const { status } = await this.ask(`${path}?${mask.join('&')}&currentDocument.exists=true`, 'PATCH', {
      fields,
    });
    return status;
  }

  /** Writes a whole document. Resolves to the HTTP status. */
  async put(path: string, fields: Fields): Promise<number> {
    return (await this.ask(path, 'PATCH', { fields })).status;
  }

  /** Deletes a document. Resolves to the HTTP status. */
  async remove(path: string): Promise<number> {
    return (await this.ask(path, 'DELETE')).status;
  }

  /** Commits several writes at once, as in `documents:commit`; `name` is a path. Resolves to the HTTP status. */
  async commit(writes: readonly { readonly name: string; readonly fields: Fields; readonly now?: string }[]) {
    const { status } = await this.ask(':commit', 'POST', {
      writes: writes.map(({ name, fields, now }) => ({
        update: { name: `${this.root.split('/v1/')[1]}/${name}`, fields },
        ...(now ? { updateTransforms: [{ fieldPath: now, setToServerValue: 'REQUEST_TIME' }] } : {}),
      })),
    });
    return status;
  }

  async list(path: string): Promise<readonly Stored[]> {
    const { body, status } = await this.ask(`${path}?pageSize=300`);
    if (status !== 200) throw new Error(`${path}: HTTP ${status}`);
    const { documents = [] } = body as { documents?: { name: string; fields?: Fields }[] };
    return documents.map(({ name, fields = {} }) => ({ path: name.split('/documents/')[1]!, fields }));
  }

  /** Paths of all documents of a call. */
  async pathsOf(callId: string): Promise<readonly string[]> {
    const { body } = await this.ask(`calls/${callId}:runQuery`, 'POST', {
      structuredQuery: { from: [{ allDescendants: true }] },
    });
    const found = (body as { document?: { name: string } }[]).flatMap(({ document }) => document?.name ?? []);
    const call = await this.get(`calls/${callId}`);
    return [...(call ? [`calls/${callId}`] : []), ...found.map((name) => name.split('/documents/')[1]!)];
  }

  private async ask(
    path: string,
    method = 'GET',
    body?: unknown,
  ): Promise<{ status: number; body: unknown }> {
    const response = await fetch(path.startsWith(':') ? this.root + path : `${this.root}/${path}`, {
      method,
      headers: { Authorization: `Bearer ${this.token}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok && this.token === owner && response.status !== 404) {
      throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    }
    return { status: response.status, body: answer };
  }
}

/** Id of the call's document: docs/protocol.md, "Code, id, key", implemented again without the app. */
export async function callIdOf(code: string): Promise<string> {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
  const ascii = (words: string) => new TextEncoder().encode(words);
  const secret = await webcrypto.subtle.importKey('raw', ascii(code.replaceAll('-', '')), 'HKDF', false, [
    'deriveBits',
  ]);
  const bits = await webcrypto.subtle.deriveBits(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: ascii('parley/1/call-id') },
    secret,
    128,
  );
  const binary = [...new Uint8Array(bits)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return binary
    .padEnd(130, '0')
    .match(/.{5}/g)!
    .map((digit) => alphabet[parseInt(digit, 2)])
    .join('');
}

export const seatPath = async (code: string, seat: number): Promise<string> =>
  `calls/${await callIdOf(code)}/seats/${seat}`;

/** Changes the number of a call's seats, for everyone who opens it from now on. */
export async function setSeats(code: string, seats: number): Promise<void> {
  const database = await Database.as();
  await database.change(`calls/${await callIdOf(code)}`, { seats: { integerValue: String(seats) } });
}

/** Resolves once a field of a call has this value in the database: pages that open the call later read it. */
export async function expectStored(code: string, field: string, value: Value): Promise<void> {
  const database = await Database.as();
  const call = `calls/${await callIdOf(code)}`;
  await expect.poll(async () => (await database.get(call))?.[field]).toEqual(value);
}

/** Expires the lease of a seat now, as if its holder had been silent for minutes. */
export async function endLease(code: string, seat: number): Promise<void> {
  const database = await Database.as();
  await database.change(await seatPath(code, seat), { lease: timestamp(Date.now() - 1_000) });
}
