import {
  ahead,
  attacks,
  fields,
  HOUR,
  merge,
  MINUTE,
  missing,
  patch,
  sealed,
  sealedRows,
  SECOND,
  set,
  timestampRows,
  type Fields,
  type Scene,
} from './fixture';
import { appear, DAY, entry, lapsedEntry, leave, lobbyBy, shardOf } from './people-documents';

/** A lobby, and the people in its shard 0. */
const lobbyWith =
  (people: () => Fields, lobby: () => Fields = () => ({})) =>
  (scene: Scene) =>
    scene.given([scene.lobby, lobbyBy('anna', lobby())], [scene.shard(0), shardOf(people())]);

const empty = (scene: Scene) => scene.given([scene.lobby, lobbyBy('anna')]);
const inhabited = lobbyWith(() => ({ anna: entry(), ben: entry() }));
const expiredLobby = () => ({ createdAt: ahead(-91 * DAY), expiresAt: ahead(-SECOND) });

attacks('reading the people of a lobby', [
  {
    attack: 'one document of them without signing in',
    given: inhabited,
    refused: (scene) => scene.stranger.get(scene.shard(0)),
    twin: 'one document of them, with the lobby id',
    allowed: (scene) => scene.carl.get(scene.shard(0)),
  },
  {
    attack: 'all of them without signing in',
    given: inhabited,
    refused: (scene) => scene.stranger.list(`${scene.lobby}/people`),
    twin: 'all of them, with the lobby id',
    allowed: (scene) => scene.carl.list(`${scene.lobby}/people`),
  },
  {
    attack: 'looking for a person in all lobbies',
    given: inhabited,
    refused: (scene) => scene.carl.listGroup('people'),
    twin: 'looking in a lobby that does not exist, which shows only that nobody is there',
    allowed: (scene) => scene.carl.list(`${scene.lobby}x/people`),
  },
]);

attacks('appearing', [
  {
    attack: 'without signing in',
    given: empty,
    refused: (scene) => scene.stranger.commit(appear(scene.shard(0), 'anna')),
    twin: 'signed in, as the first',
    allowed: (scene) => scene.anna.commit(appear(scene.shard(0), 'anna')),
  },
  {
    attack: 'as another user',
    given: inhabited,
    refused: (scene) => scene.carl.commit(appear(scene.shard(0), 'dora')),
    twin: 'as oneself',
    allowed: (scene) => scene.carl.commit(appear(scene.shard(0), 'carl')),
  },
  {
    attack: 'as another user, as the first',
    given: empty,
    refused: (scene) => scene.carl.commit(appear(scene.shard(0), 'dora')),
    twin: 'as oneself, as the first',
    allowed: (scene) => scene.carl.commit(appear(scene.shard(0), 'carl')),
  },
  {
    attack: 'with an entry for another user',
    given: inhabited,
    refused: (scene) =>
      scene.carl.commit(
        merge(scene.shard(0), shardOf({ carl: entry(), dora: entry() }), [
          'people.carl',
          'people.dora',
          'swept',
          'expiresAt',
        ]),
      ),
    twin: "with only one's own entry",
    allowed: (scene) => scene.carl.commit(appear(scene.shard(0), 'carl')),
  },
  {
    attack: 'by replacing the document, which removes the other people',
    given: inhabited,
    refused: (scene) => scene.carl.set(scene.shard(0), shardOf({ carl: entry() })),
    twin: "by writing one's own entry",
    allowed: (scene) => scene.carl.commit(appear(scene.shard(0), 'carl')),
  },
  {
    attack: 'with `people` as a list',
    given: empty,
    refused: (scene) => scene.anna.set(scene.shard(0), { ...shardOf({}), people: ['anna'] }),
    twin: 'with `people` as a map',
    allowed: (scene) => scene.anna.set(scene.shard(0), shardOf({ anna: entry() })),
  },
  {
    attack: 'with an entry that is not a map',
    given: inhabited,
    refused: (scene) =>
      scene.carl.commit(
        merge(scene.shard(0), shardOf({ carl: 'here' }), ['people.carl', 'swept', 'expiresAt']),
      ),
    twin: 'with one that is a map',
    allowed: (scene) => scene.carl.commit(appear(scene.shard(0), 'carl')),
  },
  {
    attack: 'in a lobby that does not exist',
    refused: (scene) => scene.anna.commit(appear(scene.shard(0), 'anna')),
    twin: 'in one that the same commit creates',
    allowed: (scene) => scene.anna.commit(set(scene.lobby, lobbyBy('anna')), appear(scene.shard(0), 'anna')),
  },
  {
    attack: 'in an expired lobby, as the first',
    given: (scene) => scene.given([scene.lobby, lobbyBy('anna', expiredLobby())]),
    refused: (scene) => scene.anna.commit(appear(scene.shard(0), 'anna')),
    twin: 'in one about to expire',
    allowed: async (scene) => {
      await scene.given([scene.lobby, lobbyBy('anna', { expiresAt: ahead(MINUTE) })]);
      await scene.anna.commit(appear(scene.shard(0), 'anna'));
    },
  },
  {
    attack: 'in an expired lobby where other people still are',
    given: lobbyWith(() => ({ ben: entry() }), expiredLobby),
    refused: (scene) => scene.anna.commit(appear(scene.shard(0), 'anna')),
    twin: 'after bringing it back',
    allowed: async (scene) => {
      await scene.anna.update(scene.lobby, { expiresAt: ahead(80 * DAY) });
      await scene.anna.commit(appear(scene.shard(0), 'anna'));
    },
  },
  {
    attack: 'in a deleted lobby where other people still are',
    given: (scene) => scene.given([scene.shard(0), shardOf({ ben: entry() })]),
    refused: (scene) => scene.anna.commit(appear(scene.shard(0), 'anna')),
    twin: 'in one that exists',
    allowed: async (scene) => {
      await empty(scene);
      await scene.anna.commit(appear(scene.shard(0), 'anna'));
    },
  },
  {
    attack: 'beside 200 others',
    given: lobbyWith(() => crowd(200)),
    refused: (scene) => scene.anna.commit(appear(scene.shard(0), 'anna')),
    twin: 'in place of a person whose lease has expired',
    allowed: (scene) => scene.anna.commit(appear(scene.shard(0), 'anna', { swept: 'p0' })),
  },
  {
    attack: 'beside 200 others, again after leaving',
    given: lobbyWith(() => ({ ...crowd(200), anna: entry() })),
    refused: async (scene) => {
      await scene.anna.commit(leave(scene.shard(0), ['anna']));
      await scene.anna.commit(appear(scene.shard(0), 'anna'));
    },
    twin: 'renewing beside 200 others',
    allowed: (scene) => scene.anna.commit(appear(scene.shard(0), 'anna')),
  },
  {
    attack: 'in a document without people, in an expired lobby',
    given: (scene) =>
      scene.given(
        [scene.lobby, lobbyBy('anna', expiredLobby())],
        [scene.shard(0), { swept: '', expiresAt: ahead(HOUR) }],
      ),
    refused: (scene) => scene.anna.commit(appear(scene.shard(0), 'anna')),
    twin: 'in a document that a farewell has left without people',
    allowed: async (scene) => {
      await empty(scene);
      await scene.anna.commit(appear(scene.shard(0), 'anna'));
    },
  },
  ...['16', '-1', '00', '01', 'a', '1a', '0x'].map((n) => ({
    attack: `in a shard called ${n}`,
    given: empty,
    refused: (scene: Scene) => scene.anna.commit(appear(scene.shard(n), 'anna')),
    twin: `in shard 15, not ${n}`,
    allowed: (scene: Scene) => scene.anna.commit(appear(scene.shard(15), 'anna')),
  })),
]);

/** This many people; the lease of the first has expired. */
const crowd = (size: number): Fields =>
  Object.fromEntries(
    [...Array(size).keys()].map((n) => [`p${n}`, n === 0 ? lapsedEntry() : entry({ card: sealed(1) })]),
  );

const lease = timestampRows('lease', 10 * MINUTE);
const card = sealedRows('card', 512);
const entryFields = {
  allowed: [
    ...lease.allowed,
    ...card.allowed,
    ...['busy', 'dnd'].map((state) => [`the state ${state}`, patch(() => ({ state }))] as const),
  ],
  refused: [
    ...lease.refused,
    ...card.refused,
    ['an extra key', patch(() => ({ admin: true }))],
    ['state missing', missing('state')],
    ['an unknown state', patch(() => ({ state: 'away' }))],
    ['an empty state', patch(() => ({ state: '' }))],
    ['a state in upper case', patch(() => ({ state: 'DND' }))],
    ['state as a number', patch(() => ({ state: 1 }))],
    ['lease as null', patch(() => ({ lease: null }))],
  ],
} as const;

fields('the entry of the first in a shard', {
  ...entryFields,
  given: empty,
  write: (scene, change) => scene.anna.commit(appear(scene.shard(0), 'anna', { own: change(entry()) })),
});

fields('the entry of another person in a shard', {
  ...entryFields,
  given: inhabited,
  write: (scene, change) => scene.carl.commit(appear(scene.shard(0), 'carl', { own: change(entry()) })),
});

fields('the entry of a person who renews', {
  ...entryFields,
  given: inhabited,
  write: (scene, change) => scene.ben.commit(appear(scene.shard(0), 'ben', { own: change(entry()) })),
});

const shardRows = {
  allowed: [
    ['expiresAt a little more than an hour ahead', patch(() => ({ expiresAt: ahead(HOUR + 20 * SECOND) }))],
    ['expiresAt almost a day ahead', patch(() => ({ expiresAt: ahead(DAY - 20 * SECOND) }))],
    ['swept of 128 characters, already removed', patch(() => ({ swept: 'x'.repeat(128) }))],
  ],
  refused: [
    ['an extra key', patch(() => ({ title: 'Office' }))],
    ['swept missing', missing('swept')],
    ['swept as null', patch(() => ({ swept: null }))],
    ['swept as a list', patch(() => ({ swept: ['ben'] }))],
    ['swept as bytes', patch(() => ({ swept: sealed(3) }))],
    ['swept as a map', patch(() => ({ swept: {} }))],
    ['swept of 129 characters', patch(() => ({ swept: 'x'.repeat(129) }))],
    ['expiresAt missing', missing('expiresAt')],
    ['expiresAt as a number', patch(() => ({ expiresAt: Date.now() + 2 * HOUR }))],
    ['expiresAt in the past', patch(() => ({ expiresAt: ahead(-SECOND) }))],
    ['expiresAt so soon that leases outlast it', patch(() => ({ expiresAt: ahead(HOUR - 20 * SECOND) }))],
    ['expiresAt too far ahead', patch(() => ({ expiresAt: ahead(DAY + 20 * SECOND) }))],
  ],
} as const;

fields('the fields of a new shard', {
  ...shardRows,
  given: empty,
  write: (scene, change) => scene.anna.set(scene.shard(0), change(shardOf({ anna: entry() }))),
});

fields('the fields of an existing shard', {
  ...shardRows,
  given: lobbyWith(() => ({ anna: entry() })),
  write: (scene, change) => scene.anna.set(scene.shard(0), change(shardOf({ anna: entry() }))),
});

/** Writes only parts of ben's entry. */
const meddle =
  (change: () => Fields, who: 'anna' | 'carl' = 'carl') =>
  (scene: Scene) =>
    scene[who].commit(
      merge(scene.shard(0), shardOf({ ben: change() }), [
        ...Object.keys(change()).map((key) => `people.ben.${key}`),
        'swept',
        'expiresAt',
      ]),
    );

attacks("another person's entry", [
  ...(
    [
      ['extending it', () => ({ lease: ahead(9 * MINUTE) })],
      ['letting it expire', () => ({ lease: ahead(SECOND) })],
      ['making them unreachable', () => ({ state: 'dnd' })],
      ['making them reachable', () => ({ state: 'busy' })],
      ['giving them another name', () => ({ card: sealed(50) })],
      ['adding to it', () => ({ note: 'x' })],
    ] as const
  ).map(([what, change]) => ({
    attack: what,
    given: inhabited,
    refused: meddle(change),
    twin: `one's own (not ${what})`,
    allowed: (scene: Scene) =>
      scene.ben.commit(
        merge(
          scene.shard(0),
          shardOf({ ben: { lease: ahead(9 * MINUTE), state: 'dnd', card: sealed(50) } }),
          ['people.ben.lease', 'people.ben.state', 'people.ben.card', 'swept', 'expiresAt'],
        ),
      ),
  })),
  {
    attack: 'extending it as a person who is listed too',
    given: inhabited,
    refused: meddle(() => ({ lease: ahead(9 * MINUTE) }), 'anna'),
    twin: "extending one's own",
    allowed: (scene) => scene.anna.commit(appear(scene.shard(0), 'anna')),
  },
  {
    attack: 'extending one that has expired',
    given: lobbyWith(() => ({ anna: entry(), ben: lapsedEntry() })),
    refused: meddle(() => ({ lease: ahead(9 * MINUTE) })),
    twin: "coming back to one's own that has expired",
    allowed: (scene) => scene.ben.commit(appear(scene.shard(0), 'ben')),
  },
  {
    attack: "replacing it together with one's own in one commit",
    given: inhabited,
    refused: (scene) =>
      scene.carl.commit(
        merge(scene.shard(0), shardOf({ carl: entry(), ben: entry({ card: sealed(50) }) }), [
          'people.carl',
          'people.ben',
          'swept',
          'expiresAt',
        ]),
      ),
    twin: "writing only one's own",
    allowed: (scene) => scene.carl.commit(appear(scene.shard(0), 'carl')),
  },
]);

attacks('renewing', [
  {
    attack: 'without signing in',
    given: inhabited,
    refused: (scene) => scene.stranger.commit(appear(scene.shard(0), 'anna')),
    twin: 'signed in',
    allowed: (scene) => scene.anna.commit(appear(scene.shard(0), 'anna')),
  },
  {
    attack: 'appearing in a deleted lobby',
    given: (scene) => scene.given([scene.shard(0), shardOf({ ben: entry() })]),
    refused: (scene) => scene.carl.commit(appear(scene.shard(0), 'carl')),
    twin: 'in a deleted lobby, which is not checked',
    allowed: (scene) => scene.ben.commit(appear(scene.shard(0), 'ben')),
  },
  {
    attack: 'without writing `swept`, which still names a person who has come back',
    given: (scene) =>
      scene.given(
        [scene.lobby, lobbyBy('anna')],
        [scene.shard(0), shardOf({ anna: entry(), ben: entry() }, { swept: 'ben' })],
      ),
    refused: (scene) => scene.anna.update(scene.shard(0), { 'people.anna': entry() }),
    twin: 'writing `swept` as nobody',
    allowed: (scene) => scene.anna.update(scene.shard(0), { 'people.anna': entry(), swept: '' }),
  },
  {
    attack: 'so that the document expires soon, and all other people with it',
    given: inhabited,
    refused: (scene) =>
      scene.anna.commit(appear(scene.shard(0), 'anna', { patch: { expiresAt: ahead(MINUTE) } })),
    twin: 'so that the document expires sooner than another person has set',
    allowed: (scene) =>
      scene.anna.commit(appear(scene.shard(0), 'anna', { patch: { expiresAt: ahead(20 * HOUR) } })),
  },
]);
