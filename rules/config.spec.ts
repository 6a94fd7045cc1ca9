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

const existing = (scene: Scene) => scene.given(['config/ice', published()]);
const withdraw = () => pastTheRules(remove('config/ice'));
const get = (scene: Scene) => scene.carl.get('config/ice');

describe('config/ice', () => {
  // There is only one such document: calls of other suites would use its servers.
  after(withdraw);

  attacks('the STUN and TURN servers', [
    {
      attack: 'reading them without signing in',
      given: existing,
      refused: (scene) => scene.stranger.get('config/ice'),
      twin: 'reading them signed in, without a call',
      allowed: get,
    },
    {
      attack: 'listing the whole configuration',
      given: existing,
      refused: (scene) => scene.carl.list('config'),
      twin: 'reading the one document by its name',
      allowed: get,
    },
    {
      attack: 'a collection-group query',
      given: existing,
      refused: (scene) => scene.carl.listGroup('config'),
      twin: 'reading the one document by its name',
      allowed: get,
    },
    {
      attack: 'reading another document beside it',
      given: (scene) => scene.given(['config/other', published()], ['config/ice', published()]),
      refused: (scene) => scene.carl.get('config/other'),
      twin: 'reading the one that is public',
      allowed: get,
    },
    {
      attack: 'reading a document below it',
      given: (scene) => scene.given(['config/ice/deeper/one', published()], ['config/ice', published()]),
      refused: (scene) => scene.carl.get('config/ice/deeper/one'),
      twin: 'reading the document itself',
      allowed: get,
    },
    {
      attack: 'sending all calls through one’s own server',
      given: existing,
      refused: (scene) => scene.carl.update('config/ice', { servers: servers('turn.example.com') }),
      twin: 'reading the servers that were published',
      allowed: get,
    },
    {
      attack: 'replacing it',
      given: existing,
      refused: (scene) =>
        scene.carl.set('config/ice', published({ validUntil: null, updatedAt: requestTime() })),
      twin: "publishing it again with the project's credentials",
      allowed: (scene) => scene.given(['config/ice', published({ servers: '[]', validUntil: null })]),
    },
    {
      attack: 'extending the life of credentials',
      given: existing,
      refused: (scene) => scene.carl.update('config/ice', { validUntil: ahead(96 * HOUR) }),
      twin: 'reading expired credentials, to be able to report it',
      allowed: async (scene) => {
        await scene.given(['config/ice', published({ validUntil: ahead(-HOUR) })]);
        await get(scene);
      },
    },
    {
      attack: 'deleting it',
      given: existing,
      refused: (scene) => scene.carl.remove('config/ice'),
      twin: 'reading it',
      allowed: get,
    },
  ]);

  attacks('the STUN and TURN servers, if none are published', [
    {
      attack: 'publishing some',
      given: withdraw,
      refused: (scene) => scene.carl.set('config/ice', published({ updatedAt: requestTime() })),
      twin: 'reading, which shows that there are none',
      allowed: get,
    },
    {
      attack: 'writing another document',
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

  attacks('the public lobby', [
    {
      attack: 'reading another document, without signing in',
      given: (scene) => scene.given(['config/other', lobby()], ['config/lobby', lobby()]),
      refused: (scene) => scene.stranger.get('config/other'),
      twin: 'reading it without signing in',
      allowed: ask,
    },
    {
      attack: 'listing the configuration, without signing in',
      given: named,
      refused: (scene) => scene.stranger.list('config'),
      twin: 'reading it signed in',
      allowed: (scene) => scene.carl.get('config/lobby'),
    },
    {
      attack: 'a collection-group query',
      given: named,
      refused: (scene) => scene.stranger.listGroup('config'),
      twin: 'reading the one document by its name',
      allowed: ask,
    },
    {
      attack: 'reading a document below it',
      given: (scene) => scene.given(['config/lobby/deeper/one', lobby()], ['config/lobby', lobby()]),
      refused: (scene) => scene.stranger.get('config/lobby/deeper/one'),
      twin: 'reading the document itself',
      allowed: ask,
    },
    {
      attack: 'publishing one’s own lobby',
      given: named,
      refused: (scene) => scene.carl.update('config/lobby', { code: 'zzzz-zzzz-zzzz-zzzz' }),
      twin: "publishing another with the project's credentials",
      allowed: (scene) => scene.given(['config/lobby', lobby({ code: 'zzzz-zzzz-zzzz-zzzz' })]),
    },
    {
      attack: 'replacing it without signing in',
      given: named,
      refused: (scene) => scene.stranger.set('config/lobby', lobby({ updatedAt: requestTime() })),
      twin: 'reading it',
      allowed: ask,
    },
    {
      attack: 'publishing one where there is none',
      given: unname,
      refused: (scene) => scene.carl.set('config/lobby', lobby({ updatedAt: requestTime() })),
      twin: 'reading, which shows that there is none',
      allowed: ask,
    },
    {
      attack: 'deleting it',
      given: named,
      refused: (scene) => scene.carl.remove('config/lobby'),
      twin: 'reading it',
      allowed: ask,
    },
  ]);
});
