import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { after, describe, it } from 'node:test';

import {
  assertFails,
  assertSucceeds,
  initializeTestEnvironment,
  type RulesTestContext,
} from '@firebase/rules-unit-testing';
import {
  Bytes,
  collection,
  collectionGroup,
  deleteDoc,
  doc,
  getDoc,
  getDocs,
  limit,
  query,
  serverTimestamp,
  setDoc,
  setLogLevel,
  Timestamp,
  updateDoc,
  where,
  writeBatch,
  type Firestore,
} from 'firebase/firestore';

import { gather } from './coverage';
import { projectId, rulesSource } from './emulator';

// These specs provoke refusals; the SDK would log each as an error.
setLogLevel('silent');

const environment = await initializeTestEnvironment({ projectId, firestore: { rules: rulesSource } });
after(() => environment.cleanup());

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A random id with this many characters of the protocol's alphabet. */
export const randomId = (length: number): string =>
  Array.from(randomBytes(length), (byte) => alphabet[byte % 32]).join('');

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** A time this many ms from now; negative values are in the past. */
export const ahead = (ms: number): Timestamp => Timestamp.fromMillis(Date.now() + ms);
/**
 * Bytes of this length that stand for sealed ones. They are all alike, and few unless the size matters, because the
 * emulator keeps each distinct value of an expression for its coverage report.
 */
export const sealed = (length: number): Bytes => Bytes.fromUint8Array(new Uint8Array(length).fill(1));
/** The time of the commit, as a transform of the write. */
export const requestTime = serverTimestamp;

export type Fields = Readonly<Record<string, unknown>>;

/** The fields without one of them. */
export const without = (fields: Fields, name: string): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));

// The documents as an honest client writes them; `patch` contains the differences. They are created for each case,
// because their times are relative to now.

export const callBy = (uid: string, patch: Fields = {}): Fields => ({
  createdBy: uid,
  createdAt: requestTime(),
  expiresAt: ahead(12 * HOUR),
  seats: 2,
  mode: 'mesh',
  open: true,
  ask: false,
  host: uid,
  hostSeat: 0,
  ...patch,
});

/** A call as older apps create it. */
export const olderCallBy = (uid: string, patch: Fields = {}): Fields => {
  const { ask: _, host: __, hostSeat: ___, ...older } = callBy(uid, patch);
  return older;
};

/** A guest who knocks. */
export const knock = (patch: Fields = {}): Fields => ({
  state: 'waiting',
  card: sealed(40),
  at: requestTime(),
  by: null,
  expiresAt: ahead(12 * HOUR),
  ...patch,
});

/** What the member at seat `by` decides about a guest. */
export const decision = (state: 'admitted' | 'refused', by: number, patch: Fields = {}): Fields => ({
  ...knock({ state, card: null, by }),
  ...patch,
});

export const seatOf = (uid: string, patch: Fields = {}): Fields => ({
  uid,
  session: randomId(16),
  since: requestTime(),
  lease: ahead(2 * MINUTE),
  card: sealed(40),
  expiresAt: ahead(12 * HOUR),
  ...patch,
});

/**
 * A seat whose lease expired an hour ago. For reads of the SDK, the emulator's `request.time` is when the client's stream
 * began, which may be minutes ago.
 */
export const lapsedSeatOf = (uid: string, patch: Fields = {}): Fields =>
  seatOf(uid, { since: ahead(-2 * HOUR), lease: ahead(-HOUR), ...patch });

export const offerFrom = (uid: string, fromSeat: number, patch: Fields = {}): Fields => ({
  from: uid,
  fromSeat,
  revision: 1,
  offer: sealed(40),
  pranswer: null,
  answer: null,
  expiresAt: ahead(12 * HOUR),
  ...patch,
});

export const batchOf = (revision: number, patch: Fields = {}): Fields => ({
  batch: sealed(40),
  revision,
  expiresAt: ahead(12 * HOUR),
  ...patch,
});

export type Write =
  | readonly ['set', path: string, data: Fields]
  | readonly ['update', path: string, data: Fields]
  | readonly ['merge', path: string, data: Fields, mask: readonly string[]]
  | readonly ['delete', path: string];

export const set = (path: string, data: Fields): Write => ['set', path, data];
export const update = (path: string, data: Fields): Write => ['update', path, data];
/** Writes only the fields of the mask, whether the document exists or not. */
export const merge = (path: string, data: Fields, mask: readonly string[]): Write => [
  'merge',
  path,
  data,
  mask,
];
export const remove = (path: string): Write => ['delete', path];

const commit = (db: Firestore, writes: readonly Write[]): Promise<void> => {
  const batch = writeBatch(db);
  for (const write of writes) {
    const reference = doc(db, write[1]);
    if (write[0] === 'set') batch.set(reference, write[2]);
    else if (write[0] === 'update') batch.update(reference, write[2]);
    else if (write[0] === 'merge') batch.set(reference, write[2], { mergeFields: [...write[3]] });
    else batch.delete(reference);
  }
  return batch.commit();
};

/** The collections that an attack sends requests about while it runs. */
const asked = new AsyncLocalStorage<Set<string>>();

/** Records the collections of a path, and returns the path. */
const ask = (path: string): string => {
  for (const [index, name] of path.split('/').entries()) if (index % 2 === 0) asked.getStore()?.add(name);
  return path;
};

/** A client: what a person can ask of the database. */
export class Person {
  constructor(private readonly db: Firestore) {}

  readonly get = (path: string) => getDoc(doc(this.db, ask(path)));
  readonly list = (path: string) => getDocs(collection(this.db, ask(path)));
  /** The documents of a collection whose fields equal these. */
  readonly find = (path: string, equal: Fields) =>
    getDocs(
      query(
        collection(this.db, ask(path)),
        ...Object.entries(equal).map(([name, value]) => where(name, '==', value)),
      ),
    );
  /** The guests in this state, as the member at seat `n` asks for them. */
  readonly guests = (path: string, n: number, state = 'waiting') =>
    getDocs(query(collection(this.db, ask(path)), where('state', '==', state), limit(50 + n)));
  readonly listGroup = (name: string) => getDocs(collectionGroup(this.db, ask(name)));
  readonly set = (path: string, data: Fields) => setDoc(doc(this.db, ask(path)), data);
  readonly update = (path: string, data: Fields) => updateDoc(doc(this.db, ask(path)), data);
  readonly remove = (path: string) => deleteDoc(doc(this.db, ask(path)));
  /** Commits all of the writes or none. */
  readonly commit = (...writes: readonly Write[]) => {
    for (const [, path] of writes) ask(path);
    return commit(this.db, writes);
  };
}

const firestoreOf = (context: RulesTestContext): Firestore => context.firestore() as unknown as Firestore;

const people = new Map<string, Person>();
const person = (uid: string): Person => {
  const known = people.get(uid) ?? new Person(firestoreOf(environment.authenticatedContext(uid)));
  people.set(uid, known);
  return known;
};
const stranger = new Person(firestoreOf(environment.unauthenticatedContext()));

/** A client with the project's credentials. All share one, because each context has a connection of its own. */
const owner = new Promise<Firestore>((resolve, reject) => {
  environment
    .withSecurityRulesDisabled((context) => {
      resolve(firestoreOf(context));
      // It is closed with the environment.
      return new Promise(() => {});
    })
    .catch(reject);
});

/** Commits writes with the project's credentials, bypassing the rules. */
export const pastTheRules = async (...writes: readonly Write[]): Promise<void> => commit(await owner, writes);

/** A call and a lobby with ids of their own, so that no case sees documents of another. */
export class Scene {
  readonly callId = randomId(26);
  readonly linkId = randomId(16);
  readonly call = `calls/${this.callId}`;
  /** The link from seat 0 to seat 1, which most cases use. */
  readonly link = this.linkTo(1, this.linkId);
  readonly session = randomId(16);
  readonly lobbyId = randomId(26);
  readonly lobby = `lobbies/${this.lobbyId}`;

  /** Creates the call and sits at seat 0. In the lobby she is the caller. */
  readonly anna = person('anna');
  /** Sits, or wants to sit, at seat 1. In the lobby he is the callee. */
  readonly ben = person('ben');
  /** Has the call id, but no seat. In the lobby he is a third person. */
  readonly carl = person('carl');
  /** Not signed in. */
  readonly stranger = stranger;

  as(uid: string): Person {
    return person(uid);
  }

  seat(n: number | string): string {
    return `${this.call}/seats/${n}`;
  }

  guest(uid: string): string {
    return `${this.call}/guests/${uid}`;
  }

  linkTo(n: number | string, id: string): string {
    return `${this.seat(n)}/links/${id}`;
  }

  offerCandidates(k: number | string, link = this.link): string {
    return `${link}/offerCandidates/${k}`;
  }

  answerCandidates(k: number | string, link = this.link): string {
    return `${link}/answerCandidates/${k}`;
  }

  shard(n: number | string): string {
    return `${this.lobby}/people/${n}`;
  }

  ring(id = 'anna_ben'): string {
    return `${this.lobby}/rings/${id}`;
  }

  /** Writes documents, bypassing the rules. */
  given(...documents: readonly (readonly [path: string, data: Fields])[]): Promise<void> {
    return pastTheRules(...documents.map(([path, data]) => set(path, data)));
  }
}

type Step = (scene: Scene) => Promise<unknown>;

/** An attack and a legitimate action that looks like it. Both start from the same documents. */
export interface Attack {
  readonly attack: string;
  readonly refused: Step;
  readonly twin: string;
  readonly allowed: Step;
  readonly given?: Step;
}

const play = async (
  given: Step | undefined,
  step: Step,
  judge: (act: Promise<unknown>) => Promise<unknown>,
) => {
  played += 1;
  const scene = new Scene();
  await given?.(scene);
  await judge(step(scene));
};

let played = 0;

/** An attack that the rules must refuse, recorded for mutants.spec.ts. */
export interface Refusal {
  /** Title of the table that contains it. */
  readonly title: string;
  readonly attack: string;
  /** Rejects if the rules allow the attack. */
  readonly run: () => Promise<void>;
  /** The collections that its last run sent requests about. */
  readonly collections: Set<string>;
}

export const refusals: Refusal[] = [];

/** Whether specs only record their attacks and run nothing: mutants.spec.ts runs them, against weakened rules. */
const recordsOnly = process.env['RULES_ATTACKS'] === 'record';

const refuses = (title: string, attack: string, given: Step | undefined, refused: Step): void => {
  const collections = new Set<string>();
  const run = () => asked.run(collections, () => play(given, refused, assertFails));
  refusals.push({ title, attack, run, collections });
  if (!recordsOnly) it(`refuses: ${attack}`, run);
};

const allows = (twin: string, given: Step | undefined, allowed: Step): void => {
  if (!recordsOnly) it(`allows: ${twin}`, () => play(given, allowed, assertSucceeds));
};

/** Declares a suite, unless specs only record. */
const table = (title: string, rows: () => void): void => {
  if (recordsOnly) return rows();
  describe(title, () => {
    after(gatherWhenDue);
    rows();
  });
};

/** A portion is what the emulator's memory holds easily. */
const gatherWhenDue = async (): Promise<void> => {
  if (played < 100) return;
  played = 0;
  await gather();
};

/** Each attack must be refused and its twin allowed, each in a scene of its own. */
export const attacks = (title: string, rows: readonly Attack[]): void => {
  table(title, () => {
    for (const row of rows) {
      refuses(title, row.attack, row.given, row.refused);
      allows(row.twin, row.given, row.allowed);
    }
  });
};

/** Tests a document field by field: `write` is an honest write, and each patch changes one of its fields. */
export interface FieldTable {
  readonly given?: Step;
  readonly write: (scene: Scene, change: (honest: Fields) => Fields) => Promise<unknown>;
  readonly refused: readonly (readonly [what: string, change: (honest: Fields) => Fields])[];
  readonly allowed: readonly (readonly [what: string, change: (honest: Fields) => Fields])[];
}

export const patch =
  (fields: () => Fields): ((honest: Fields) => Fields) =>
  (honest) => ({ ...honest, ...fields() });

export const missing =
  (name: string): ((honest: Fields) => Fields) =>
  (honest) =>
    without(honest, name);

export const fields = (title: string, { given, write, allowed, refused }: FieldTable): void => {
  table(title, () => {
    for (const [what, change] of [['the honest document', patch(() => ({}))] as const, ...allowed])
      allows(what, given, (scene) => write(scene, change));
    for (const [what, change] of refused) refuses(title, what, given, (scene) => write(scene, change));
  });
};

/**
 * Rows for a timestamp that may be at most `limit` ms ahead: what must be refused, and the limits that must be allowed.
 */
export const timestampRows = (name: string, limit: number) => ({
  refused: [
    [`${name} missing`, missing(name)],
    [`${name} as a number`, patch(() => ({ [name]: Date.now() + MINUTE }))],
    [`${name} at this very moment`, patch(() => ({ [name]: requestTime() }))],
    [`${name} in the past`, patch(() => ({ [name]: ahead(-SECOND) }))],
    [`${name} too far ahead`, patch(() => ({ [name]: ahead(limit + 20 * SECOND) }))],
  ] as const,
  allowed: [
    [`${name} just ahead`, patch(() => ({ [name]: ahead(20 * SECOND) }))],
    [`${name} almost as far ahead as it may be`, patch(() => ({ [name]: ahead(limit - 20 * SECOND) }))],
  ] as const,
});

/** Rows for a sealed field of at most `limit` bytes: what must be refused, and the limits that must be allowed. */
export const sealedRows = (name: string, limit: number) => ({
  refused: [
    [`${name} missing`, missing(name)],
    [`${name} as a string`, patch(() => ({ [name]: 'sealed' }))],
    [`${name} empty`, patch(() => ({ [name]: sealed(0) }))],
    [`${name} of ${limit + 1} bytes`, patch(() => ({ [name]: sealed(limit + 1) }))],
  ] as const,
  allowed: [
    [`${name} of one byte`, patch(() => ({ [name]: sealed(1) }))],
    [`${name} of ${limit} bytes`, patch(() => ({ [name]: sealed(limit) }))],
  ] as const,
});
