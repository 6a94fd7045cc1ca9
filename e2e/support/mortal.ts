import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromium, type BrowserContext, type Page } from '@playwright/test';

import { launchOptions, looks, type Name } from './browsers';
import { baseURL } from './environment';
import { Person } from './person';
import { recordRemarks } from './remarks';

/** A person with a browser process of their own, and a profile on disk that outlives it. */
export class Mortal extends Person {
  private constructor(
    private readonly who: Name,
    private readonly profile: string,
    private readonly watch: (page: Page) => void,
    context: BrowserContext,
    page: Page,
  ) {
    super(who, looks[who], context, page);
  }

  static async start(name: Name, watch: (page: Page) => void, profile?: string): Promise<Mortal> {
    const folder = profile ?? (await mkdtemp(join(tmpdir(), 'parley-profile-')));
    const context = await chromium.launchPersistentContext(folder, {
      ...launchOptions(name),
      locale: 'en-US',
      viewport: { width: 960, height: 640 },
      serviceWorkers: 'block',
    });
    await context.grantPermissions(['camera', 'microphone'], { origin: baseURL });
    await context.addInitScript(recordRemarks);
    const page = context.pages()[0] ?? (await context.newPage());
    watch(page);
    return new Mortal(name, folder, watch, context, page);
  }

  /** Kills the browser with SIGKILL, so that it can't clean up. */
  async kill(): Promise<void> {
    const session = await this.context.browser()!.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const gone = new Promise((resolve) => this.context.once('close', resolve));
    process.kill(processInfo.find(({ type }) => type === 'browser')!.id, 'SIGKILL');
    await gone;
  }

  /** The same person with the browser started again. */
  restart(): Promise<Mortal> {
    return Mortal.start(this.who, this.watch, this.profile).then((again) => {
      this.reborn = again;
      return again;
    });
  }

  private reborn: Mortal | null = null;

  async end(): Promise<void> {
    await this.reborn?.end();
    await this.context.close().catch(() => undefined);
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
