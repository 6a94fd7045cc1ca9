// Checks docs/protocol.md against the code, in what it says about commits and recovery: a client written from it must
// interoperate.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { register } from 'tsx/esm/api';

register();

const protocol = readFileSync(new URL('../docs/protocol.md', import.meta.url), 'utf8');
/** @param {string} path below src/app */
const load = (path) => import(`../src/app/${path}`);

const ids = {
  documents: 'projects/demo-parley/databases/(default)/documents',
  callId: '4t5fe84gpx05hdf2sa3g91p2g4',
  linkId: 'abcdefghjkmnpqrs',
  ada: 'ada',
  ben: 'ben',
  cleo: 'cleo',
  adaSession: '0123456789abcdef',
  benSession: 'ghjkmnpqrstvwxyz',
};

/** The request bodies in the section, by title. */
const documented = () => {
  const [, section = ''] = /^### The commits, field by field$([^]*?)^## /m.exec(protocol) ?? [];
  const blocks = section.matchAll(/^\*\*(\w+)\.\*\*[^]*?^```json\n([^]*?)^```$/gm);
  return Object.fromEntries(
    [...blocks].map(([, title = '', body = '']) => {
      const filled = body.replace(
        /\{(\w+)\}/g,
        (whole, name) => ids[/** @type {keyof ids} */ (name)] ?? whole,
      );
      return [title, JSON.parse(filled)];
    }),
  );
};

/** @param {string} uid */
const recorder = async (uid) => {
  const { CallSignaling } = await load('signaling/call-signaling.ts');
  const { codeKeys } = await load('signaling/code-keys.ts');
  const { restWrite } = await load('firebase/rest.ts');
  /** @type {unknown[]} */
  const commits = [];
  const documents = {
    uid,
    now: () => Date.now(),
    commit: async (/** @type {unknown[]} */ writes) => {
      commits.push({ writes: writes.map((write) => restWrite(ids.documents, write, Date.now())) });
    },
  };
  const signaling = new CallSignaling(documents, await codeKeys('abcd-efgh-jkmn-pqrs', 'call'));
  return { signaling, commits };
};

/** The request bodies that the code writes, in the order of the section. */
const written = async () => {
  const { CallModeration } = await load('signaling/call-moderation.ts');
  const { Knocks } = await load('signaling/knocks.ts');
  const [ada, ben, cleo] = [await recorder(ids.ada), await recorder(ids.ben), await recorder(ids.cleo)];
  const path = { seat: 1, id: ids.linkId };
  const sdp = { sdp: 'v=0', candidates: [], complete: true };
  const batch = { candidates: [], complete: false };
  await ada.signaling.create(ids.adaSession, { name: 'Ada' }, 2);
  await ada.signaling.offer(path, 0, { session: ids.adaSession, ...sdp });
  const link = { ...path, revision: 1 };
  const description = { session: ids.benSession, ...sdp };
  await ben.signaling.takeSeat(1, ids.benSession, { name: 'Ben' }, [{ link, description }]);
  await ada.signaling.addCandidates(path, 'offerer', 1, batch);
  await ada.signaling.renew(0);
  await ada.signaling.offerAgain(path, 2, { session: ids.adaSession, id: 'o0', ...sdp });
  const host = new CallModeration(ada.signaling, 0);
  const seats = [ids.ada, ids.ben].map((uid, number) => ({ uid, number }));
  await host.setDoor('ask', [ids.ada, ids.ben]);
  await new Knocks(cleo.signaling).knock({ name: 'Cleo' });
  await new CallModeration(ben.signaling, 1).admit(ids.cleo);
  await host.remove([seats[1]]);
  await host.setHost(seats[1]);
  await host.end(seats, 2);
  await ada.signaling.farewell({ last: true, successor: null, admission: false });
  const [create, offer, candidates, renew, restart, door, ...moderation] = ada.commits;
  const [join, decide] = ben.commits;
  const [knock] = cleo.commits;
  return [create, offer, join, candidates, renew, restart, door, knock, decide, ...moderation];
};

/**
 * Replaces what differs from call to call: times and sealed bytes.
 *
 * @param {unknown} body
 */
const steady = (body) =>
  JSON.parse(JSON.stringify(body), (key, value) =>
    key === 'bytesValue' || key === 'timestampValue' ? typeof value : value,
  );

test('protocol.md: the commits match those of the code', async () => {
  const described = documented();
  const first = ['Create', 'Offer', 'Join', 'Candidates', 'Renew', 'Restart'];
  const titles = [...first, 'Door', 'Knock', 'Decide', 'Remove', 'Host', 'End', 'Leave'];
  assert.deepEqual(Object.keys(described), titles);
  const bodies = await written();
  for (const [index, title] of titles.entries()) {
    assert.deepEqual(steady(described[title]), steady(bodies[index]), title);
  }
});

test('protocol.md: the states of recovery match those of the code', async () => {
  const { newRecovery, patience, recover } = await load('links/recovery.ts');
  const events = ['described', 'heard', 'silent', 'failed', 'changed', 'answered', 'elapsed'];
  const found = new Set();
  /** @type {Set<string>} */
  const seen = new Set();
  /** @param {import('../src/app/links/recovery').Recovery} state */
  const explore = (state) => {
    const key = `${state.role} ${state.step} ${String(state.silent)}`;
    if (seen.has(key)) return;
    seen.add(key);
    for (const event of events) {
      if (event === 'elapsed' && patience(state) === null) continue;
      const next = recover(state, event);
      const moved = next.step !== state.step || next.restarts !== state.restarts;
      if (moved) found.add(`${state.step} --> ${next.step}`);
      explore(next);
    }
  };
  for (const role of ['offerer', 'answerer']) explore(newRecovery(role));
  const [, diagram = ''] = /stateDiagram-v2\n( {2}\[\*\] --> waiting\n[^]*?)```/.exec(protocol) ?? [];
  const drawn = [...diagram.matchAll(/^ {2}(\w+ --> \w+):/gm)].map(([, edge]) => edge);
  assert.deepEqual(drawn.toSorted(), [...found].toSorted());
});

test('protocol.md: the tables of control messages list the types that the code reads', async () => {
  const { allTypes } = await load('testing/all-messages.ts');
  const tables = [...protocol.matchAll(/^\| type +\|.*\n\|[-| ]+\|\n((?:\|.*\n)+)/gm)];
  const listed = tables.flatMap(([, rows = '']) =>
    [...rows.matchAll(/^\| `([a-z-]+)` +\|/gm)].map(([, type]) => type),
  );
  assert.deepEqual(listed.toSorted(), [...allTypes].toSorted());
});
