import { ahead, attacks, HOUR, merge, MINUTE, remove, SECOND, set, type Fields, type Scene } from './fixture';
import { appear, entry, lapsedEntry, leave, lobbyBy, shardOf } from './people-documents';

const lobbyWith =
  (people: () => Fields) =>
  (scene: Scene): Promise<void> =>
    scene.given([scene.lobby, lobbyBy('anna')], [scene.shard(0), shardOf(people())]);

const inhabited = lobbyWith(() => ({ anna: entry(), ben: entry() }));
const benLapsed = lobbyWith(() => ({ anna: entry(), ben: lapsedEntry() }));
const bothLapsed = lobbyWith(() => ({ anna: entry(), ben: lapsedEntry(), dora: lapsedEntry() }));

const sweepBen = (scene: Scene) => scene.anna.commit(appear(scene.shard(0), 'anna', { swept: 'ben' }));

attacks('sweeping', [
  {
    attack: 'a person whose lease runs',
    given: inhabited,
    refused: sweepBen,
    twin: 'a person whose lease has expired',
    allowed: async (scene) => {
      await benLapsed(scene);
      await sweepBen(scene);
    },
  },
  {
    attack: 'a person whose lease is about to expire',
    given: lobbyWith(() => ({ anna: entry(), ben: entry({ lease: ahead(20 * SECOND) }) })),
    refused: sweepBen,
    twin: 'a person whose lease has just expired',
    allowed: async (scene) => {
      await lobbyWith(() => ({ anna: entry(), ben: entry({ lease: ahead(-SECOND) }) }))(scene);
      await sweepBen(scene);
    },
  },
  {
    attack: 'a person who has renewed in between',
    given: benLapsed,
    refused: async (scene) => {
      await scene.ben.commit(appear(scene.shard(0), 'ben'));
      await sweepBen(scene);
    },
    twin: 'a person whom another has swept in between',
    allowed: async (scene) => {
      await scene.carl.commit(appear(scene.shard(0), 'carl', { swept: 'ben' }));
      await sweepBen(scene);
    },
  },
  {
    attack: 'two at once',
    given: bothLapsed,
    refused: (scene) => scene.anna.commit(leave(scene.shard(0), ['ben', 'dora'], { swept: 'ben' })),
    twin: 'one after the other',
    allowed: async (scene) => {
      await scene.anna.commit(leave(scene.shard(0), ['ben'], { swept: 'ben' }));
      await scene.anna.commit(leave(scene.shard(0), ['dora'], { swept: 'dora' }));
    },
  },
  {
    attack: 'two at once, one of whose leases runs',
    given: benLapsed,
    refused: (scene) => scene.carl.commit(leave(scene.shard(0), ['ben', 'anna'], { swept: 'ben' })),
    twin: 'the one whose lease has expired',
    allowed: (scene) => scene.carl.commit(leave(scene.shard(0), ['ben'], { swept: 'ben' })),
  },
  {
    attack: 'without naming the person',
    given: benLapsed,
    refused: (scene) => scene.anna.commit(leave(scene.shard(0), ['ben'])),
    twin: 'naming the person',
    allowed: (scene) => scene.anna.commit(leave(scene.shard(0), ['ben'], { swept: 'ben' })),
  },
  {
    attack: 'one person, naming another',
    given: bothLapsed,
    refused: (scene) => scene.anna.commit(leave(scene.shard(0), ['ben'], { swept: 'dora' })),
    twin: 'the named person',
    allowed: (scene) => scene.anna.commit(leave(scene.shard(0), ['dora'], { swept: 'dora' })),
  },
  {
    attack: 'a person whose lease runs, naming one who is not there',
    given: inhabited,
    refused: (scene) => scene.anna.commit(leave(scene.shard(0), ['ben'], { swept: 'dora' })),
    twin: 'a person who has been removed already',
    allowed: (scene) => scene.anna.commit(leave(scene.shard(0), ['dora'], { swept: 'dora' })),
  },
  {
    attack: 'naming a person whose lease runs, without removing them',
    given: inhabited,
    refused: (scene) => scene.anna.commit(appear(scene.shard(0), 'anna', { patch: { swept: 'ben' } })),
    twin: 'naming nobody',
    allowed: (scene) => scene.anna.commit(appear(scene.shard(0), 'anna')),
  },
  {
    attack: 'naming a person whose lease has expired, without removing them',
    given: benLapsed,
    refused: (scene) => scene.anna.commit(appear(scene.shard(0), 'anna', { patch: { swept: 'ben' } })),
    twin: 'removing them',
    allowed: sweepBen,
  },
  {
    attack: 'naming a person whose lease has expired, to write an entry for them',
    given: benLapsed,
    refused: (scene) =>
      scene.anna.commit(
        merge(scene.shard(0), shardOf({ ben: entry() }, { swept: 'ben' }), [
          'people.ben',
          'swept',
          'expiresAt',
        ]),
      ),
    twin: 'naming them, to remove their entry',
    allowed: sweepBen,
  },
  {
    attack: 'naming a person who is not there, to write an entry for them',
    given: inhabited,
    refused: (scene) =>
      scene.anna.commit(
        merge(scene.shard(0), shardOf({ dora: entry() }, { swept: 'dora' }), [
          'people.dora',
          'swept',
          'expiresAt',
        ]),
      ),
    twin: 'naming a person who is not there',
    allowed: (scene) => scene.anna.commit(appear(scene.shard(0), 'anna', { swept: 'dora' })),
  },
  {
    attack: 'oneself',
    given: benLapsed,
    refused: (scene) => scene.ben.commit(leave(scene.shard(0), ['ben'], { swept: 'ben' })),
    twin: 'nobody, while leaving',
    allowed: (scene) => scene.ben.commit(leave(scene.shard(0), ['ben'])),
  },
  {
    attack: 'naming oneself, to sweep another',
    given: benLapsed,
    refused: (scene) => scene.anna.commit(leave(scene.shard(0), ['ben'], { swept: 'anna' })),
    twin: 'another',
    allowed: (scene) => scene.anna.commit(leave(scene.shard(0), ['ben'], { swept: 'ben' })),
  },
  {
    attack: 'without signing in',
    given: benLapsed,
    refused: (scene) => scene.stranger.commit(leave(scene.shard(0), ['ben'], { swept: 'ben' })),
    twin: 'as a user who is not listed',
    allowed: (scene) => scene.carl.commit(leave(scene.shard(0), ['ben'], { swept: 'ben' })),
  },
]);

attacks('leaving', [
  {
    attack: 'without signing in',
    given: inhabited,
    refused: (scene) => scene.stranger.commit(leave(scene.shard(0), ['ben'])),
    twin: "removing one's entry",
    allowed: (scene) => scene.ben.commit(leave(scene.shard(0), ['ben'])),
  },
  {
    attack: "removing another person's entry",
    given: inhabited,
    refused: (scene) => scene.anna.commit(leave(scene.shard(0), ['ben'])),
    twin: "removing one's own entry",
    allowed: (scene) => scene.anna.commit(leave(scene.shard(0), ['anna'])),
  },
  {
    attack: 'and removing another person',
    given: inhabited,
    refused: (scene) => scene.anna.commit(leave(scene.shard(0), ['anna', 'ben'])),
    twin: 'and sweeping another person whose lease has expired',
    allowed: async (scene) => {
      await benLapsed(scene);
      await scene.anna.commit(leave(scene.shard(0), ['anna', 'ben'], { swept: 'ben' }));
    },
  },
  {
    attack: 'removing all people with their map',
    given: inhabited,
    refused: (scene) => scene.anna.set(scene.shard(0), { swept: '', expiresAt: ahead(2 * HOUR) }),
    twin: 'removing the map with nobody else in it',
    allowed: async (scene) => {
      await lobbyWith(() => ({ anna: entry() }))(scene);
      await scene.anna.set(scene.shard(0), { swept: '', expiresAt: ahead(2 * HOUR) });
    },
  },
  {
    attack: "removing another person's entry, after leaving",
    given: inhabited,
    refused: async (scene) => {
      await scene.anna.commit(leave(scene.shard(0), ['anna']));
      await scene.anna.commit(leave(scene.shard(0), ['anna', 'ben']));
    },
    twin: 'twice',
    allowed: async (scene) => {
      await scene.anna.commit(leave(scene.shard(0), ['anna']));
      await scene.anna.commit(leave(scene.shard(0), ['anna']));
    },
  },
  {
    attack: 'a lobby that does not exist, which would create a document there',
    refused: (scene) => scene.anna.commit(leave(scene.shard(0), ['anna'])),
    twin: 'a lobby whose document has been deleted',
    allowed: async (scene) => {
      await scene.given([scene.lobby, lobbyBy('anna')]);
      await scene.anna.commit(leave(scene.shard(0), ['anna']));
    },
  },
  {
    attack: 'an expired lobby whose document has been deleted',
    given: (scene) => scene.given([scene.lobby, lobbyBy('anna', { expiresAt: ahead(-MINUTE) })]),
    refused: (scene) => scene.anna.commit(leave(scene.shard(0), ['anna'])),
    twin: 'an expired lobby',
    allowed: async (scene) => {
      await scene.given([scene.shard(0), shardOf({ anna: entry(), ben: entry() })]);
      await scene.anna.commit(leave(scene.shard(0), ['anna']));
    },
  },
  {
    attack: 'by deleting the document that everyone is in',
    given: inhabited,
    refused: (scene) => scene.anna.remove(scene.shard(0)),
    twin: 'by removing the entry',
    allowed: (scene) => scene.anna.commit(leave(scene.shard(0), ['anna'])),
  },
  {
    attack: 'by deleting a document that nobody else is in',
    given: lobbyWith(() => ({ anna: entry() })),
    refused: (scene) => scene.anna.remove(scene.shard(0)),
    twin: 'as the last',
    allowed: (scene) => scene.anna.commit(leave(scene.shard(0), ['anna'])),
  },
  {
    attack: 'by deleting the document and creating it again',
    given: inhabited,
    refused: (scene) =>
      scene.anna.commit(remove(scene.shard(0)), set(scene.shard(0), shardOf({ anna: entry() }))),
    twin: 'one shard for another',
    allowed: (scene) => scene.anna.commit(leave(scene.shard(0), ['anna']), appear(scene.shard(1), 'anna')),
  },
]);
