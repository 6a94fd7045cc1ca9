/** Calls between homes behind routers of every kind: what gets through, by which way, and what is said where nothing does. */

import type { Browser } from '@playwright/test';

import { personAt } from '../support/apart';
import type { Name } from '../support/browsers';
import { authPort, baseURL, chromiumPath, firestorePort } from '../support/environment';
import { areFullMesh } from '../support/group';
import { namespacesMissing } from '../support/namespaces';
import { naming } from '../support/network';
import { type Person, seeAndHearEachOther } from '../support/person';
import { expect, test } from '../support/test';
import { within } from '../../tools/patience.mjs';
import { type Home, Lab } from './lab';
import { toolsMissing } from './machines';
import { HOUR, noRelays, servers } from './site';
import { addRow, calls, type CallName, measuredCalls } from './table';

const sitePort = Number(new URL(baseURL).port);

const direct = /^Direct \(host to host/;
const throughNat = /^Direct, through NAT/;
/** Either side's relay may be the one that is used. */
const relayed = /^Through (a|the other side’s) relay/;
const relayedBy = (transport: string) => new RegExp(`^Through a relay \\(.*${transport}\\)`);

/** What each side's statistics must say of the path; without the second, both the same. */
interface Cell {
  readonly name: CallName;
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
  { name: 'two symmetric NATs, credentials that have expired', document: () => servers(-HOUR) },
  { name: 'two symmetric NATs, credentials that are wrong', document: () => servers(HOUR, 'another secret') },
] as const;

const missing = namespacesMissing() ?? toolsMissing();

test('docs/measurements.md has a row for every call of the laboratory', () => {
  // A run that writes the table may begin without one.
  if (!process.env['NAT_TABLE']) expect(measuredCalls()).toEqual(calls);
});

test.describe('a call between', () => {
  test.skip(missing !== null, `Needs network namespaces, nftables and coturn: ${missing}`);
  let lab: Lab;
  let stops: readonly (() => void)[];
  const browsers: Browser[] = [];

  const settleOne = async (
    who: Name,
    home: Home,
    watch: Parameters<typeof personAt>[3],
    site = lab.host,
  ): Promise<Person> => {
    const { person, browser } = await personAt(
      `http://${site}:${sitePort}`,
      who,
      home.browser(chromiumPath),
      watch,
      // The relays' certificates are their own.
      ['--ignore-certificate-errors'],
    );
    browsers.push(browser);
    return person;
  };
  const settle = async (
    [a, b]: readonly [Home, Home],
    watch: Parameters<typeof personAt>[3],
    site = lab.host,
  ): Promise<readonly [Person, Person]> => [
    await settleOne('Ada', a, watch, site),
    await settleOne('Ben', b, watch, site),
  ];

  const meet = async ([ada, ben]: readonly [Person, Person]) => {
    await ada.startCall();
    await ben.open(ada.link);
    await expect(ben.joinButton).toBeEnabled();
    const pressed = Date.now();
    await ben.joinNow();
    await orPairsOf([ada, ben], ben.reads('Connected'));
    return Date.now() - pressed;
  };

  /** The message when no path works, and the time until it is shown, in ms. */
  const told = async (
    words: string,
    document: ReturnType<typeof servers>,
    watch: Parameters<typeof personAt>[3],
  ) => {
    const homes = ['a', 'b'].map((one) => lab.home(one, lab.router('symmetric')));
    const [ada, ben] = await settle([homes[0]!, homes[1]!], watch);
    await Promise.all([ada, ben].map(({ context }) => naming(document)(context)));
    await ada.startCall();
    await ben.join(ada.link);
    const joined = Date.now();
    await expect(ben.tile(ada)).toContainText(words);
    const time = Date.now() - joined;
    const link = ben.tile(ada).getByRole('link', { name: 'Check this network' });
    await expect(link).toHaveAttribute('href', /^\/check\?found=/);
    return time;
  };

  test.beforeAll(async () => {
    lab = new Lab([sitePort, authPort, firestorePort]);
    await lab.serve();
    stops = [await lab.relay(1), await lab.relay(2)];
  });
  test.afterEach(async () => {
    await Promise.all(browsers.splice(0).map((browser) => browser.close()));
    lab.clear();
  });
  test.afterAll(() => lab.end());

  for (const { name, homes, path, ipv6 } of cells) {
    test(name, async ({ watch }) => {
      const [ada, ben] = await settle(homes(lab), watch, ipv6 ? lab.host6 : lab.host);
      const connected = await meet([ada, ben]);
      await seeAndHearEachOther(ada, ben);
      const paths = [await pathOf(ada), await pathOf(ben)] as const;
      addRow(name, `${paths[0]} / ${paths[1]}`, connected);
      expect(paths[0], await pairsOf(ada)).toMatch(path[0]);
      expect(paths[1], await pairsOf(ben)).toMatch(path[1]);
    });
  }

  for (const { name, document } of refusals) {
    test(`${name}: told that the relay refuses them`, async ({ watch }) => {
      const time = await told('The relay rejected your credentials', document(), watch);
      addRow(name, 'told: the relay refuses them', time);
    });
  }

  test('two symmetric NATs, no relay: told that the site has none', async ({ watch }) => {
    const time = await told('this site has no relay', noRelays(), watch);
    addRow('two symmetric NATs, no relay', 'told: the site has none', time);
  });

  test('a side that moves to another network goes on', async ({ watch }) => {
    const [a, b] = [lab.home('a', lab.router('cone')), lab.home('b', lab.router('cone'))];
    a.alsoBehind(lab.router('cone'));
    const [ada, ben] = await settle([a, b], watch);
    await meet([ada, ben]);
    await seeAndHearEachOther(ada, ben);
    a.unplug('eth0');
    const moved = Date.now();
    await expect(ben.tile(ada)).toContainText('Reconnecting');
    await ben.reads('Connected');
    addRow('a side that moves to another network', await pathOf(ben), Date.now() - moved);
    await seeAndHearEachOther(ada, ben);
  });

  const three = 'three: only the pair behind two symmetric NATs needs a relay, and everyone sees everyone';
  test(three, { tag: '@apart' }, async ({ watch }) => {
    const ada = await settleOne('Ada', lab.publicHome('a'), watch);
    const ben = await settleOne('Ben', lab.home('b', lab.router('symmetric')), watch);
    const cleo = await settleOne('Cleo', lab.home('c', lab.router('symmetric')), watch);
    await ada.startCall();
    await ben.join(ada.link);
    await cleo.open(ada.link);
    await expect(cleo.joinButton).toBeEnabled();
    const pressed = Date.now();
    await cleo.joinNow();
    await orPairsOf([ada, ben, cleo], Promise.all([ada, ben].map((other) => cleo.sees(other))));
    const time = Date.now() - pressed;
    await areFullMesh(ada, ben, cleo);

    // A link may begin through the relay, whose checks are sometimes answered first, and moves to the better path.
    for (const [from, to] of [
      [ada, ben],
      [ben, ada],
      [ada, cleo],
      [cleo, ada],
    ] as const) {
      const better = expect.poll(() => pathOf(from, to), { timeout: within(45_000) }).toMatch(throughNat);
      await orPairsOf([ada, ben, cleo], better);
    }
    const relays = [await pathOf(ben, cleo), await pathOf(cleo, ben)];
    for (const path of relays) expect(path, await pairsOf(cleo)).toMatch(relayed);
    const outcome = `From the public address: ${await pathOf(ada, ben)}; between the NATs: ${relays[0]!}`;
    addRow('three: a public address and two symmetric NATs', outcome, time);
  });

  // The last of its project: its relay stays as it is.
  test('two symmetric NATs whose relay dies, with another there goes on', async ({ watch }) => {
    const [ada, ben] = await settle(
      [lab.home('a', lab.router('symmetric')), lab.home('b', lab.router('symmetric'))],
      watch,
    );
    await meet([ada, ben]);
    await seeAndHearEachOther(ada, ben);
    // Which of the two carries the call is the browsers' choice.
    const used = await relayInUse(ada);
    stops[used]!();
    const died = Date.now();
    await expect(ben.tile(ada)).toContainText('Reconnecting');
    await expect(ben.status).toHaveText('Connected', { timeout: within(45_000) });
    addRow('two symmetric NATs whose relay dies, with another there', await pathOf(ben), Date.now() - died);
    await seeAndHearEachOther(ada, ben);
  });
});

/** What the statistics say of the path to the other; in a call of several, to one of the others. */
async function pathOf(person: Person, other?: Person): Promise<string> {
  const path = person.panel.locator('[data-figure=path]');
  const links = person.panel.getByRole('list', { name: 'Connections' });
  if ((await path.or(links).count()) === 0) await person.choose('Statistics');
  // A press on a line shows its figures instead of another line's.
  const line = other && links.getByRole('button', { name: other.name });
  if ((await line?.getAttribute('aria-expanded')) === 'false') await line?.click();
  await expect(path).toContainText('(');
  const text = (await path.innerText()).split('\n')[0]!;
  return text.trim();
}

/** The number of the relay that carries a person's video, from 0. */
async function relayInUse({ page }: Person): Promise<number> {
  const address = await page.evaluate(async () => {
    const { open } = globalThis as unknown as { open: Set<RTCPeerConnection> };
    const connection = [...open].find(({ connectionState }) => connectionState === 'connected');
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

/** Waits for `work`. If it fails, the error has the pairs of these people's connections, and its cause. */
async function orPairsOf(people: readonly Person[], work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    throw new Error((await Promise.all(people.map(pairsOf))).join('\n'), { cause: error });
  }
}

/** The pairs of candidates that a person's connections tried, and which is used, for the message of a failed test. */
async function pairsOf({ name, page }: Person): Promise<string> {
  const lines = await page.evaluate(async () => {
    const { open } = globalThis as unknown as { open: Set<RTCPeerConnection> };
    const all: string[] = [];
    for (const connection of open) {
      const report = await connection.getStats();
      const stats = [...(report.values() as Iterable<Record<string, unknown>>)];
      const { dtlsState, iceRole, selectedCandidatePairId } =
        stats.find(({ type }) => type === 'transport') ?? {};
      all.push(`ICE ${connection.iceConnectionState}, DTLS ${String(dtlsState)}, ${String(iceRole)}`);
      const end = (id: unknown): string => {
        const {
          candidateType,
          address,
          port,
          relayProtocol = '',
        } = (report.get(String(id)) as Record<string, unknown> | undefined) ?? {};
        return [candidateType, address, port, relayProtocol].join(' ').trim();
      };
      for (const pair of stats.filter(({ type }) => type === 'candidate-pair')) {
        const { requestsSent, responsesReceived, requestsReceived, responsesSent } = pair;
        all.push(
          [
            pair['id'] === selectedCandidatePairId ? '→' : ' ',
            `${end(pair['localCandidateId'])} – ${end(pair['remoteCandidateId'])}:`,
            `${String(pair['state'])}, requests ${String(requestsSent)}/${String(requestsReceived)},`,
            `responses ${String(responsesReceived)}/${String(responsesSent)},`,
            `${String(pair['currentRoundTripTime'])} s, priority ${String(pair['priority'])}`,
          ].join(' '),
        );
      }
    }
    return all;
  });
  return [name, ...lines].join('\n  ');
}
