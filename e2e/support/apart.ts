import { chromium, type Browser, type Page } from '@playwright/test';

import { launchOptions, looks, type Name } from './browsers';
import { Carrier } from './carrier';
import { authPort, baseURL, chromiumPath, firestorePort } from './environment';
import { Namespaces } from './namespaces';
import { Person } from './person';
import { nameless } from './profile';
import { recordRemarks } from './remarks';

const sitePort = Number(new URL(baseURL).port);

/** A person who reaches the site at another address than the default. */
export async function personAt(
  home: string,
  name: Name,
  executablePath: string,
  watch: (page: Page) => void,
  flags: readonly string[] = [],
): Promise<{ person: Person; browser: Browser }> {
  const browser = await chromium.launch({
    ...launchOptions(name, 'own', 'asks', [`--unsafely-treat-insecure-origin-as-secure=${home}`, ...flags]),
    executablePath,
  });
  const context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: 960, height: 640 },
    serviceWorkers: 'block',
  });
  await context.grantPermissions(['camera', 'microphone'], { origin: home });
  await context.addInitScript({ content: nameless });
  await context.addInitScript(keepDiary);
  await context.addInitScript(recordRemarks);
  const page = await context.newPage();
  watch(page);
  return { person: new Person(name, looks[name], context, page, home), browser };
}

/** What `keepDiary` stores in a page. */
interface Diary {
  /** Number of connections that have had a peer. Standing offers have none yet. */
  connected: number;
  open: Set<RTCPeerConnection>;
  diary: string[];
  RTCPeerConnection: typeof RTCPeerConnection;
}

/** Runs in the page before its own scripts: counts connections, and logs their changes of state with times. */
function keepDiary(): void {
  const page = globalThis as unknown as Diary;
  let made = 0;
  page.connected = 0;
  page.open = new Set();
  page.diary = [];
  const note = (text: string) => page.diary.push(`${(performance.now() / 1_000).toFixed(1)} s ${text}`);
  page.RTCPeerConnection = new Proxy(RTCPeerConnection, {
    construct(target, args: [RTCConfiguration?]) {
      const number = ++made;
      const connection = new target(...args);
      page.open.add(connection);
      note(`connection ${number} made`);
      for (const state of ['connectionState', 'iceConnectionState', 'signalingState'] as const) {
        connection.addEventListener(state.toLowerCase() + 'change', () =>
          note(`connection ${number} ${state} ${connection[state]}`),
        );
      }
      let met = false;
      connection.addEventListener('signalingstatechange', () => {
        if (met || connection.remoteDescription === null) return;
        met = true;
        page.connected++;
      });
      const close = connection.close.bind(connection);
      connection.close = () => {
        note(`connection ${number} closed`);
        page.open.delete(connection);
        close();
      };
      return connection;
    },
  });
  for (const name of ['online', 'offline', 'freeze', 'resume'])
    globalThis.addEventListener(name, () => note(name));
}

/** Number of connections to peers that a person's page has had so far. */
export const connectionsOf = ({ page }: Person): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as Diary).connected);

/** Number of these connections that are not closed. */
export const openConnectionsOf = ({ page }: Person): Promise<number> =>
  page.evaluate(
    () => [...(globalThis as unknown as Diary).open].filter((one) => one.remoteDescription !== null).length,
  );

/** Closes all connections to peers behind the app's back, as a browser does that runs out of a resource. */
export const endConnectionsOf = ({ page }: Person): Promise<void> =>
  page.evaluate(() => {
    for (const connection of (globalThis as unknown as Diary).open)
      if (connection.remoteDescription !== null) connection.close();
  });

/** The log of all connections, for messages about failed tests. */
export const diaryOf = async ({ name, page }: Person): Promise<string> =>
  [name, ...(await page.evaluate(() => (globalThis as unknown as Diary).diary))].join('\n');

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

  /** Kills Ben's browser with SIGKILL. */
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

/** Ada and Ben, who reach all servers through a carrier that can make them look stopped. */
export class Carried {
  private constructor(
    readonly carrier: Carrier,
    readonly people: readonly [Person, Person],
    private readonly browsers: readonly Browser[],
  ) {}

  static async start(watch: (page: Page) => void): Promise<Carried> {
    // A loopback address, so that browsers consider it as secure as localhost.
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
