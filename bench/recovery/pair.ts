import { chromium, type Browser, type Page } from '@playwright/test';
import { setTimeout as sleep } from 'node:timers/promises';

import { Namespaces } from '../../e2e/support/namespaces';

/** Ports of the emulators, on the loopback. */
export interface Ports {
  readonly hosting: number;
  readonly auth: number;
  readonly firestore: number;
}

const SIDES = ['a', 'b'] as const;
const NAMES = ['Anna', 'Ben'] as const;
/** Longer than anything should take, in ms. */
const PATIENCE = 45_000;

/** Two people in a call, each with a browser in a network namespace of its own. */
export class Pair {
  private constructor(
    readonly network: Namespaces,
    private readonly browsers: readonly Browser[],
    readonly pages: readonly [Page, Page],
  ) {}

  /** @param paths number of paths between them */
  static async start(executable: string, ports: Ports, paths: number): Promise<Pair> {
    const network = new Namespaces(paths);
    const browsers: Browser[] = [];
    try {
      await network.carry(ports.hosting, ports.auth, ports.firestore);
      const home = `http://${network.host}:${ports.hosting}`;
      const pages: Page[] = [];
      for (const side of SIDES) {
        const browser = await launch(network.browser(side, executable), home);
        browsers.push(browser);
        const page = await browser.newPage({ locale: 'en', viewport: { width: 1280, height: 720 } });
        page.setDefaultTimeout(PATIENCE);
        // The page itself counts frames and connections, because asking it takes longer than what is measured.
        await page.addInitScript(nameless);
        await page.addInitScript(watch);
        pages.push(page);
      }
      const [anna, ben] = pages as [Page, Page];
      await anna.goto(home);
      await anna.getByRole('button', { name: 'New call' }).click();
      await join(anna, NAMES[0]);
      await anna.getByRole('status').getByText('Waiting for others').first().waitFor();
      await ben.goto(anna.url());
      await join(ben, NAMES[1]);
      const pair = new Pair(network, browsers, [anna, ben]);
      await pair.framesAfter(Date.now());
      return pair;
    } catch (error) {
      await Promise.all(browsers.map((browser) => browser.close().catch(() => undefined)));
      network.remove();
      throw error;
    }
  }

  /**
   * Waits until both show a frame of the peer that arrived after a moment. Resolves to how long after, in ms for each.
   */
  framesAfter(moment: number): Promise<readonly number[]> {
    return Promise.all(
      this.pages.map(async (page) => {
        for (const giveUp = Date.now() + PATIENCE; Date.now() < giveUp; await sleep(100)) {
          const frames = await page.evaluate(() => (globalThis as unknown as Watched).frames);
          const first = frames.find((frame) => frame > moment);
          if (first !== undefined) return first - moment;
        }
        throw new Error('No frames arrived.');
      }),
    );
  }

  /** When the peer's tile said that it is reconnecting, in ms after a moment; null if it did not. */
  toldAfter(moment: number): Promise<readonly (number | null)[]> {
    return Promise.all(
      this.pages.map(async (page) => {
        const told = await page.evaluate(() => (globalThis as unknown as Watched).told);
        const first = told.find((at) => at > moment);
        return first === undefined ? null : first - moment;
      }),
    );
  }

  /** Number of connections to the peer that each page has had so far. */
  connections(): Promise<readonly number[]> {
    return Promise.all(
      this.pages.map((page) => page.evaluate(() => (globalThis as unknown as Watched).connections)),
    );
  }

  /** Index of the path that they use now. */
  async pathInUse(): Promise<number> {
    const address = await this.pages[0].evaluate(async () => {
      const { latest } = globalThis as unknown as Watched;
      const report = await latest!.getStats();
      const stats = [...report.values()] as Record<string, string>[];
      const selected = stats.find(({ type }) => type === 'transport')?.['selectedCandidatePairId'];
      const local = stats.find(({ id }) => id === selected)?.['localCandidateId'];
      return stats.find(({ id }) => id === local)?.['address'] ?? '';
    });
    return this.network.pathOf(address);
  }

  /** Kills Ben's browser with SIGKILL, so that it can't clean up. */
  async killBen(): Promise<void> {
    const browser = this.browsers[1]!;
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const gone = new Promise((resolve) => browser.once('disconnected', resolve));
    process.kill(processInfo.find(({ type }) => type === 'browser')!.id, 'SIGKILL');
    await gone;
  }

  /** Waits until Anna's page has removed Ben's tile. */
  benGone(): Promise<void> {
    return this.pages[0].getByRole('article', { name: NAMES[1], exact: true }).waitFor({ state: 'detached' });
  }

  async end(): Promise<void> {
    await Promise.all(this.browsers.map((browser) => browser.close().catch(() => undefined)));
    this.network.remove();
  }
}

/** What `watch` stores in a page. Times are in ms since the epoch. */
interface Watched {
  frames: number[];
  told: number[];
  connections: number;
  /** The latest connection that is up. A standing offer for a third person is not. */
  latest?: RTCPeerConnection;
}

/** The transpiler wraps named functions with this helper, which pages don't have. */
const nameless = 'globalThis.__name = (named) => named;';

/** Runs in the page before its own scripts. */
function watch(): void {
  const watched = globalThis as unknown as Watched & { RTCPeerConnection: typeof RTCPeerConnection };
  Object.assign(watched, { frames: [], told: [], connections: 0 });
  watched.RTCPeerConnection = new Proxy(RTCPeerConnection, {
    construct(target, args: [RTCConfiguration?]) {
      const connection = new target(...args);
      let up = false;
      connection.addEventListener('connectionstatechange', () => {
        if (up || connection.connectionState !== 'connected') return;
        up = true;
        watched.connections++;
        watched.latest = connection;
      });
      return connection;
    },
  });
  const seen = new WeakSet<HTMLVideoElement>();
  let telling = false;
  setInterval(() => {
    for (const tile of document.querySelectorAll<HTMLElement>('article:not([aria-label$="(you)"])')) {
      for (const video of tile.querySelectorAll('video')) {
        if (seen.has(video)) continue;
        seen.add(video);
        video.requestVideoFrameCallback(function frame() {
          watched.frames.push(Date.now());
          video.requestVideoFrameCallback(frame);
        });
      }
      const tells = tile.textContent.includes('Reconnecting');
      if (tells && !telling) watched.told.push(Date.now());
      telling = tells;
    }
  }, 50);
}

async function join(page: Page, name: string): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: /^(Join now|Start call)$/ }).click();
}

function launch(executablePath: string, home: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream=fps=30',
      '--autoplay-policy=no-user-gesture-required',
      // Camera and encryption need a secure context. Without TLS, only localhost is one.
      `--unsafely-treat-insecure-origin-as-secure=${home}`,
    ],
  });
}
