/** Calls between homes behind routers of every kind: what gets through, by which way, and what is said where nothing does. */
import { setTimeout as sleep } from 'node:timers/promises';

import type { Browser } from '@playwright/test';

import { mint } from '../../tools/ice-servers.mjs';
import { publish, withdraw } from '../../tools/ice-publish.mjs';
import { personAt } from '../support/apart';
import { authPort, baseURL, chromiumPath, firestorePort, projectId } from '../support/environment';
import { namespacesMissing } from '../support/namespaces';
import { type Person, seeAndHearEachOther } from '../support/person';
import { expect, test } from '../support/test';
import { type Home, Lab, SECRET } from './lab';
import { toolsMissing } from './machines';
import { NatTable } from './table';

const sitePort = Number(new URL(baseURL).port);
const emulator = `127.0.0.1:${firestorePort}`;
const HOUR = 3_600_000;

const direct = /^Direct \(host to host/;
const throughNat = /^Direct, through NAT/;
/** Either side's relay may be the one that is used. */
const relayed = /^By (a|the other side’s) relay/;
const relayedBy = (transport: string) => new RegExp(`^By a relay \\(.*${transport}\\)`);

/** What each side's statistics must say of the path; without the second, both the same. */
interface Cell {
  readonly name: string;
  readonly homes: (lab: Lab) => readonly [Home, Home];
  readonly path: readonly [RegExp, RegExp];
  readonly ipv6?: boolean;
}

const cells: readonly Cell[] = [
  {
    name: 'in the same network',
    homes: (lab) => {
      const router = lab.router('cone');
      return [lab.home('a', router), lab.home('b', router)];
    },
    path: [direct, direct],
  },
  {
    name: 'two NATs that keep ports',
    homes: (lab) => [lab.home('a', lab.router('cone')), lab.home('b', lab.router('cone'))],
    path: [throughNat, throughNat],
  },
  {
    name: 'a NAT that keeps ports and a symmetric one',
    homes: (lab) => [lab.home('a', lab.router('cone')), lab.home('b', lab.router('symmetric'))],
    path: [relayed, relayed],
  },
  {
    name: 'two symmetric NATs',
    homes: (lab) => [lab.home('a', lab.router('symmetric')), lab.home('b', lab.router('symmetric'))],
    path: [relayed, relayed],
  },
  {
    name: 'no UDP on one side',
    homes: (lab) => [lab.home('a', lab.router('cone')), lab.home('b', lab.router('cone', 'no UDP'))],
    path: [relayed, relayedBy('TCP')],
  },
  {
    name: 'nothing but TLS on one side',
    homes: (lab) => [lab.home('a', lab.router('cone')), lab.home('b', lab.router('cone', 'only TLS'))],
    path: [relayed, relayedBy('TLS')],
  },
  {
    name: 'nothing but IPv6',
    homes: (lab) => [lab.home6('a'), lab.home6('b')],
    path: [direct, direct],
    ipv6: true,
  },
  {
    name: 'a NAT behind a NAT',
    homes: (lab) => [
      lab.home('a', lab.router('cone', 'open', lab.router('cone'))),
      lab.home('b', lab.router('cone')),
    ],
    path: [throughNat, throughNat],
  },
];

const refusals = [
  { name: 'two symmetric NATs, credentials that have expired', ttl: -HOUR, secret: SECRET },
  { name: 'two symmetric NATs, credentials that are wrong', ttl: HOUR, secret: 'another secret' },
];
const noRelay = 'two symmetric NATs, no relay';
const moving = 'a side that moves to another network';
const dying = 'two symmetric NATs whose relay dies, with another there';

const missing = namespacesMissing() ?? toolsMissing();

test('the README tells of every call of the laboratory', () => {
  const all = [...cells.map(({ name }) => name), ...refusals.map(({ name }) => name), noRelay, moving, dying];
  // Where they can be played they are what the table is made of.
  if (!process.env['NAT_TABLE']) expect(NatTable.inReadme()).toEqual(all);
});

test.describe('a call between', () => {
  test.skip(missing !== null, `Needs network namespaces, nftables and coturn: ${missing}`);
  test.describe.configure({ mode: 'serial' });

  let lab: Lab;
  let project: string;
  let relays: readonly { readonly urls: readonly string[]; readonly stop: () => void }[];
  const browsers: Browser[] = [];
  const table = new NatTable();

  /** Lets the site name its servers, with credentials that are good for so long. */
  const name = async (ttl = HOUR, secret = SECRET) => {
    const urls = [...lab.stun(1), ...relays.flatMap(({ urls }) => urls)];
    await publish({ host: emulator, project, document: mint({ secret, urls, ttl, now: Date.now() }) });
  };

  const settle = async (
    homes: readonly [Home, Home],
    watch: Parameters<typeof personAt>[3],
    site = lab.host,
  ): Promise<readonly [Person, Person]> => {
    const people: Person[] = [];
    for (const [index, who] of (['Ada', 'Ben'] as const).entries()) {
      const { person, browser } = await personAt(
        `http://${site}:${sitePort}`,
        who,
        homes[index]!.browser(chromiumPath),
        watch,
        // The relays' certificates are their own.
        ['--ignore-certificate-errors'],
      );
      browsers.push(browser);
      people.push(person);
    }
    return people as [Person, Person];
  };

  const meet = async ([ada, ben]: readonly [Person, Person]) => {
    await ada.startCall();
    await ben.open(ada.link);
    await expect(ben.joinButton).toBeEnabled();
    const pressed = Date.now();
    await ben.joinNow();
    try {
      await ben.reads('Connected', 30_000);
    } catch (error) {
      const [ofAda, ofBen] = [await gatheredBy(ada), await gatheredBy(ben)];
      throw new Error(`${ofAda}\n${ofBen}`, { cause: error });
    }
    return Date.now() - pressed;
  };

  test.beforeAll(async () => {
    lab = new Lab([sitePort, authPort, firestorePort]);
    project = await projectId();
    await lab.serve();
    relays = [await lab.relay(1), await lab.relay(2)];
  });
  test.beforeEach(() => name());
  test.afterEach(async () => {
    await Promise.all(browsers.splice(0).map((browser) => browser.close()));
    lab.clear();
  });
  test.afterAll(async () => {
    lab.end();
    await withdraw({ host: emulator, project });
    table.write();
  });

  for (const { name, homes, path, ipv6 } of cells) {
    test(name, async ({ watch }) => {
      const [ada, ben] = await settle(homes(lab), watch, ipv6 ? lab.host6 : lab.host);
      const connected = await meet([ada, ben]);
      await seeAndHearEachOther(ada, ben);
      const paths = [await pathOf(ada), await pathOf(ben)] as const;
      table.add(name, `${paths[0]} / ${paths[1]}`, connected);
      expect(paths[0]).toMatch(path[0]);
      expect(paths[1]).toMatch(path[1]);
    });
  }

  for (const { name: what, ttl, secret } of refusals) {
    test(`${what}: told within 15 s that the relay refuses them`, async ({ watch }) => {
      await name(ttl, secret);
      const [ada, ben] = await settle(
        [lab.home('a', lab.router('symmetric')), lab.home('b', lab.router('symmetric'))],
        watch,
      );
      await ada.startCall();
      await ben.open(ada.link);
      await ben.joinNow();
      const joined = Date.now();
      await expect(ben.tile(ada)).toContainText('The relay refuses your credentials', { timeout: 15_000 });
      table.add(what, 'told: the relay refuses them', Date.now() - joined);
    });
  }

  test(`${noRelay}: told within 15 s that the site has none`, async ({ watch }) => {
    const document = mint({ urls: lab.stun(1), ttl: HOUR, now: Date.now() });
    await publish({ host: emulator, project, document });
    const [ada, ben] = await settle(
      [lab.home('a', lab.router('symmetric')), lab.home('b', lab.router('symmetric'))],
      watch,
    );
    await ada.startCall();
    await ben.open(ada.link);
    await ben.joinNow();
    const joined = Date.now();
    await expect(ben.tile(ada)).toContainText('this site has no relay', { timeout: 15_000 });
    table.add(noRelay, 'told: the site has none', Date.now() - joined);
  });

  test(`${moving} goes on`, async ({ watch }) => {
    const [a, b] = [lab.home('a', lab.router('cone')), lab.home('b', lab.router('cone'))];
    a.alsoBehind(lab.router('cone'));
    const [ada, ben] = await settle([a, b], watch);
    await meet([ada, ben]);
    await seeAndHearEachOther(ada, ben);
    a.unplug('eth0');
    const moved = Date.now();
    await expect(ben.tile(ada)).toContainText('Reconnecting', { timeout: 10_000 });
    await ben.reads('Connected', 30_000);
    table.add(moving, await pathOf(ben), Date.now() - moved);
    await seeAndHearEachOther(ada, ben);
  });

  test(`${dying} goes on`, async ({ watch }) => {
    const [ada, ben] = await settle(
      [lab.home('a', lab.router('symmetric')), lab.home('b', lab.router('symmetric'))],
      watch,
    );
    await meet([ada, ben]);
    await seeAndHearEachOther(ada, ben);
    // Which of the two carries the call is the browsers' choice.
    const used = await relayInUse(ada);
    relays[used]!.stop();
    const died = Date.now();
    await expect(ben.tile(ada)).toContainText('Reconnecting', { timeout: 15_000 });
    await ben.reads('Connected', 45_000);
    table.add(dying, await pathOf(ben), Date.now() - died);
    await sleep(0);
    await seeAndHearEachOther(ada, ben);
  });
});

/** What the statistics say of the path to the other. */
async function pathOf(person: Person): Promise<string> {
  const path = person.panel.locator('[data-figure=path]');
  if ((await path.count()) === 0) await person.choose('Statistics');
  await expect(path).toContainText('(');
  const text = (await path.innerText()).split('\n')[0]!;
  return text.trim();
}

/** The number of the relay that somebody's pictures go by, from 0. */
async function relayInUse({ page }: Person): Promise<number> {
  const address = await page.evaluate(async () => {
    const [connection] = (globalThis as unknown as { open: Set<RTCPeerConnection> }).open;
    const stats = [...((await connection!.getStats()).values() as Iterable<Record<string, string>>)];
    const transport = stats.find(({ type }) => type === 'transport');
    const pair = stats.find(({ id }) => id === transport?.['selectedCandidatePairId']);
    const ends = stats.filter(
      ({ id }) => id === pair?.['localCandidateId'] || id === pair?.['remoteCandidateId'],
    );
    return ends.find(({ candidateType }) => candidateType === 'relay')?.['address'] ?? '';
  });
  const number = Number(/(\d)\]?$/.exec(address)?.[1]);
  expect(number, address).toBeGreaterThan(0);
  return number - 1;
}

/** What somebody's connections have to be reached by and to reach, for a message that says why a test failed. */
async function gatheredBy({ name, page }: Person): Promise<string> {
  const lines = await page.evaluate(async () => {
    const { open } = globalThis as unknown as { open: Set<RTCPeerConnection> };
    const all: string[] = [];
    for (const connection of open) {
      const stats = [...((await connection.getStats()).values() as Iterable<Record<string, unknown>>)];
      const candidates = stats.filter(({ type }) => /-candidate$/.test(String(type)));
      const { dtlsState } = stats.find(({ type }) => type === 'transport') ?? {};
      all.push(`ICE ${connection.iceConnectionState}, DTLS ${String(dtlsState)}`);
      for (const { type, candidateType, protocol, address, port, relayProtocol = '' } of candidates)
        all.push([type, candidateType, protocol, address, port, relayProtocol].join(' '));
      const answered = stats.filter((pair) => pair['type'] === 'candidate-pair' && pair['responsesReceived']);
      all.push(`${answered.length} pairs were answered`);
    }
    return all;
  });
  return [name, ...lines].join('\n  ');
}
