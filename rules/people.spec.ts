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

/** A lobby, and who is in its shard 0. */
const lobbyWith =
  (people: () => Fields, lobby: () => Fields = () => ({})) =>
  (scene: Scene) =>
    scene.given([scene.lobby, lobbyBy('anna', lobby())], [scene.shard(0), shardOf(people())]);

const empty = (scene: Scene) => scene.given([scene.lobby, lobbyBy('anna')]);
const inhabited = lobbyWith(() => ({ anna: entry(), ben: entry() }));
const expiredLobby = () => ({ createdAt: ahead(-91 * DAY), expiresAt: ahead(-SECOND) });

attacks('looking at the people of a lobby', [
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
    attack: 'looking for somebody in all lobbies',
    given: inhabited,
    refused: (scene) => scene.carl.listGroup('people'),
    twin: 'looking in a lobby that nobody has made, which says only that nobody is there',
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
    attack: 'as somebody else',
    given: inhabited,
    refused: (scene) => scene.carl.commit(appear(scene.shard(0), 'dora')),
    twin: 'as oneself',
    allowed: (scene) => scene.carl.commit(appear(scene.shard(0), 'carl')),
  },
  {
    attack: 'as somebody else, as the first',
    given: empty,
    refused: (scene) => scene.carl.commit(appear(scene.shard(0), 'dora')),
    twin: 'as oneself, as the first',
    allowed: (scene) => scene.carl.commit(appear(scene.shard(0), 'carl')),
  },
  {
    attack: 'with a companion',
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
    twin: 'alone',
    allowed: (scene) => scene.carl.commit(appear(scene.shard(0), 'carl')),
  },
  {
    attack: 'by writing the document whole, the others gone with it',
    given: inhabited,
    refused: (scene) => scene.carl.set(scene.shard(0), shardOf({ carl: entry() })),
    twin: 'by writing the own entry',
    allowed: (scene) => scene.carl.commit(appear(scene.shard(0), 'carl')),
  },
  {
    attack: 'as people that are a list',
    given: empty,
    refused: (scene) => scene.anna.set(scene.shard(0), { ...shardOf({}), people: ['anna'] }),
    twin: 'as an entry of a map',
    allowed: (scene) => scene.anna.set(scene.shard(0), shardOf({ anna: entry() })),
  },
  {
    attack: 'with an entry that is no map',
    given: inhabited,
    refused: (scene) =>
      scene.carl.commit(
        merge(scene.shard(0), shardOf({ carl: 'here' }), ['people.carl', 'swept', 'expiresAt']),
      ),
    twin: 'with one that is',
    allowed: (scene) => scene.carl.commit(appear(scene.shard(0), 'carl')),
  },
  {
    attack: 'in a lobby that nobody has made',
    refused: (scene) => scene.anna.commit(appear(scene.shard(0), 'anna')),
    twin: 'in one that the same commit makes',
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
    attack: 'in an expired lobby, to others who are still there',
    given: lobbyWith(() => ({ ben: entry() }), expiredLobby),
    refused: (scene) => scene.anna.commit(appear(scene.shard(0), 'anna')),
    twin: 'after bringing it back',
    allowed: async (scene) => {
      await scene.anna.update(scene.lobby, { expiresAt: ahead(80 * DAY) });
      await scene.anna.commit(appear(scene.shard(0), 'anna'));
    },
  },
  {
    attack: 'in a lobby that is gone, to others who are still there',
    given: (scene) => scene.given([scene.shard(0), shardOf({ ben: entry() })]),
    refused: (scene) => scene.anna.commit(appear(scene.shard(0), 'anna')),
    twin: 'in one that stands',
    allowed: async (scene) => {
      await empty(scene);
      await scene.anna.commit(appear(scene.shard(0), 'anna'));
    },
  },
  {
    attack: 'beside 200 others',
    given: lobbyWith(() => crowd(200)),
    refused: (scene) => scene.anna.commit(appear(scene.shard(0), 'anna')),
    twin: 'in the place of one whose lease has run out',
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
    attack: 'where nobody is left, in a lobby that has expired',
    given: (scene) =>
      scene.given(
        [scene.lobby, lobbyBy('anna', expiredLobby())],
        [scene.shard(0), { swept: '', expiresAt: ahead(HOUR) }],
      ),
    refused: (scene) => scene.anna.commit(appear(scene.shard(0), 'anna')),
    twin: 'where a farewell has left a document without people',
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

/** So many people; the first one's lease has run out. */
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

fields('the entry of one more in a shard', {
  ...entryFields,
  given: inhabited,
  write: (scene, change) => scene.carl.commit(appear(scene.shard(0), 'carl', { own: change(entry()) })),
});

fields('the entry of somebody who renews', {
  ...entryFields,
  given: inhabited,
  write: (scene, change) => scene.ben.commit(appear(scene.shard(0), 'ben', { own: change(entry()) })),
});

const shardRows = {
  allowed: [
    ['expiresAt a little more than an hour ahead', patch(() => ({ expiresAt: ahead(HOUR + 20 * SECOND) }))],
    ['expiresAt almost a day ahead', patch(() => ({ expiresAt: ahead(DAY - 20 * SECOND) }))],
    ['swept of 128 characters, gone already', patch(() => ({ swept: 'x'.repeat(128) }))],
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

fields('the fields of a shard newly made', {
  ...shardRows,
  given: empty,
  write: (scene, change) => scene.anna.set(scene.shard(0), change(shardOf({ anna: entry() }))),
});

fields('the fields of a shard that stands', {
  ...shardRows,
  given: lobbyWith(() => ({ anna: entry() })),
  write: (scene, change) => scene.anna.set(scene.shard(0), change(shardOf({ anna: entry() }))),
});

/** Writes something of ben's entry alone. */
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

attacks("another's entry", [
  ...(
    [
      ['prolonging it', () => ({ lease: ahead(9 * MINUTE) })],
      ['letting it run out', () => ({ lease: ahead(SECOND) })],
      ['making them unreachable', () => ({ state: 'dnd' })],
      ['making them reachable', () => ({ state: 'busy' })],
      ['giving them another name', () => ({ card: sealed(50) })],
      ['adding to it', () => ({ note: 'x' })],
    ] as const
  ).map(([what, change]) => ({
    attack: what,
    given: inhabited,
    refused: meddle(change),
    twin: `the own one (not ${what})`,
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
    attack: 'prolonging it as somebody who is listed too',
    given: inhabited,
    refused: meddle(() => ({ lease: ahead(9 * MINUTE) }), 'anna'),
    twin: 'prolonging the own one',
    allowed: (scene) => scene.anna.commit(appear(scene.shard(0), 'anna')),
  },
  {
    attack: 'prolonging one that has run out',
    given: lobbyWith(() => ({ anna: entry(), ben: lapsedEntry() })),
    refused: meddle(() => ({ lease: ahead(9 * MINUTE) })),
    twin: "coming back to one's own that has run out",
    allowed: (scene) => scene.ben.commit(appear(scene.shard(0), 'ben')),
  },
  {
    attack: 'replacing it with the own one in one commit',
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
    twin: 'writing the own one',
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
    attack: 'coming anew to a lobby that is gone',
    given: (scene) => scene.given([scene.shard(0), shardOf({ ben: entry() })]),
    refused: (scene) => scene.carl.commit(appear(scene.shard(0), 'carl')),
    twin: 'in a lobby that is gone, which is not looked at',
    allowed: (scene) => scene.ben.commit(appear(scene.shard(0), 'ben')),
  },
  {
    attack: 'without saying anew who is swept, after somebody else has swept one who came back',
    given: (scene) =>
      scene.given(
        [scene.lobby, lobbyBy('anna')],
        [scene.shard(0), shardOf({ anna: entry(), ben: entry() }, { swept: 'ben' })],
      ),
    refused: (scene) => scene.anna.update(scene.shard(0), { 'people.anna': entry() }),
    twin: 'saying that it is nobody',
    allowed: (scene) => scene.anna.update(scene.shard(0), { 'people.anna': entry(), swept: '' }),
  },
  {
    attack: 'with the document about to be swept, and all others with it',
    given: inhabited,
    refused: (scene) =>
      scene.anna.commit(appear(scene.shard(0), 'anna', { patch: { expiresAt: ahead(MINUTE) } })),
    twin: 'with the document kept a shorter time than another has kept it',
    allowed: (scene) =>
      scene.anna.commit(appear(scene.shard(0), 'anna', { patch: { expiresAt: ahead(20 * HOUR) } })),
  },
]);
