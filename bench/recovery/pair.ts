import { chromium, type Browser, type Page } from '@playwright/test';
import { setTimeout as sleep } from 'node:timers/promises';

import { Namespaces } from '../../e2e/support/namespaces';

/** Where the emulators are, on the loopback. */
export interface Ports {
  readonly hosting: number;
  readonly auth: number;
  readonly firestore: number;
}

const SIDES = ['a', 'b'] as const;
const NAMES = ['Anna', 'Ben'] as const;
/** Longer than anything should take, ms. */
const PATIENCE = 45_000;

/** Two people in a call, each in a browser in a network namespace of its own. */
export class Pair {
  private constructor(
    readonly network: Namespaces,
    private readonly browsers: readonly Browser[],
    readonly pages: readonly [Page, Page],
  ) {}

  /** @param paths how many ways there are between them */
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
        // Frames and connections are counted by the page itself: the way to it takes longer than what is measured.
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

  /** Waits until both show a frame of the other that came after a moment; resolves with how long after, ms each. */
  framesAfter(moment: number): Promise<readonly number[]> {
    return Promise.all(
      this.pages.map(async (page) => {
        for (const giveUp = Date.now() + PATIENCE; Date.now() < giveUp; await sleep(100)) {
          const frames = await page.evaluate(() => (globalThis as unknown as Watched).frames);
          const first = frames.find((frame) => frame > moment);
          if (first !== undefined) return first - moment;
        }
        throw new Error('No frames came.');
      }),
    );
  }

  /** When the tile of the other said that it is reconnecting, ms after a moment; null where it has not. */
  toldAfter(moment: number): Promise<readonly (number | null)[]> {
    return Promise.all(
      this.pages.map(async (page) => {
        const told = await page.evaluate(() => (globalThis as unknown as Watched).told);
        const first = told.find((at) => at > moment);
        return first === undefined ? null : first - moment;
      }),
    );
  }

  /** How many connections each page has made so far. */
  connections(): Promise<readonly number[]> {
    return Promise.all(
      this.pages.map((page) => page.evaluate(() => (globalThis as unknown as Watched).connections)),
    );
  }

  /** By which of the ways between them they are connected now. */
  async pathInUse(): Promise<number> {
    const address = await this.pages[0].evaluate(async () => {
      const report = await (globalThis as unknown as Watched).latest.getStats();
      const stats = [...report.values()] as Record<string, string>[];
      const selected = stats.find(({ type }) => type === 'transport')?.['selectedCandidatePairId'];
      const local = stats.find(({ id }) => id === selected)?.['localCandidateId'];
      return stats.find(({ id }) => id === local)?.['address'] ?? '';
    });
    return this.network.pathOf(address);
  }

  /** Ends Ben's browser with SIGKILL: it has no time for anything. */
  async killBen(): Promise<void> {
    const browser = this.browsers[1]!;
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const gone = new Promise((resolve) => browser.once('disconnected', resolve));
    process.kill(processInfo.find(({ type }) => type === 'browser')!.id, 'SIGKILL');
    await gone;
  }

  /** Waits until Anna's page has no tile of Ben's any more. */
  benGone(): Promise<void> {
    return this.pages[0].getByRole('article', { name: NAMES[1], exact: true }).waitFor({ state: 'detached' });
  }

  async end(): Promise<void> {
    await Promise.all(this.browsers.map((browser) => browser.close().catch(() => undefined)));
    this.network.remove();
  }
}

/** What `watch` leaves in a page. Times are ms since the epoch. */
interface Watched {
  frames: number[];
  told: number[];
  connections: number;
  latest: RTCPeerConnection;
}

/** The transpiler wraps named functions in a helper of this name, which pages don't have. */
const nameless = 'globalThis.__name = (named) => named;';

/** Runs in the page, before its own scripts. */
function watch(): void {
  const watched = globalThis as unknown as Watched & { RTCPeerConnection: typeof RTCPeerConnection };
  Object.assign(watched, { frames: [], told: [], connections: 0 });
  watched.RTCPeerConnection = new Proxy(RTCPeerConnection, {
    construct(target, args: [RTCConfiguration?]) {
      watched.connections++;
      return (watched.latest = new target(...args));
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
      // Camera and encryption are for secure contexts, and another host than localhost is none without TLS.
      `--unsafely-treat-insecure-origin-as-secure=${home}`,
    ],
  });
}
