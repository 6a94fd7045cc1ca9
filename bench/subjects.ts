import type { Browser, BrowserContext, Page } from '@playwright/test';

export type Subject = 'parley' | 'ring' | 'floor' | 'codelab';

/** Times after the press of Join, in ms. */
export interface Run {
  readonly firstFrame: number;
  /** Only for the app: the commit that takes the seat has been acknowledged. */
  readonly answered?: number;
  /** Only for the app: the connection is up. */
  readonly connected?: number;
}

/** Where to measure. */
export interface Place {
  readonly browser: Browser;
  /** URL of the benchmark's site. */
  readonly url: string;
  /** Port at which its pages reach Firestore. */
  readonly firestore: number;
}

/** The codelab's project on the Firestore emulator, so that Parley's rules stay unchanged. */
export const CODELAB_PROJECT = 'demo-codelab';

/** Longer than anything should take, in ms. */
const PATIENCE = 20_000;
/** How long a person looks at the page before pressing, in ms. For the last `AIM` ms the pointer is on the button. */
const LOOK = 1_000;
const AIM = 300;
/** Time that the service worker needs to store the app once it is ready, in ms. */
const STORED = 3_000;

export const measure: Readonly<Record<Subject, (place: Place) => Promise<Run>>> = {
  floor: ({ browser, url }) =>
    inContexts(browser, 1, async ([page]) => {
      await page!.goto(`${url}/bench/floor.html`);
      await press(page!, page!.getByRole('button', { name: 'Connect' }));
      return { firstFrame: (await marks(page!, 'bench')).firstFrame };
    }),

  /** The host waits in the call. The guest opens the link for the first time and presses Join now. */
  parley: ({ browser, url }) =>
    inContexts(browser, 2, async ([host, guest]) => {
      await host!.goto(url);
      await host!.getByRole('button', { name: 'New call' }).click();
      await host!.getByLabel('Your name').fill('Anna');
      await host!.getByRole('button', { name: 'Start call' }).click();
      await host!.getByRole('status').getByText('Waiting for others').first().waitFor();
      const link = host!.url();

      await guest!.goto(link);
      await guest!.getByLabel('Your name').fill('Ben');
      await guest!.getByText('Anna is in the call').waitFor();
      await press(guest!, guest!.getByRole('button', { name: 'Join now' }));
      const run = await marks(guest!, 'call');
      await Promise.all([host!, guest!].map((page) => leave(page)));
      return run;
    }),

  /** The callee is rung in a lobby, has never been in a call, and presses Accept. */
  ring: ({ browser, url }) =>
    inContexts(browser, 2, async ([caller, callee]) => {
      await caller!.goto(`${url}/lobby`);
      await caller!.getByRole('button', { name: 'Create a circle' }).click();
      await caller!.getByRole('heading', { name: 'People online' }).waitFor();
      await callee!.goto(caller!.url());
      for (const [page, name] of [
        [caller!, 'Anna'],
        [callee!, 'Ben'],
      ] as const) {
        await page.getByLabel('Your name').fill(name);
        await page.getByRole('switch', { name: 'Appear online' }).click();
      }
      // A callee has usually been in the lobby for a while, so the app is stored on the device.
      await callee!.evaluate(() => navigator.serviceWorker.ready);
      await callee!.waitForTimeout(STORED);
      await caller!.getByRole('button', { name: 'Call Ben' }).click();
      await caller!.getByRole('status').getByText('Waiting for others').first().waitFor();
      await callee!.evaluate(() =>
        addEventListener('click', () => performance.mark('bench:join'), { capture: true, once: true }),
      );
      await press(callee!, callee!.getByRole('button', { name: 'Accept' }));
      const run = await marks(callee!, 'call', 'bench:join');
      await Promise.all([caller!, callee!].map((page) => leave(page)));
      return run;
    }),

  codelab: ({ browser, url, firestore }) =>
    inContexts(browser, 2, async ([caller, callee]) => {
      const address = `${url}/bench/codelab.html?project=${CODELAB_PROJECT}&firestore=${firestore}`;
      for (const page of [caller!, callee!]) {
        await page.goto(address);
        await page.getByRole('button', { name: 'Open camera' }).click();
      }
      await caller!.getByRole('button', { name: 'Create room' }).click();
      await caller!.waitForFunction(() => document.querySelector('output')?.value);
      await callee!.getByLabel('Room').fill(await caller!.locator('output').innerText());
      await press(callee!, callee!.getByRole('button', { name: 'Join room' }));
      const { firstFrame } = await marks(callee!, 'bench');
      for (const page of [caller!, callee!]) await page.getByRole('button', { name: 'Hang up' }).click();
      return { firstFrame };
    }),
};

/** Opens each page in a context of its own: nothing is cached and the user is new. */
async function inContexts<T>(
  browser: Browser,
  count: number,
  work: (pages: Page[]) => Promise<T>,
): Promise<T> {
  const contexts: BrowserContext[] = [];
  try {
    const pages: Page[] = [];
    for (let made = 0; made < count; made++) {
      const context = await browser.newContext({
        permissions: ['camera', 'microphone'],
        viewport: { width: 1280, height: 720 },
        locale: 'en',
      });
      contexts.push(context);
      context.setDefaultTimeout(PATIENCE);
      pages.push(await context.newPage());
    }
    return await work(pages);
  } finally {
    await Promise.all(contexts.map((context) => context.close()));
  }
}

export async function press(page: Page, button: ReturnType<Page['getByRole']>): Promise<void> {
  await page.waitForTimeout(LOOK - AIM);
  await button.hover();
  await page.waitForTimeout(AIM);
  await button.click();
}

async function leave(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('toolbar', { name: 'Call controls' }).waitFor({ state: 'detached' });
}

/** Waits for the first frame, and reads how long after the press each mark was set. */
async function marks(page: Page, prefix: 'call' | 'bench', press = `${prefix}:join`): Promise<Run> {
  const times = await page.evaluate(
    ({ prefix, patience }) =>
      new Promise<Record<string, number>>((resolve, reject) => {
        const found: Record<string, number> = {};
        const observer = new PerformanceObserver((list) => {
          for (const { name, startTime } of list.getEntries()) found[name] ??= startTime;
          if (`${prefix}:first-frame` in found) resolve(found);
        });
        observer.observe({ type: 'mark', buffered: true });
        setTimeout(
          () => reject(new Error(`There was no first frame, only ${JSON.stringify(found)}`)),
          patience,
        );
      }),
    { prefix, patience: PATIENCE },
  );
  const pressed = times[press];
  const after = (mark: string): number | undefined =>
    pressed === undefined || times[mark] === undefined ? undefined : times[mark] - pressed;
  const firstFrame = after(`${prefix}:first-frame`);
  if (firstFrame === undefined) throw new Error(`There is no mark ${press}.`);
  const [answered, connected] = [after('call:answered'), after('call:connected')];
  return {
    firstFrame,
    ...(answered !== undefined && { answered }),
    ...(connected !== undefined && { connected }),
  };
}
