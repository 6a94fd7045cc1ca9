import {
  ahead,
  attacks,
  HOUR,
  MINUTE,
  randomId,
  requestTime,
  sealed,
  SECOND,
  type Fields,
  type Scene,
} from './fixture';
import { entry, lobbyBy, ringFrom, shardOf } from './people-documents';

/** Everyone is listed, and there is a ring from anna to ben, a second old unless `change` says otherwise. */
const withRing = (change: () => Fields) => (scene: Scene) =>
  scene.given(
    [scene.lobby, lobbyBy('anna')],
    [scene.shard(0), shardOf({ anna: entry(), ben: entry(), carl: entry() })],
    [scene.ring(), ringFrom('anna', 'ben', { createdAt: ahead(-SECOND), ...change() })],
  );
const ringing = withRing(() => ({}));
/** Old enough to be over, and too young for it, with room for a slow machine. */
const over = () => ({ createdAt: ahead(-46 * SECOND) });
const almostOver = () => ({ createdAt: ahead(-30 * SECOND) });

const accepted = (more: Fields = {}): Fields => ({ state: 'accepted', answeredBy: randomId(16), ...more });
const declined = (more: Fields = {}): Fields => ({ state: 'declined', answeredBy: randomId(16), ...more });
const busy = (more: Fields = {}): Fields => ({ state: 'busy', answeredBy: randomId(16), ...more });

const accept = (scene: Scene) => scene.ben.update(scene.ring(), accepted());
const cancel = (scene: Scene) => scene.anna.update(scene.ring(), { state: 'cancelled' });
const expire = (scene: Scene) => scene.anna.update(scene.ring(), { state: 'expired' });
const again = (scene: Scene) => scene.anna.set(scene.ring(), ringFrom('anna', 'ben', { revision: 2 }));
const back = (scene: Scene) => scene.ben.set(scene.ring(), ringFrom('ben', 'anna', { revision: 2 }));

attacks('answering a ring', [
  {
    attack: 'without signing in',
    given: ringing,
    refused: (scene) => scene.stranger.update(scene.ring(), accepted()),
    twin: 'as the callee',
    allowed: accept,
  },
  ...[accepted, declined, busy].flatMap((answer) => [
    {
      attack: `“${String(answer()['state'])}” as the caller`,
      given: ringing,
      refused: (scene: Scene) => scene.anna.update(scene.ring(), answer()),
      twin: `“${String(answer()['state'])}” as the callee`,
      allowed: (scene: Scene) => scene.ben.update(scene.ring(), answer()),
    },
    {
      attack: `“${String(answer()['state'])}” as a third person`,
      given: ringing,
      refused: (scene: Scene) => scene.carl.update(scene.ring(), answer()),
      twin: `“${String(answer()['state'])}” in the last seconds`,
      allowed: async (scene: Scene) => {
        await withRing(almostOver)(scene);
        await scene.ben.update(scene.ring(), answer());
      },
    },
    {
      attack: `“${String(answer()['state'])}” after 45 s`,
      given: withRing(over),
      refused: (scene: Scene) => scene.ben.update(scene.ring(), answer()),
      twin: `writing only that it has expired (not “${String(answer()['state'])}”)`,
      allowed: (scene: Scene) => scene.ben.update(scene.ring(), { state: 'expired' }),
    },
    {
      attack: `“${String(answer()['state'])}” on a second device`,
      given: ringing,
      refused: async (scene: Scene) => {
        await accept(scene);
        await scene.ben.update(scene.ring(), answer());
      },
      twin: `“${String(answer()['state'])}” on the first`,
      allowed: (scene: Scene) => scene.ben.update(scene.ring(), answer()),
    },
  ]),
  {
    attack: 'a ring that does not exist',
    given: (scene) =>
      scene.given([scene.lobby, lobbyBy('anna')], [scene.shard(0), shardOf({ ben: entry() })]),
    refused: (scene) => scene.ben.set(scene.ring(), ringFrom('anna', 'ben', accepted())),
    twin: 'a ring that exists',
    allowed: async (scene) => {
      await ringing(scene);
      await accept(scene);
    },
  },
  {
    attack: 'both at once: ringing back while it rings',
    given: ringing,
    refused: back,
    twin: 'both at once: accepting the ring that is there',
    allowed: accept,
  },
  ...(
    [
      ['from', () => ({ from: 'carl' })],
      ['to', () => ({ to: 'carl' })],
      ['shard', () => ({ shard: 1 })],
      ['revision', () => ({ revision: 2 })],
      ['createdAt', () => ({ createdAt: requestTime() })],
      ['offer', () => ({ offer: sealed(50) })],
      ['expiresAt', () => ({ expiresAt: ahead(55 * MINUTE) })],
      ['an extra key', () => ({ note: 'x' })],
    ] as const
  ).map(([what, change]) => ({
    attack: `changing ${what} too`,
    given: ringing,
    refused: (scene: Scene) => scene.ben.update(scene.ring(), accepted(change())),
    twin: `changing only the fields of an answer, not ${what}`,
    allowed: accept,
  })),
  ...(
    [
      ['an unknown state', { state: 'maybe' }],
      ['the state ringing, which would hide the answer', { state: 'ringing' }],
      ['the state cancelled', { state: 'cancelled' }],
      ['the state expired', { state: 'expired' }],
      ['a state as a number', { state: 1 }],
      ['no session', { answeredBy: null }],
      ['a session too short', { answeredBy: randomId(15) }],
      ['a session too long', { answeredBy: randomId(17) }],
      ['a session outside the alphabet', { answeredBy: `${randomId(15)}o` }],
      ['a session as a number', { answeredBy: 1234567890123456 }],
      ['a message while accepting', { reply: sealed(40) }],
    ] as const
  ).map(([what, change]) => ({
    attack: `with ${what}`,
    given: ringing,
    refused: (scene: Scene) => scene.ben.update(scene.ring(), accepted(change)),
    twin: `a correct answer, not with ${what}`,
    allowed: accept,
  })),
  {
    attack: 'busy, with a message',
    given: ringing,
    refused: (scene) => scene.ben.update(scene.ring(), busy({ reply: sealed(40) })),
    twin: 'declined, with a message',
    allowed: (scene) => scene.ben.update(scene.ring(), declined({ reply: sealed(40) })),
  },
  ...(
    [
      ['too long', sealed(1025)],
      ['empty', sealed(0)],
      ['not sealed', 'later'],
    ] as const
  ).map(([what, reply]) => ({
    attack: `declined, with a message ${what}`,
    given: ringing,
    refused: (scene: Scene) => scene.ben.update(scene.ring(), declined({ reply })),
    twin: `declined, with a message of the maximum length (not ${what})`,
    allowed: (scene: Scene) => scene.ben.update(scene.ring(), declined({ reply: sealed(1024) })),
  })),
  {
    attack: 'adding a message afterwards',
    given: ringing,
    refused: async (scene) => {
      await scene.ben.update(scene.ring(), declined());
      await scene.ben.update(scene.ring(), { reply: sealed(40) });
    },
    twin: 'sending the message with it',
    allowed: (scene) => scene.ben.update(scene.ring(), declined({ reply: sealed(40) })),
  },
]);

attacks('cancelling a ring', [
  {
    attack: 'without signing in',
    given: ringing,
    refused: (scene) => scene.stranger.update(scene.ring(), { state: 'cancelled' }),
    twin: 'as the caller',
    allowed: cancel,
  },
  {
    attack: 'as the callee',
    given: ringing,
    refused: (scene) => scene.ben.update(scene.ring(), { state: 'cancelled' }),
    twin: 'declining it',
    allowed: (scene) => scene.ben.update(scene.ring(), declined()),
  },
  {
    attack: 'as a third person',
    given: ringing,
    refused: (scene) => scene.carl.update(scene.ring(), { state: 'cancelled' }),
    twin: 'as the caller, after 45 s',
    allowed: async (scene) => {
      await withRing(over)(scene);
      await cancel(scene);
    },
  },
  {
    attack: 'after it was accepted',
    given: ringing,
    refused: async (scene) => {
      await accept(scene);
      await cancel(scene);
    },
    twin: 'twice, as after a lost acknowledgement',
    allowed: async (scene) => {
      await cancel(scene);
      await cancel(scene);
    },
  },
  {
    attack: 'accepting it afterwards',
    given: ringing,
    refused: async (scene) => {
      await cancel(scene);
      await accept(scene);
    },
    twin: 'accepting it before',
    allowed: accept,
  },
  ...(
    [
      ['with another offer', () => ({ offer: sealed(50) })],
      ['with an answer in the callee’s name', () => ({ answeredBy: randomId(16) })],
      ['with a reply in the callee’s name', () => ({ reply: sealed(40) })],
      ['with another time, to ring again sooner', () => ({ createdAt: ahead(-HOUR) })],
      ['with another revision', () => ({ revision: 2 })],
      ['with an extra key', () => ({ note: 'x' })],
    ] as const
  ).map(([what, change]) => ({
    attack: what,
    given: ringing,
    refused: (scene: Scene) => scene.anna.update(scene.ring(), { state: 'cancelled', ...change() }),
    twin: `changing only its state (not ${what})`,
    allowed: cancel,
  })),
]);

attacks('an unanswered ring', [
  {
    attack: 'expires early, by the caller',
    given: withRing(almostOver),
    refused: expire,
    twin: 'expires after 45 s, by the caller',
    allowed: async (scene) => {
      await withRing(over)(scene);
      await expire(scene);
    },
  },
  {
    attack: 'expires early, by the callee',
    given: withRing(almostOver),
    refused: (scene) => scene.ben.update(scene.ring(), { state: 'expired' }),
    twin: 'expires after 45 s, by the callee',
    allowed: async (scene) => {
      await withRing(over)(scene);
      await scene.ben.update(scene.ring(), { state: 'expired' });
    },
  },
  {
    attack: 'expires, by a third person',
    given: withRing(over),
    refused: (scene) => scene.carl.update(scene.ring(), { state: 'expired' }),
    twin: 'expires, by both',
    allowed: async (scene) => {
      await expire(scene);
      await scene.ben.update(scene.ring(), { state: 'expired' });
    },
  },
  {
    attack: 'expires, without signing in',
    given: withRing(over),
    refused: (scene) => scene.stranger.update(scene.ring(), { state: 'expired' }),
    twin: 'expires, signed in',
    allowed: expire,
  },
  {
    attack: 'expires, with another time of creation',
    given: withRing(over),
    refused: (scene) => scene.anna.update(scene.ring(), { state: 'expired', createdAt: ahead(-HOUR) }),
    twin: 'expires, with nothing else changed',
    allowed: expire,
  },
]);

const states = ['ringing', 'accepted', 'declined', 'busy', 'cancelled', 'expired'];
const ends = states.slice(1);
const answered = ['accepted', 'declined', 'busy'];

/** Writes what brings a ring into a state, as the given person. */
const into = (scene: Scene, who: 'anna' | 'ben', state: string) =>
  scene[who].update(scene.ring(), {
    state,
    ...(answered.includes(state) ? { answeredBy: randomId(16) } : {}),
  });

attacks(
  'no end becomes another state',
  ends.flatMap((from) =>
    states
      .filter((to) => to !== from)
      .flatMap((to) =>
        (['anna', 'ben'] as const).map((who) => ({
          attack: `${from} to ${to}, by ${who}`,
          // Old enough that the ring may be ended as expired, or young enough that it may be answered.
          given: withRing(() => ({ state: from, ...(to === 'expired' ? over() : {}) })),
          refused: (scene: Scene) => into(scene, who, to),
          twin: `ringing to ${from} (not ${from} to ${to}, by ${who})`,
          allowed: async (scene: Scene) => {
            await withRing(from === 'expired' ? over : () => ({}))(scene);
            await into(scene, answered.includes(from) ? 'ben' : 'anna', from);
          },
        })),
      ),
  ),
);

attacks('ringing again', [
  {
    attack: 'while it rings',
    given: withRing(() => ({ createdAt: ahead(-30 * SECOND) })),
    refused: again,
    twin: 'when nobody has answered and no end was written',
    allowed: async (scene) => {
      await withRing(over)(scene);
      await again(scene);
    },
  },
  ...ends.map((state) => ({
    attack: `within 10 s, over one that is ${state}`,
    given: withRing(() => ({ state })),
    refused: again,
    twin: `after 10 s, over one that is ${state}`,
    allowed: async (scene: Scene) => {
      await withRing(() => ({ state, createdAt: ahead(-11 * SECOND) }))(scene);
      await again(scene);
    },
  })),
  ...ends.map((state) => ({
    attack: `by a third person, over one that is ${state}`,
    given: withRing(() => ({ state, createdAt: ahead(-MINUTE) })),
    refused: (scene: Scene) => scene.carl.set(scene.ring(), ringFrom('carl', 'ben', { revision: 2 })),
    twin: `at once in the other direction, over one that is ${state}`,
    allowed: async (scene: Scene) => {
      await withRing(() => ({ state, createdAt: ahead(-2 * SECOND) }))(scene);
      await back(scene);
    },
  })),
  {
    attack: 'within 10 s, by the callee who has rung back and cancelled',
    given: withRing(() => ({ state: 'cancelled', createdAt: ahead(-11 * SECOND) })),
    refused: async (scene) => {
      await back(scene);
      await scene.ben.update(scene.ring(), { state: 'cancelled' });
      await scene.ben.set(scene.ring(), ringFrom('ben', 'anna', { revision: 3 }));
    },
    twin: 'by the caller, after the callee has rung back and cancelled',
    allowed: async (scene) => {
      await back(scene);
      await scene.ben.update(scene.ring(), { state: 'cancelled' });
      await scene.anna.set(scene.ring(), ringFrom('anna', 'ben', { revision: 3 }));
    },
  },
  {
    attack: 'by only resetting its state',
    given: withRing(() => ({ state: 'declined', createdAt: ahead(-MINUTE) })),
    refused: (scene) => scene.anna.update(scene.ring(), { state: 'ringing', createdAt: requestTime() }),
    twin: 'as a new ring',
    allowed: again,
  },
  {
    attack: 'keeping the reply to the previous ring',
    given: withRing(() => ({
      ...declined({ reply: sealed(40) }),
      createdAt: ahead(-MINUTE),
    })),
    refused: (scene) =>
      scene.anna.update(scene.ring(), {
        state: 'ringing',
        revision: 2,
        createdAt: requestTime(),
        answeredBy: null,
        expiresAt: ahead(50 * MINUTE),
      }),
    twin: 'with the reply removed',
    allowed: (scene) =>
      scene.anna.update(scene.ring(), {
        state: 'ringing',
        revision: 2,
        createdAt: requestTime(),
        answeredBy: null,
        reply: null,
        expiresAt: ahead(50 * MINUTE),
      }),
  },
  {
    attack: 'in the callee’s name',
    given: withRing(() => ({ state: 'declined', createdAt: ahead(-MINUTE) })),
    refused: (scene) => scene.anna.set(scene.ring(), ringFrom('ben', 'anna', { revision: 2 })),
    twin: 'in the caller’s own name',
    allowed: again,
  },
]);

attacks('deleting a ring', [
  {
    attack: 'as the caller',
    given: ringing,
    refused: (scene) => scene.anna.remove(scene.ring()),
    twin: 'cancelling it',
    allowed: cancel,
  },
  {
    attack: 'as the callee',
    given: ringing,
    refused: (scene) => scene.ben.remove(scene.ring()),
    twin: 'declining it',
    allowed: (scene) => scene.ben.update(scene.ring(), declined()),
  },
  {
    attack: 'a ring that has ended, to ring again sooner',
    given: withRing(() => ({ state: 'cancelled' })),
    refused: (scene) => scene.anna.remove(scene.ring()),
    twin: 'reading it',
    allowed: (scene) => scene.anna.get(scene.ring()),
  },
  {
    attack: 'as a third person',
    given: ringing,
    refused: (scene) => scene.carl.remove(scene.ring()),
    twin: 'accepting it',
    allowed: accept,
  },
]);
