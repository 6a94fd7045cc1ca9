import { after, describe } from 'node:test';

import {
  ahead,
  attacks,
  HOUR,
  MINUTE,
  pastTheRules,
  remove,
  requestTime,
  type Fields,
  type Scene,
} from './fixture';

const servers = (host: string): string =>
  JSON.stringify([{ urls: [`turns:${host}:443`], username: '1795000000:parley', credential: 'c2VjcmV0' }]);

const published = (patch: Fields = {}): Fields => ({
  servers: servers('turn.example.org'),
  validUntil: ahead(12 * HOUR),
  updatedAt: ahead(-MINUTE),
  ...patch,
});

const standing = (scene: Scene) => scene.given(['config/ice', published()]);
const withdraw = () => pastTheRules(remove('config/ice'));
const get = (scene: Scene) => scene.carl.get('config/ice');

describe('config/ice', () => {
  // There is one for all: calls of other suites would take the servers from it.
  after(withdraw);

  attacks('the servers to reach each other by', [
    {
      attack: 'reading them without signing in',
      given: standing,
      refused: (scene) => scene.stranger.get('config/ice'),
      twin: 'reading them signed in, without a call',
      allowed: get,
    },
    {
      attack: 'listing what else is configured',
      given: standing,
      refused: (scene) => scene.carl.list('config'),
      twin: 'reading the one document by its name',
      allowed: get,
    },
    {
      attack: 'a collection-group query',
      given: standing,
      refused: (scene) => scene.carl.listGroup('config'),
      twin: 'reading the one document by its name',
      allowed: get,
    },
    {
      attack: 'reading another document beside it',
      given: (scene) => scene.given(['config/other', published()], ['config/ice', published()]),
      refused: (scene) => scene.carl.get('config/other'),
      twin: 'reading the one that is there for all',
      allowed: get,
    },
    {
      attack: 'reading what lies below it',
      given: (scene) => scene.given(['config/ice/deeper/one', published()], ['config/ice', published()]),
      refused: (scene) => scene.carl.get('config/ice/deeper/one'),
      twin: 'reading the document itself',
      allowed: get,
    },
    {
      attack: 'sending everybody through a server of one’s own',
      given: standing,
      refused: (scene) => scene.carl.update('config/ice', { servers: servers('turn.example.com') }),
      twin: 'reading the servers that were published',
      allowed: get,
    },
    {
      attack: 'replacing it',
      given: standing,
      refused: (scene) =>
        scene.carl.set('config/ice', published({ validUntil: null, updatedAt: requestTime() })),
      twin: 'publishing it anew with credentials of the project',
      allowed: (scene) => scene.given(['config/ice', published({ servers: '[]', validUntil: null })]),
    },
    {
      attack: 'making credentials seem to last',
      given: standing,
      refused: (scene) => scene.carl.update('config/ice', { validUntil: ahead(96 * HOUR) }),
      twin: 'reading credentials that have run out, to be able to say so',
      allowed: async (scene) => {
        await scene.given(['config/ice', published({ validUntil: ahead(-HOUR) })]);
        await get(scene);
      },
    },
    {
      attack: 'deleting it',
      given: standing,
      refused: (scene) => scene.carl.remove('config/ice'),
      twin: 'reading it',
      allowed: get,
    },
  ]);

  attacks('the servers, where none are published', [
    {
      attack: 'putting some there',
      given: withdraw,
      refused: (scene) => scene.carl.set('config/ice', published({ updatedAt: requestTime() })),
      twin: 'asking, which says that there are none',
      allowed: get,
    },
    {
      attack: 'putting another document there',
      refused: (scene) => scene.carl.set(`config/${scene.callId}`, published()),
      twin: 'reading the one document by its name',
      allowed: get,
    },
  ]);
});

const lobby = (patch: Fields = {}): Fields => ({
  code: 'abcd-efgh-jkmn-pqrs',
  updatedAt: ahead(-MINUTE),
  ...patch,
});

const named = (scene: Scene) => scene.given(['config/lobby', lobby()]);
const unname = () => pastTheRules(remove('config/lobby'));
const ask = (scene: Scene) => scene.stranger.get('config/lobby');

describe('config/lobby', () => {
  after(unname);

  attacks('the lobby that everybody sees', [
    {
      attack: 'asking for what else is configured, without signing in',
      given: (scene) => scene.given(['config/other', lobby()], ['config/lobby', lobby()]),
      refused: (scene) => scene.stranger.get('config/other'),
      twin: 'asking for it without signing in',
      allowed: ask,
    },
    {
      attack: 'listing what is configured, without signing in',
      given: named,
      refused: (scene) => scene.stranger.list('config'),
      twin: 'asking for it signed in',
      allowed: (scene) => scene.carl.get('config/lobby'),
    },
    {
      attack: 'a collection-group query',
      given: named,
      refused: (scene) => scene.stranger.listGroup('config'),
      twin: 'asking for the one document by its name',
      allowed: ask,
    },
    {
      attack: 'reading what lies below it',
      given: (scene) => scene.given(['config/lobby/deeper/one', lobby()], ['config/lobby', lobby()]),
      refused: (scene) => scene.stranger.get('config/lobby/deeper/one'),
      twin: 'reading the document itself',
      allowed: ask,
    },
    {
      attack: 'leading everybody to a lobby of one’s own',
      given: named,
      refused: (scene) => scene.carl.update('config/lobby', { code: 'zzzz-zzzz-zzzz-zzzz' }),
      twin: 'publishing another with credentials of the project',
      allowed: (scene) => scene.given(['config/lobby', lobby({ code: 'zzzz-zzzz-zzzz-zzzz' })]),
    },
    {
      attack: 'replacing it without signing in',
      given: named,
      refused: (scene) => scene.stranger.set('config/lobby', lobby({ updatedAt: requestTime() })),
      twin: 'asking for it',
      allowed: ask,
    },
    {
      attack: 'naming one where none is named',
      given: unname,
      refused: (scene) => scene.carl.set('config/lobby', lobby({ updatedAt: requestTime() })),
      twin: 'asking, which says that there is none',
      allowed: ask,
    },
    {
      attack: 'deleting it',
      given: named,
      refused: (scene) => scene.carl.remove('config/lobby'),
      twin: 'asking for it',
      allowed: ask,
    },
  ]);
});
