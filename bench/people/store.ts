/** Firestore over REST as a person's client uses it, under the rules. Counts the operations that it is charged for. */
export class Tally {
  reads = 0;
  writes = 0;
  deletes = 0;

  /** Returns the counts since the last call and resets them. */
  take(): { readonly reads: number; readonly writes: number; readonly deletes: number } {
    const { reads, writes, deletes } = this;
    this.reads = this.writes = this.deletes = 0;
    return { reads, writes, deletes };
  }
}

export type Value = Readonly<Record<string, unknown>>;
export type Fields = Readonly<Record<string, Value>>;

export interface Found {
  readonly name: string;
  readonly fields?: Fields;
}

/** A write of a commit (Firestore's REST reference, `Write`), with its path below the root. */
export type Write =
  | { readonly delete: string }
  | {
      readonly path: string;
      readonly fields: Fields;
      readonly mask?: readonly string[];
      readonly now?: string;
    };

export const text = (stringValue: string): Value => ({ stringValue });
export const bytes = (length: number): Value => ({ bytesValue: Buffer.alloc(length, 7).toString('base64') });
export const map = (fields: Fields): Value => ({ mapValue: { fields } });
/** A timestamp this many ms ahead. */
export const ahead = (milliseconds: number): Value => ({
  timestampValue: new Date(Date.now() + milliseconds).toISOString(),
});

/** Port of the emulator, and one of its projects. */
export interface Place {
  readonly port: number;
  readonly project: string;
}

/** An unsigned token, which the emulator accepts for a signed-in user. */
function tokenOf(uid: string, project: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const issued = Math.floor(Date.now() / 1_000);
  const claims = {
    iss: `https://securetoken.google.com/${project}`,
    aud: project,
    sub: uid,
    user_id: uid,
    iat: issued,
    auth_time: issued,
    exp: issued + 3_600,
    firebase: { sign_in_provider: 'anonymous', identities: {} },
  };
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
}

export class Store {
  private readonly root: string;
  private readonly token: string;

  constructor(
    private readonly place: Place,
    readonly uid: string,
    private readonly tally: Tally,
  ) {
    this.root = `projects/${place.project}/databases/(default)/documents`;
    this.token = tokenOf(uid, place.project);
  }

  /** One read, even if the document is missing. */
  async get(path: string): Promise<void> {
    const answer = (await this.post(':batchGet', { documents: [`${this.root}/${path}`] })) as {
      readonly found?: Found;
      readonly missing?: string;
    }[];
    this.tally.reads += answer.filter(({ found, missing }) => found ?? missing).length;
  }

  /** One read per document found, and one if there is none. */
  async query(parent: string, collectionId: string): Promise<readonly Found[]> {
    const answer = (await this.post(`/${parent}:runQuery`, {
      structuredQuery: { from: [{ collectionId }] },
    })) as { readonly document?: Found }[];
    const found = answer.flatMap(({ document }) => document ?? []);
    this.tally.reads += Math.max(1, found.length);
    return found;
  }

  async commit(...writes: readonly Write[]): Promise<void> {
    const { writeResults } = (await this.post(':commit', {
      writes: writes.map((write) => this.spelled(write)),
    })) as { readonly writeResults: readonly unknown[] };
    const deletes = writes.filter((write) => 'delete' in write).length;
    this.tally.deletes += deletes;
    this.tally.writes += writeResults.length - deletes;
  }

  private spelled(write: Write): object {
    if ('delete' in write) return { delete: `${this.root}/${write.delete}` };
    const { path, fields, mask, now } = write;
    return {
      update: { name: `${this.root}/${path}`, fields },
      ...(mask ? { updateMask: { fieldPaths: mask } } : {}),
      ...(now ? { updateTransforms: [{ fieldPath: now, setToServerValue: 'REQUEST_TIME' }] } : {}),
    };
  }

  private async post(method: string, body: object): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${this.place.port}/v1/${this.root}${method}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${this.token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${method}: ${JSON.stringify(answer)}`);
    return answer;
  }
}
