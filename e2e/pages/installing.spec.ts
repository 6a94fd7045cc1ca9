/** Parley as an app: what the browser needs to install it, and opening it without a network. */
import type { Page } from '@playwright/test';

import { expect, freshCode, newCall, origin, phone, test, windowed } from './app';

test.use({ launchOptions: windowed });

interface Picture {
  readonly src: string;
  readonly sizes: string;
  readonly type: string;
  readonly purpose?: string;
  readonly form_factor?: string;
}
interface Manifest {
  readonly id: string;
  readonly name: string;
  readonly short_name: string;
  readonly start_url: string;
  readonly scope: string;
  readonly display: string;
  readonly theme_color: string;
  readonly background_color: string;
  readonly icons: readonly Picture[];
  readonly screenshots: readonly Picture[];
  readonly shortcuts: readonly {
    readonly name: string;
    readonly url: string;
    readonly icons: readonly Picture[];
  }[];
}

/** Opens the page and waits until the service worker controls it. */
async function installed(page: Page): Promise<void> {
  await page.goto('/');
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
    }
  });
  // Waits until it has stored everything that it prefetches.
  await expect
    .poll(() => cached(page).then((urls) => urls.filter((url) => url.endsWith('.js')).length))
    .toBeGreaterThan(5);
  await page.evaluate(stored);
}

/** Resolves when the worker has stored the version that it serves. */
const stored = () =>
  new Promise<void>((resolve) => {
    const nonce = Math.floor(Math.random() * 1e9);
    navigator.serviceWorker.addEventListener(
      'message',
      ({ data }: MessageEvent<{ nonce?: number; type?: string }>) => {
        if (data.type === 'OPERATION_COMPLETED' && data.nonce === nonce) resolve();
      },
    );
    navigator.serviceWorker.controller?.postMessage({ action: 'CHECK_FOR_UPDATES', nonce });
  });

/** URLs of everything in any cache. */
const cached = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const names = await caches.keys();
    const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return keys.flat().map(({ url }) => url);
  });

test('the manifest is correct', async ({ page, request }) => {
  await page.goto('/');
  const href = await page.locator('link[rel=manifest]').getAttribute('href');
  const response = await request.get(`/${href}`);
  expect(response.headers()['content-type']).toMatch(/json/);
  const manifest = (await response.json()) as Manifest;
  expect(manifest).toMatchObject({ start_url: '/', scope: '/', display: 'standalone', short_name: 'Parley' });
  expect(manifest.id).toBeTruthy();
  expect(manifest.name).toContain('Parley');
  expect(manifest.theme_color).toMatch(/^#[0-9a-f]{6}$/);
  expect(manifest.background_color).toMatch(/^#[0-9a-f]{6}$/);

  const sizes = (purpose: string) =>
    manifest.icons
      .filter((icon) => (icon.purpose ?? 'any').split(' ').includes(purpose))
      .map((icon) => icon.sizes);
  expect(sizes('any')).toEqual(expect.arrayContaining(['192x192', '512x512']));
  expect(sizes('maskable')).toEqual(expect.arrayContaining(['192x192', '512x512']));
  expect(manifest.screenshots.map(({ form_factor }) => form_factor)).toEqual(
    expect.arrayContaining(['narrow', 'wide']),
  );
  const pictures = [
    ...manifest.icons,
    ...manifest.screenshots,
    ...manifest.shortcuts.flatMap(({ icons }) => icons),
  ];
  for (const { src, sizes, type } of pictures) {
    const picture = await request.get(`/${src}`);
    expect(picture.status(), src).toBe(200);
    expect(picture.headers()['content-type'], src).toContain(type);
    if (sizes === 'any') continue;
    const bytes = await picture.body();
    // PNG, section 11.2.1: width and height are the first fields of the first chunk.
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, src).toBe(sizes);
  }
});

test('there are colours for light and dark, and an icon for iOS', async ({ page, request }) => {
  await page.goto('/');
  for (const scheme of ['light', 'dark']) {
    await expect(page.locator(`meta[name=theme-color][media*=${scheme}]`)).toHaveAttribute('content', /^#/);
  }
  const icon = await page.locator('link[rel=apple-touch-icon]').getAttribute('href');
  expect((await request.get(`/${icon}`)).status()).toBe(200);
});

test('the shortcut starts a call', async ({ openPage }) => {
  const page = await openPage();
  await page.goto('/');
  const { shortcuts } = (await (await page.request.get('/manifest.webmanifest')).json()) as Manifest;
  expect(shortcuts.map(({ name }) => name)).toEqual(['New call']);
  await page.goto(shortcuts[0]?.url ?? '');
  await expect(page.getByRole('heading', { name: 'Start a call' })).toBeVisible();
  await expect(page).toHaveURL(/\/call#[0-9a-z-]{19}$/);
});

test('Chromium finds no reason against installing', async ({ page }) => {
  await installed(page);
  const devtools = await page.context().newCDPSession(page);
  const { errors } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  // Chromium refuses to install any page from a profile that stores nothing.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
});

test('requests to Firestore bypass the worker', async ({ page }) => {
  await installed(page);
  const answered = page.waitForResponse((response) => /documents:(commit|batchGet)/.test(response.url()));
  await page.goto(`/call#${freshCode()}`);
  expect((await answered).fromServiceWorker()).toBe(false);
});

test('the browser’s offer to install becomes a button, which opens the prompt', async ({ openPage }) => {
  const page = await openPage({ viewport: phone });
  await page.goto('/');
  const button = page.getByRole('button', { name: 'Install app' });
  await expect(page.getByRole('button', { name: 'New call' })).toBeVisible();
  await expect(button).toHaveCount(0);
  const prevented = await page.evaluate(() => {
    const offer = new Event('beforeinstallprompt', { cancelable: true });
    const prompt = () => Promise.resolve(void (document.documentElement.dataset['asked'] = 'yes'));
    dispatchEvent(Object.assign(offer, { prompt }));
    return offer.defaultPrevented;
  });
  expect(prevented, 'the browser shows no bar of its own').toBe(true);
  await expect(button).toBeInViewport({ ratio: 1 });
  await button.click();
  await expect(page.locator('html')).toHaveAttribute('data-asked', 'yes');
  await expect(button).toHaveCount(0);
});

test('opens without a network after one visit, and says what needs a network', async ({ openPage }) => {
  const page = await openPage({ serviceWorkers: 'allow' });
  await installed(page);
  await page.context().setOffline(true);
  await page.reload();
  await expect(page.getByRole('button', { name: 'New call' })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'Connect to a network' })).toBeVisible();
  await page.getByRole('button', { name: '简体中文' }).click();
  await expect(page.getByRole('button', { name: '发起通话' })).toBeVisible();
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();

  await page.goto(`/call#${freshCode()}`);
  await expect(page.getByRole('heading', { name: 'You’re offline' })).toBeVisible();

  // Back online, nothing has to be reloaded by hand.
  await page.context().setOffline(false);
  await expect(page.getByRole('heading', { name: 'No call here yet' })).toBeVisible();
});

test('the worker stores the app and no responses of Firebase', async ({ openPage }) => {
  const page = await openPage({ serviceWorkers: 'allow' });
  await installed(page);
  await newCall(page);
  await page.getByRole('button', { name: 'Start call' }).click();
  await expect(page.getByRole('toolbar', { name: 'Call controls' })).toBeVisible();
  const urls = (await cached(page)).filter((url) => !/\/ngsw[:/]|ngsw%3A/.test(new URL(url).pathname));
  expect(urls.length).toBeGreaterThan(10);
  for (const url of urls) {
    const { origin: from, pathname } = new URL(url);
    expect(from, url).toBe(origin);
    expect(pathname).not.toMatch(/^\/__\/|emulators\.json|googleapis|firestore/);
  }
});

test('a ring’s notification opens the app and violates no policy', async ({ openPage }) => {
  const page = await openPage({ serviceWorkers: 'allow', permissions: ['notifications'] });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (/Content.Security.Policy|Trusted/i.test(message.text())) complaints.push(message.text());
  });
  await installed(page);
  const shown = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    for (const tag of ['parley-ring-1', 'other']) {
      await registration.showNotification('Ada', {
        tag,
        icon: 'icons/icon-192.png',
        requireInteraction: true,
      });
    }
    return (await registration.getNotifications({ tag: 'parley-ring-1' })).length;
  });
  expect(shown).toBe(1);

  const [worker] = page.context().serviceWorkers();
  const pressed = await worker?.evaluate(press);
  expect(pressed).toEqual({
    // Angular's worker handles both events too.
    waits: { 'parley-ring-1': 2, other: 1 },
    focused: [`${origin}/`],
    opened: [`${origin}/`],
    left: [],
  });
  expect(complaints).toEqual([]);
});

/**
 * Runs in the worker: presses notifications, once with the app open, once without, and one that does not belong to a
 * ring. Browsers let a worker focus and open windows only after a real press, so its requests are recorded instead.
 */
const press = async () => {
  interface Page {
    readonly url: string;
  }
  const worker = globalThis as unknown as {
    registration: ServiceWorkerRegistration;
    clients: { matchAll: (options: object) => Promise<Page[]>; openWindow: (url: string) => Promise<null> };
    WindowClient: { prototype: { focus: (this: Page) => Promise<Page> } };
    NotificationEvent: new (type: string, init: { notification: Notification }) => Event;
  };
  const focused: string[] = [];
  const opened: string[] = [];
  const waits: Record<string, number> = {};
  worker.WindowClient.prototype.focus = async function () {
    focused.push(this.url);
    return this;
  };
  worker.clients.openWindow = async (url) => {
    opened.push(url);
    return null;
  };
  const notifications = await worker.registration.getNotifications();
  const pressed = async (tag: string) => {
    const notification = notifications.find((one) => one.tag === tag);
    if (!notification) return;
    const works: Promise<unknown>[] = [];
    // `waitUntil` accepts only the browser's own events.
    const waitUntil = (work: Promise<unknown>) => works.push(work);
    const event = new worker.NotificationEvent('notificationclick', { notification });
    dispatchEvent(Object.defineProperty(event, 'waitUntil', { value: waitUntil }));
    waits[tag] = works.length;
    await Promise.all(works);
  };
  await pressed('parley-ring-1');
  await pressed('other');
  worker.clients.matchAll = async () => [];
  await pressed('parley-ring-1');
  const left = await worker.registration.getNotifications();
  return { focused, opened, waits, left: left.map(({ tag }) => tag) };
};
