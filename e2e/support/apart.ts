import { chromium, type Browser, type Page } from '@playwright/test';

import { launchOptions, looks, type Name } from './browsers';
import { Carrier } from './carrier';
import { authPort, baseURL, chromiumPath, firestorePort } from './environment';
import { Namespaces } from './namespaces';
import { Person } from './person';

const sitePort = Number(new URL(baseURL).port);

/** People who find the site at another address than all others. */
async function personAt(
  home: string,
  name: Name,
  executablePath: string,
  watch: (page: Page) => void,
): Promise<{ person: Person; browser: Browser }> {
  const browser = await chromium.launch({
    ...launchOptions(name, 'own', [`--unsafely-treat-insecure-origin-as-secure=${home}`]),
    executablePath,
  });
  const context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: 960, height: 640 },
    serviceWorkers: 'block',
  });
  await context.grantPermissions(['camera', 'microphone'], { origin: home });
  await context.addInitScript(countConnections);
  const page = await context.newPage();
  watch(page);
  return { person: new Person(name, looks[name], context, page, home), browser };
}

/** Runs in the page before its own scripts. */
function countConnections(): void {
  const counted = globalThis as unknown as {
    connections: number;
    RTCPeerConnection: typeof RTCPeerConnection;
  };
  counted.connections = 0;
  counted.RTCPeerConnection = new Proxy(RTCPeerConnection, {
    construct(target, args: [RTCConfiguration?]) {
      counted.connections++;
      return new target(...args);
    },
  });
}

/** How many connections somebody's page has made so far. */
export const connectionsOf = ({ page }: Person): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as { connections: number }).connections);

/** Ada and Ben, each in a network namespace of their own. */
export class Apart {
  private constructor(
    readonly network: Namespaces,
    readonly people: readonly [Person, Person],
    private readonly browsers: readonly Browser[],
  ) {}

  static async start(watch: (page: Page) => void): Promise<Apart> {
    const network = new Namespaces();
    const browsers: Browser[] = [];
    try {
      await network.carry(sitePort, authPort, firestorePort);
      const home = `http://${network.host}:${sitePort}`;
      const people: Person[] = [];
      for (const [side, name] of [
        ['a', 'Ada'],
        ['b', 'Ben'],
      ] as const) {
        const { person, browser } = await personAt(home, name, network.browser(side, chromiumPath), watch);
        people.push(person);
        browsers.push(browser);
      }
      return new Apart(network, people as [Person, Person], browsers);
    } catch (error) {
      await Promise.all(browsers.map((browser) => browser.close()));
      network.remove();
      throw error;
    }
  }

  /** Ends Ben's browser with SIGKILL. */
  async killBen(): Promise<void> {
    const browser = this.browsers[1]!;
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const gone = new Promise((resolve) => browser.once('disconnected', resolve));
    process.kill(processInfo.find(({ type }) => type === 'browser')!.id, 'SIGKILL');
    await gone;
  }

  async end(): Promise<void> {
    await Promise.all(this.browsers.map((browser) => browser.close().catch(() => undefined)));
    this.network.remove();
  }
}

/** Ada and Ben, who reach all servers by a carrier that can make them look stopped. */
export class Carried {
  private constructor(
    readonly carrier: Carrier,
    readonly people: readonly [Person, Person],
    private readonly browsers: readonly Browser[],
  ) {}

  static async start(watch: (page: Page) => void): Promise<Carried> {
    // An address of the loopback too, so that browsers take it for as safe as localhost.
    const carrier = new Carrier('127.0.0.2');
    await carrier.carry(sitePort, authPort, firestorePort);
    const home = `http://${carrier.host}:${sitePort}`;
    const ada = await personAt(home, 'Ada', chromiumPath, watch);
    const ben = await personAt(home, 'Ben', chromiumPath, watch);
    return new Carried(carrier, [ada.person, ben.person], [ada.browser, ben.browser]);
  }

  async end(): Promise<void> {
    await Promise.all(this.browsers.map((browser) => browser.close()));
    this.carrier.close();
  }
}
