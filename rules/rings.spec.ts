import {
  ahead,
  attacks,
  fields,
  HOUR,
  MINUTE,
  missing,
  patch,
  sealed,
  sealedRows,
  SECOND,
  set,
  type Fields,
  type Scene,
} from './fixture';
import { appear, entry, lapsedEntry, lobbyBy, ringFrom, shardOf } from './people-documents';

const listed =
  (people: () => Fields) =>
  (scene: Scene): Promise<void> =>
    scene.given([scene.lobby, lobbyBy('anna')], [scene.shard(0), shardOf(people())]);

const everybody = listed(() => ({ anna: entry(), ben: entry(), carl: entry() }));

/** Everyone is listed, and there is a ring from anna to ben. */
const withRing = (change: () => Fields) => async (scene: Scene) => {
  await everybody(scene);
  await scene.given([scene.ring(), ringFrom('anna', 'ben', { createdAt: ahead(-SECOND), ...change() })]);
};
const ringing = withRing(() => ({}));

const ring = (scene: Scene) => scene.anna.set(scene.ring(), ringFrom('anna', 'ben'));

attacks('reading rings', [
  {
    attack: 'one without signing in',
    given: ringing,
    refused: (scene) => scene.stranger.get(scene.ring()),
    twin: 'one, as the caller',
    allowed: (scene) => scene.anna.get(scene.ring()),
  },
  {
    attack: 'one between two other people',
    given: ringing,
    refused: (scene) => scene.carl.get(scene.ring()),
    twin: 'one, as the callee',
    allowed: (scene) => scene.ben.get(scene.ring()),
  },
  {
    attack: 'whether there is a ring between two other people',
    refused: (scene) => scene.carl.get(scene.ring()),
    twin: 'whether there is a ring of one’s own',
    allowed: (scene) => scene.anna.get(scene.ring()),
  },
  ...['ann', 'nna', 'anna_ben', '_', '.*', 'anna.ben', 'ANNA', '^anna'].map((uid) => ({
    attack: `one of anna and ben, as ${uid}`,
    given: ringing,
    refused: (scene: Scene) => scene.as(uid).get(scene.ring()),
    twin: `as anna, not as ${uid}`,
    allowed: (scene: Scene) => scene.anna.get(scene.ring()),
  })),
  {
    attack: 'all of a lobby',
    given: ringing,
    refused: (scene) => scene.ben.list(`${scene.lobby}/rings`),
    twin: 'those to oneself that ring',
    allowed: (scene) => scene.ben.find(`${scene.lobby}/rings`, { to: 'ben', state: 'ringing' }),
  },
  {
    attack: 'all that ring now',
    given: ringing,
    refused: (scene) => scene.ben.find(`${scene.lobby}/rings`, { state: 'ringing' }),
    twin: 'all to oneself, whatever their state',
    allowed: (scene) => scene.ben.find(`${scene.lobby}/rings`, { to: 'ben' }),
  },
  {
    attack: 'those to another person',
    given: ringing,
    refused: (scene) => scene.carl.find(`${scene.lobby}/rings`, { to: 'ben', state: 'ringing' }),
    twin: "one's own to them",
    allowed: (scene) => scene.carl.find(`${scene.lobby}/rings`, { from: 'carl', to: 'ben' }),
  },
  {
    attack: 'those from another person',
    given: ringing,
    refused: (scene) => scene.ben.find(`${scene.lobby}/rings`, { from: 'anna' }),
    twin: "one's own",
    allowed: (scene) => scene.anna.find(`${scene.lobby}/rings`, { from: 'anna' }),
  },
  {
    attack: 'those to oneself without signing in',
    given: ringing,
    refused: (scene) => scene.stranger.find(`${scene.lobby}/rings`, { to: 'ben' }),
    twin: 'those to oneself if there are none',
    allowed: (scene) => scene.carl.find(`${scene.lobby}/rings`, { to: 'carl', state: 'ringing' }),
  },
  {
    attack: 'those to oneself in all lobbies',
    given: ringing,
    refused: (scene) => scene.ben.listGroup('rings'),
    twin: 'those to oneself in one',
    allowed: (scene) => scene.ben.find(`${scene.lobby}/rings`, { to: 'ben' }),
  },
]);

attacks('ringing', [
  {
    attack: 'without signing in',
    given: everybody,
    refused: (scene) => scene.stranger.set(scene.ring(), ringFrom('anna', 'ben')),
    twin: 'signed in',
    allowed: ring,
  },
  {
    attack: 'as another user',
    given: everybody,
    refused: (scene) => scene.carl.set(scene.ring(), ringFrom('anna', 'ben')),
    twin: 'as oneself',
    allowed: (scene) => scene.carl.set(scene.ring('ben_carl'), ringFrom('carl', 'ben')),
  },
  {
    attack: 'as the callee',
    given: everybody,
    refused: (scene) => scene.ben.set(scene.ring(), ringFrom('anna', 'ben')),
    twin: 'the other way round, in the same document',
    allowed: (scene) => scene.ben.set(scene.ring(), ringFrom('ben', 'anna')),
  },
  {
    attack: 'oneself',
    given: everybody,
    refused: (scene) => scene.anna.set(scene.ring('anna_anna'), ringFrom('anna', 'anna')),
    twin: 'another person',
    allowed: ring,
  },
  {
    attack: 'without being listed, a person who is not listed either',
    given: listed(() => ({ ben: entry() })),
    refused: (scene) => scene.anna.set(scene.ring('anna_dora'), ringFrom('anna', 'dora')),
    twin: 'without being listed, a person who is',
    allowed: ring,
  },
  ...(
    [
      ['the uids in descending order', 'ben_anna'],
      ['of two other people', 'ben_carl'],
      ['of the caller and a third person', 'anna_carl'],
      ['with another separator', 'anna-ben'],
      ['without a separator', 'annaben'],
      ['with more behind it', 'anna_ben_'],
      ['with more before it', '_anna_ben'],
      ['with another number of separators', 'anna__ben'],
      ['of the caller alone', 'anna'],
      ['at random', 'x'.repeat(20)],
    ] as const
  ).map(([what, id]) => ({
    attack: `under an id ${what}`,
    given: everybody,
    refused: (scene: Scene) => scene.anna.set(scene.ring(id), ringFrom('anna', 'ben')),
    twin: `under the id of the two, not one ${what}`,
    allowed: ring,
  })),
  {
    attack: 'by a uid with the separator in it, so that another pair would share the id',
    given: listed(() => ({ c: entry(), b_c: entry() })),
    refused: (scene) => scene.as('a_b').set(scene.ring('a_b_c'), ringFrom('a_b', 'c')),
    twin: 'by a uid without it',
    allowed: (scene) => scene.as('a').set(scene.ring('a_c'), ringFrom('a', 'c')),
  },
  {
    attack: 'a uid with the separator in it',
    given: listed(() => ({ c: entry(), b_c: entry() })),
    refused: (scene) => scene.as('a').set(scene.ring('a_b_c'), ringFrom('a', 'b_c')),
    twin: 'a uid without it',
    allowed: (scene) => scene.as('b').set(scene.ring('b_c'), ringFrom('b', 'c')),
  },
  {
    attack: 'a uid that is a prefix of a listed one',
    given: everybody,
    refused: (scene) => scene.anna.set(scene.ring('anna_be'), ringFrom('anna', 'be')),
    twin: 'the listed person',
    allowed: ring,
  },
  {
    attack: 'a uid that is a path into a listed entry',
    given: everybody,
    refused: (scene) => scene.anna.set(scene.ring('anna_ben.card'), ringFrom('anna', 'ben.card')),
    twin: 'the listed person',
    allowed: ring,
  },
]);

attacks('ringing a person who cannot be reached', [
  {
    attack: 'in a lobby that does not exist',
    refused: ring,
    twin: 'in one where both are listed',
    allowed: async (scene) => {
      await everybody(scene);
      await ring(scene);
    },
  },
  {
    attack: 'who is not in the lobby',
    given: listed(() => ({ anna: entry() })),
    refused: ring,
    twin: 'as soon as the person has appeared',
    allowed: async (scene) => {
      await scene.ben.commit(appear(scene.shard(0), 'ben'));
      await ring(scene);
    },
  },
  {
    attack: 'in a lobby that everyone has left',
    given: (scene) =>
      scene.given([scene.lobby, lobbyBy('anna')], [scene.shard(0), { swept: '', expiresAt: ahead(HOUR) }]),
    refused: ring,
    twin: 'as soon as the person has appeared',
    allowed: async (scene) => {
      await scene.ben.commit(appear(scene.shard(0), 'ben'));
      await ring(scene);
    },
  },
  {
    attack: 'whose lease has expired',
    given: listed(() => ({ anna: entry(), ben: lapsedEntry() })),
    refused: ring,
    twin: 'whose lease is about to expire',
    allowed: async (scene) => {
      await listed(() => ({ ben: entry({ lease: ahead(20 * SECOND) }) }))(scene);
      await ring(scene);
    },
  },
  {
    attack: 'in the state dnd',
    given: listed(() => ({ ben: entry({ state: 'dnd' }) })),
    refused: ring,
    twin: 'in the state busy',
    allowed: async (scene) => {
      await listed(() => ({ ben: entry({ state: 'busy' }) }))(scene);
      await ring(scene);
    },
  },
  {
    attack: 'in the state dnd who has just rung oneself',
    given: async (scene) => {
      await withRing(() => ({ state: 'cancelled' }))(scene);
      await scene.given([scene.shard(0), shardOf({ anna: entry({ state: 'dnd' }), ben: entry() })]);
    },
    refused: (scene) => scene.ben.set(scene.ring(), ringFrom('ben', 'anna', { revision: 2 })),
    twin: 'who has just rung oneself',
    allowed: async (scene) => {
      await everybody(scene);
      await scene.ben.set(scene.ring(), ringFrom('ben', 'anna', { revision: 2 }));
    },
  },
  ...(
    [
      ['in another shard', 1],
      ['in a negative shard', -1],
      ['in a shard beyond the last', 16],
      ['in a shard as a string', '0'],
      ['in a shard as a fraction', 0.5],
      ['in no shard', null],
    ] as const
  ).map(([what, shard]) => ({
    attack: what,
    given: everybody,
    refused: (scene: Scene) => scene.anna.set(scene.ring(), ringFrom('anna', 'ben', { shard })),
    twin: `in the right shard, not ${what}`,
    allowed: async (scene: Scene) => {
      await scene.given([scene.shard(15), shardOf({ dora: entry() })]);
      await scene.anna.set(scene.ring('anna_dora'), ringFrom('anna', 'dora', { shard: 15 }));
    },
  })),
  {
    attack: 'who is made to appear in the same commit',
    given: listed(() => ({ anna: entry() })),
    refused: (scene) =>
      scene.anna.commit(appear(scene.shard(0), 'ben'), set(scene.ring(), ringFrom('anna', 'ben'))),
    twin: 'who is there, while appearing in the same commit',
    allowed: async (scene) => {
      await listed(() => ({ ben: entry() }))(scene);
      await scene.anna.commit(appear(scene.shard(0), 'anna'), set(scene.ring(), ringFrom('anna', 'ben')));
    },
  },
]);

const offer = sealedRows('offer', 1024);
const ringFields = {
  allowed: [
    ...offer.allowed,
    [
      'expiresAt a little more than a minute ahead',
      patch(() => ({ expiresAt: ahead(MINUTE + 20 * SECOND) })),
    ],
    ['expiresAt almost an hour ahead', patch(() => ({ expiresAt: ahead(HOUR - 20 * SECOND) }))],
  ],
  refused: [
    ...offer.refused,
    ['an extra key', patch(() => ({ urgent: true }))],
    ...['from', 'to', 'shard', 'revision', 'state', 'createdAt', 'reply', 'answeredBy', 'expiresAt'].map(
      (name) => [`${name} missing`, missing(name)] as const,
    ),
    ['from as a number', patch(() => ({ from: 1 }))],
    ['to as a number', patch(() => ({ to: 1 }))],
    ['to as null', patch(() => ({ to: null }))],
    ['to as a third person', patch(() => ({ to: 'carl' }))],
    ['revision as a string', patch(() => ({ revision: '1' }))],
    ['revision as a fraction', patch(() => ({ revision: 1.5 }))],
    ['revision 0', patch(() => ({ revision: 0 }))],
    ['a revision too high', patch(() => ({ revision: 9 }))],
    ...['accepted', 'declined', 'busy', 'cancelled', 'expired', 'RINGING', ''].map(
      (state) => [`the state “${state}” from the start`, patch(() => ({ state }))] as const,
    ),
    ["createdAt by the client's clock", patch(() => ({ createdAt: ahead(0) }))],
    ['createdAt in the past', patch(() => ({ createdAt: ahead(-MINUTE) }))],
    ['createdAt ahead, to ring longer', patch(() => ({ createdAt: ahead(MINUTE) }))],
    ['a reply from the start', patch(() => ({ reply: sealed(40) }))],
    ['an answer from the start', patch(() => ({ answeredBy: 'a'.repeat(16) }))],
    ['expiresAt as a number', patch(() => ({ expiresAt: Date.now() + HOUR }))],
    ['expiresAt in the past', patch(() => ({ expiresAt: ahead(-SECOND) }))],
    ['expiresAt before it is over', patch(() => ({ expiresAt: ahead(40 * SECOND) }))],
    ['expiresAt too far ahead', patch(() => ({ expiresAt: ahead(HOUR + 20 * SECOND) }))],
  ],
} as const;

fields('the first ring of a pair', {
  ...ringFields,
  given: everybody,
  write: (scene, change) => scene.anna.set(scene.ring(), change(ringFrom('anna', 'ben'))),
});

fields('the next ring of a pair', {
  ...ringFields,
  given: withRing(() => ({ revision: 3, state: 'declined', createdAt: ahead(-MINUTE) })),
  write: (scene, change) => scene.anna.set(scene.ring(), change(ringFrom('anna', 'ben', { revision: 4 }))),
  refused: [
    ...ringFields.refused,
    ['the revision of the previous ring', patch(() => ({ revision: 3 }))],
    ['a skipped revision', patch(() => ({ revision: 5 }))],
    ['the first revision', patch(() => ({ revision: 1 }))],
  ],
});
