/** Every page with a browser whose storage fails, in each way in which it can fail. */
import { expect, freshCode, test, words } from './app';
import { checkEn } from '../../src/app/i18n/check.en';
import { peopleEn } from '../../src/app/i18n/people.en';

const t = words.en;

/** Reading the properties throws, as if the person had blocked site data. */
function withoutStorage(): void {
  const deny = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
    Object.defineProperty(window, name, { get: deny });
  }
  Object.defineProperty(Document.prototype, 'cookie', { get: deny, set: deny });
  Object.defineProperty(Navigator.prototype, 'storage', { get: deny });
}

/** The properties exist, but every use of them throws. */
function withBrokenStorage(): void {
  // The blank page between two visits is not a secure context, so it has neither caches nor a storage manager.
  if (!isSecureContext) return;
  const fail = () => {
    throw new DOMException('broken', 'UnknownError');
  };
  for (const name of ['getItem', 'setItem', 'removeItem', 'key', 'clear'] as const) {
    Storage.prototype[name] = fail;
  }
  IDBFactory.prototype.open = fail;
  CacheStorage.prototype.has = CacheStorage.prototype.open = CacheStorage.prototype.delete = fail;
  StorageManager.prototype.getDirectory = StorageManager.prototype.estimate = fail;
}

/** Every stored value has been replaced. */
function withOtherValues(): void {
  const values = ['{"a":', 'null', '[7]', '7', '"text"', '{"readAt":"now","code":7,"devices":[],"on":7}'];
  let next = 0;
  Storage.prototype.getItem = () => values[next++ % values.length]!;
}

const failures = { withoutStorage, withBrokenStorage, withOtherValues };

for (const [name, prepare] of Object.entries(failures)) {
  test(`no page is blank ${name}`, async ({ openPage }) => {
    const page = await openPage();
    const faults: Error[] = [];
    page.on('pageerror', (error) => faults.push(error));
    await page.addInitScript(prepare);
    const headings = {
      '/': t['home.heading'],
      [`/call#${freshCode()}`]: t['absent.title'],
      '/lobby': peopleEn.lobby,
      '/settings': t['settings.heading'],
      '/check': checkEn.heading,
      '/nowhere': t['notFound.heading'],
    };
    for (const [path, heading] of Object.entries(headings)) {
      // Makes each visit load a new document.
      await page.goto('about:blank');
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1, name: heading, exact: true })).toBeVisible();
    }
    expect(faults).toEqual([]);
  });
}
