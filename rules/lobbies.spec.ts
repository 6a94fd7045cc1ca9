import {
  ahead,
  attacks,
  fields,
  HOUR,
  MINUTE,
  missing,
  patch,
  randomId,
  remove,
  SECOND,
  set,
  timestampRows,
  type Scene,
} from './fixture';
import { appear, DAY, entry, lobbyBy, ringFrom, shardOf } from './people-documents';

const existing = (scene: Scene) => scene.given([scene.lobby, lobbyBy('anna')]);
const inhabited = (scene: Scene) =>
  scene.given(
    [scene.lobby, lobbyBy('anna')],
    [scene.shard(0), shardOf({ anna: entry(), ben: entry() })],
    [scene.ring(), ringFrom('anna', 'ben')],
  );
const expired = (scene: Scene) =>
  scene.given([scene.lobby, lobbyBy('anna', { createdAt: ahead(-91 * DAY), expiresAt: ahead(-SECOND) })]);

attacks('reading lobbies', [
  {
    attack: 'reading one without signing in',
    given: existing,
    refused: (scene) => scene.stranger.get(scene.lobby),
    twin: 'reading it signed in, by its id',
    allowed: (scene) => scene.carl.get(scene.lobby),
  },
  {
    attack: 'listing the lobbies',
    given: existing,
    refused: (scene) => scene.anna.list('lobbies'),
    twin: 'guessing an id, which shows only that nothing is there',
    allowed: (scene) => scene.carl.get(`lobbies/${randomId(26)}`),
  },
  {
    attack: 'finding the lobbies that a user has created',
    given: existing,
    refused: (scene) => scene.carl.find('lobbies', { createdBy: 'anna' }),
    twin: 'reading an expired one, to be able to report it',
    allowed: async (scene) => {
      await expired(scene);
      await scene.carl.get(scene.lobby);
    },
  },
  ...['lobbies', 'people', 'rings'].map((group) => ({
    attack: `a collection-group query over all ${group}`,
    given: inhabited,
    refused: (scene: Scene) => scene.anna.listGroup(group),
    twin: `listing the people of a lobby with a known id (not the group ${group})`,
    allowed: (scene: Scene) => scene.carl.list(`${scene.lobby}/people`),
  })),
  {
    attack: 'a document of a collection that the protocol does not know',
    given: existing,
    refused: (scene) => scene.anna.set(`${scene.lobby}/notes/0`, shardOf({ anna: entry() })),
    twin: 'one that it knows',
    allowed: (scene) => scene.anna.commit(appear(scene.shard(0), 'anna')),
  },
]);

attacks('creating a lobby', [
  {
    attack: 'without signing in',
    refused: (scene) => scene.stranger.set(scene.lobby, lobbyBy('anna')),
    twin: 'signed in',
    allowed: (scene) => scene.anna.set(scene.lobby, lobbyBy('anna')),
  },
  {
    attack: "in another user's name",
    refused: (scene) => scene.anna.set(scene.lobby, lobbyBy('ben')),
    twin: "in one's own name",
    allowed: (scene) => scene.anna.set(scene.lobby, lobbyBy('anna')),
  },
  {
    attack: 'and appearing there as another user, in one commit',
    refused: (scene) => scene.anna.commit(set(scene.lobby, lobbyBy('anna')), appear(scene.shard(0), 'ben')),
    twin: 'and appearing there, in one commit',
    allowed: (scene) => scene.anna.commit(set(scene.lobby, lobbyBy('anna')), appear(scene.shard(0), 'anna')),
  },
  {
    attack: 'over one that another user has created',
    given: (scene) => scene.given([scene.lobby, lobbyBy('ben')]),
    refused: (scene) => scene.anna.set(scene.lobby, lobbyBy('anna')),
    twin: 'appearing there instead',
    allowed: (scene) => scene.anna.commit(appear(scene.shard(0), 'anna')),
  },
  ...(
    [
      ['too short', randomId(25)],
      ['too long', randomId(27)],
      ['with a letter outside the alphabet', `${randomId(25)}u`],
      ['in upper case', `${randomId(25)}A`],
    ] as const
  ).map(([what, id]) => ({
    attack: `under an id ${what}`,
    refused: (scene: Scene) => scene.anna.set(`lobbies/${id}`, lobbyBy('anna')),
    twin: `under an id of the right form, not one ${what}`,
    allowed: (scene: Scene) => scene.anna.set(`lobbies/${randomId(26)}`, lobbyBy('anna')),
  })),
]);

const expiry = timestampRows('expiresAt', 90 * DAY);
fields('the fields of a lobby', {
  write: (scene, change) => scene.anna.set(scene.lobby, change(lobbyBy('anna'))),
  allowed: expiry.allowed,
  refused: [
    ['an extra key', patch(() => ({ title: 'Office' }))],
    ...['createdBy', 'createdAt'].map((name) => [`${name} missing`, missing(name)] as const),
    ...expiry.refused,
    ['createdBy as a number', patch(() => ({ createdBy: 1 }))],
    ["createdAt by the client's clock", patch(() => ({ createdAt: ahead(0) }))],
    ['createdAt ahead', patch(() => ({ createdAt: ahead(HOUR) }))],
    ['createdAt in the past', patch(() => ({ createdAt: ahead(-HOUR) }))],
  ],
});

const soonOver = (scene: Scene) => scene.given([scene.lobby, lobbyBy('anna', { expiresAt: ahead(DAY) })]);

attacks('extending a lobby', [
  {
    attack: 'without signing in',
    given: soonOver,
    refused: (scene) => scene.stranger.update(scene.lobby, { expiresAt: ahead(80 * DAY) }),
    twin: 'by any user who has its id',
    allowed: (scene) => scene.carl.update(scene.lobby, { expiresAt: ahead(80 * DAY) }),
  },
  {
    attack: 'ending it for the other people, as its creator',
    given: soonOver,
    refused: (scene) => scene.anna.update(scene.lobby, { expiresAt: ahead(MINUTE) }),
    twin: 'as its creator',
    allowed: (scene) => scene.anna.update(scene.lobby, { expiresAt: ahead(2 * DAY) }),
  },
  {
    attack: 'an expired one, to another time in the past',
    given: (scene) => scene.given([scene.lobby, lobbyBy('anna', { expiresAt: ahead(-DAY) })]),
    refused: (scene) => scene.anna.update(scene.lobby, { expiresAt: ahead(-HOUR) }),
    twin: 'an expired one that has not been swept yet',
    allowed: (scene) => scene.carl.update(scene.lobby, { expiresAt: ahead(80 * DAY) }),
  },
  ...(
    [
      ['with another creator', () => ({ createdBy: 'carl' })],
      ['with another time of creation', () => ({ createdAt: ahead(-HOUR) })],
      ['with an extra key', () => ({ title: 'Office' })],
      ['for too long', () => ({ expiresAt: ahead(90 * DAY + MINUTE) })],
      ['forever', () => ({ expiresAt: null })],
      ['until a number', () => ({ expiresAt: Date.now() + 2 * DAY })],
    ] as const
  ).map(([what, change]) => ({
    attack: what,
    given: soonOver,
    refused: (scene: Scene) => scene.carl.update(scene.lobby, { expiresAt: ahead(80 * DAY), ...change() }),
    twin: `for almost 90 days (not ${what})`,
    allowed: (scene: Scene) => scene.carl.update(scene.lobby, { expiresAt: ahead(90 * DAY - MINUTE) }),
  })),
  {
    attack: 'to the time that it has already',
    given: (scene) => scene.given([scene.lobby, lobbyBy('anna', { expiresAt: ahead(2 * DAY) })]),
    refused: (scene) => scene.anna.update(scene.lobby, {}),
    twin: 'a day longer',
    allowed: (scene) => scene.anna.update(scene.lobby, { expiresAt: ahead(3 * DAY) }),
  },
]);

attacks('deleting a lobby', [
  {
    attack: 'as its creator',
    given: existing,
    refused: (scene) => scene.anna.remove(scene.lobby),
    twin: 'reading it',
    allowed: (scene) => scene.anna.get(scene.lobby),
  },
  {
    attack: 'an expired one',
    given: expired,
    refused: (scene) => scene.carl.remove(scene.lobby),
    twin: 'bringing it back',
    allowed: (scene) => scene.carl.update(scene.lobby, { expiresAt: ahead(80 * DAY) }),
  },
  {
    attack: 'and creating it again in one commit, to be its creator',
    given: existing,
    refused: (scene) => scene.carl.commit(remove(scene.lobby), set(scene.lobby, lobbyBy('carl'))),
    twin: 'creating another',
    allowed: (scene) => scene.carl.set(`lobbies/${randomId(26)}`, lobbyBy('carl')),
  },
]);
