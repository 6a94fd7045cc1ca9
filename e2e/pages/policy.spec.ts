/** The Content Security Policy with Trusted Types. All of Parley works under it, and only with its own hosts. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';

import { hashSource } from '../../tools/first-paint.mjs';
import { authPort, firestorePort } from '../support/environment';
import { control, controls, expect, join, newCall, openCall, origin, test } from './app';

test('every response of the site has the security headers', async ({ request }) => {
  const index = await (await request.get('/')).text();
  const script = /src="([^"]*main-[^"]*\.js)"/.exec(index)?.[1];
  // The one inline script is allowed by its hash; no other one may run.
  const inline = [...index.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text = '']) => text);
  expect(inline.length).toBe(1);
  for (const path of [
    '',
    'call',
    'settings',
    'check',
    'nowhere',
    'ngsw.json',
    'worker.js',
    'ngsw-worker.js',
    'manifest.webmanifest',
    'missing.js',
    script,
  ]) {
    expect(path).toBeDefined();
    const headers = (await request.get(`/${path}`)).headers();
    const policy = headers['content-security-policy'] ?? '';
    const directives = new Map(
      policy.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1)]),
    );
    expect(directives.get('default-src'), path).toEqual(["'none'"]);
    // WebAssembly is compiled by the blur's worker.
    expect(directives.get('script-src'), path).toEqual([
      "'self'",
      "'wasm-unsafe-eval'",
      ...inline.map(hashSource),
    ]);
    expect(directives.get('frame-ancestors'), path).toEqual(["'none'"]);
    expect(directives.get('form-action'), path).toEqual(["'none'"]);
    expect(directives.get('base-uri'), path).toEqual(["'self'"]);
    expect(directives.get('require-trusted-types-for'), path).toEqual(["'script'"]);
    expect(directives.get('trusted-types'), path).not.toContain("'allow-duplicates'");
    expect(directives.get('trusted-types'), path).not.toContain('*');
    expect(policy).not.toContain("'unsafe-eval'");
    expect(headers['referrer-policy'], path).toBe('no-referrer');
    expect(headers['x-content-type-options'], path).toBe('nosniff');
    expect(headers['permissions-policy'], path).toMatch(
      /camera=\(self\).*microphone=\(self\).*geolocation=\(\)/,
    );
  }
  const caching = async (path: string | undefined) =>
    (await request.get(`/${path}`)).headers()['cache-control'];
  expect(await caching(script)).toContain('immutable');
  expect(await caching('')).toBe('no-cache');
  expect(await caching('ngsw.json')).toBe('no-cache');
});

interface Violation {
  readonly directive: string;
  readonly blocked: string;
}

/** Collects what the policy blocks in a page. */
const collectViolations = () => {
  const found: Violation[] = [];
  Object.assign(globalThis, { violations: found });
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
    found.push({ directive: effectiveDirective, blocked: `${blockedURI} ${sample}` }),
  );
};
const violations = (page: Page): Promise<Violation[]> =>
  page.evaluate(() => (globalThis as unknown as { violations: Violation[] }).violations);

test('injected code does not run', async ({ openPage }) => {
  const page = await openPage();
  await page.addInitScript(collectViolations);
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'New call' })).toBeVisible();
  const attempts = await page.evaluate(async () => {
    const attempt = (act: () => unknown): string => {
      try {
        act();
        return 'done';
      } catch (error) {
        return (error as Error).name;
      }
    };
    const inline = document.createElement('script');
    const results = {
      html: attempt(
        () => (document.createElement('div').innerHTML = '<img src=x onerror="document.title = 1">'),
      ),
      script: attempt(() => (inline.text = 'document.title = "run"')),
      url: attempt(() => (document.createElement('script').src = 'https://example.org/evil.js')),
      worker: attempt(() => new Worker('https://example.org/evil.js')),
      policy: attempt(() =>
        (
          globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): void } }
        ).trustedTypes.createPolicy('evil', {}),
      ),
    };
    // Appending a text node to a script uses no sink that takes a string. The script is blocked when it is about to run.
    inline.append('document.title = "run"');
    document.head.append(inline);
    // In a task of its own, because code that automation evaluates may do what a page may not.
    const code = await new Promise((resolve) =>
      setTimeout(() => resolve(attempt(() => Reflect.construct(Function, ['return 1'])))),
    );
    const fetched = await fetch('https://example.org/').then(
      () => 'done',
      (error: Error) => error.name,
    );
    return { ...results, code, fetched };
  });
  expect(attempts).toEqual({
    html: 'TypeError',
    script: 'TypeError',
    url: 'TypeError',
    worker: 'TypeError',
    code: expect.stringMatching(/EvalError|TypeError/),
    policy: 'TypeError',
    fetched: 'TypeError',
  });
  expect(await page.title()).not.toBe('run');
  const directives = (await violations(page)).map(({ directive }) => directive);
  expect(directives).toEqual(
    expect.arrayContaining(['require-trusted-types-for', 'trusted-types', 'connect-src']),
  );
});

test('no site may frame Parley', async ({ openPage }) => {
  const page = await openPage();
  const elsewhere = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<iframe src="${origin}/"></iframe>`);
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  try {
    const asked = page.waitForRequest(`${origin}/`);
    await page.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`);
    await asked;
    await expect.poll(() => page.frames()[1]?.url()).toMatch(/^chrome-error:/);
  } finally {
    elsewhere.close();
  }
});

test('a whole visit violates no policy and contacts no other host', async ({ openPage }) => {
  const [ada, bo] = [await openPage({ serviceWorkers: 'allow' }), await openPage()];
  const complaints: string[] = [];
  const hosts = new Set<string>();
  ada.on('console', (message) => {
    if (/Content.Security.Policy|Trusted|Permissions.Policy/i.test(message.text()))
      complaints.push(message.text());
  });
  ada.on('pageerror', (error) => complaints.push(String(error)));
  ada.context().on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (!/^(?:data|blob):$/.test(protocol)) hosts.add(host);
  });
  await ada.addInitScript(collectViolations);

  const code = await newCall(ada);
  await ada.getByText('Devices', { exact: true }).click();
  await join(ada, 'Ada');
  await expect(ada.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
  await openCall(bo, code);
  await join(bo, 'Bo');
  await expect(ada.locator('main p[data-status]')).toHaveText('Connected');
  await ada.keyboard.press('s');
  await expect(ada.getByText('kbit/s').first()).toBeVisible();
  await expect(ada.locator('parley-plot canvas').first()).toBeVisible();
  await control(ada, 'controls.more').click();
  await ada.getByRole('radio', { name: '简体中文' }).click();
  await expect(controls(ada, 'zh')).toBeVisible();
  await control(ada, 'controls.leave', 'zh').click();
  await expect(ada.getByRole('heading', { name: '你已离开通话' })).toBeVisible();
  await ada.getByRole('link', { name: '首页' }).click();
  await ada.getByRole('link', { name: '设置' }).click();
  await expect(ada.getByRole('heading', { name: '设置' })).toBeVisible();

  expect(await violations(ada)).toEqual([]);
  expect(complaints).toEqual([]);
  const { host, hostname } = new URL(origin);
  const own = [host, `${hostname}:${authPort}`, `${hostname}:${firestorePort}`];
  expect([...hosts].filter((one) => !own.includes(one))).toEqual([]);
  // All three hosts were seen, so the check saw the requests.
  expect([...hosts].sort()).toEqual([...own].sort());
});
