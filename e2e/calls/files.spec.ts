import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { BrowserContext, Download, Locator } from '@playwright/test';

import type { Person } from '../support/person';
import { expect, test, type Circumstances } from '../support/test';
import { within } from '../../tools/patience.mjs';

interface Given {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A file whose bytes don't repeat at short distances. */
function made(name: string, length: number): Given {
  const buffer = Buffer.alloc(length);
  let state = 7;
  for (let at = 0; at + 4 <= length; at += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    buffer.writeUInt32LE(state, at);
  }
  return { name, mimeType: 'application/octet-stream', buffer };
}

const digestOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

async function isSame(download: Download, given: Given): Promise<void> {
  expect(download.suggestedFilename()).toBe(given.name);
  const bytes = await readFile(await download.path());
  expect(bytes.length).toBe(given.buffer.length);
  expect(digestOf(bytes)).toBe(digestOf(given.buffer));
}

/** Chooses files in the panel and offers them. */
async function offer(who: Person, ...files: Given[]): Promise<void> {
  if ((await who.page.locator('[data-panel=files]').count()) === 0) await who.choose('Files');
  const chooser = who.page.waitForEvent('filechooser');
  await who.press('Choose files');
  await (await chooser).setFiles(files);
}

const row = (who: Person, name: string): Locator => who.panel.getByRole('listitem').filter({ hasText: name });
const accept = (who: Person, name: string) =>
  row(who, name).getByRole('button', { name: 'Accept', exact: true }).click();

/** Runs in the page: makes each write to disk take a second, so that progress can be seen. */
const slowDisk = () => {
  // The blank page before the app's is not a secure context and has no such API.
  if (!isSecureContext) return;
  const { prototype } = FileSystemWritableFileStream;
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const { write } = prototype;
  prototype.write = async function (this: FileSystemWritableFileStream, data: FileSystemWriteChunkType) {
    if (!Reflect.has(globalThis, 'diskIsFast')) await new Promise((done) => setTimeout(done, 1_000));
    return write.call(this, data);
  };
};
/** Ends the slowdown of writes. */
const hurryDisk = ({ page }: Person) => page.evaluate(() => void Reflect.set(globalThis, 'diskIsFast', true));

/** Flips one bit of the first file on its way out. */
const tampering = () => {
  const { prototype } = RTCDataChannel;
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const send = prototype.send as (this: RTCDataChannel, data: unknown) => void;
  let done = false;
  prototype.send = function (this: RTCDataChannel, data: unknown) {
    if (!done && this.label.startsWith('file/') && data instanceof Uint8Array && data.length > 100) {
      done = true;
      const changed = data.slice();
      changed[99]! ^= 1;
      return send.call(this, changed);
    }
    send.call(this, data);
  };
};

/** Keeps the connections, so that one can be closed behind the app's back. */
const rememberConnections = () => {
  const Real = RTCPeerConnection;
  const all: RTCPeerConnection[] = [];
  Object.assign(globalThis, { connections: all });
  globalThis.RTCPeerConnection = class extends Real {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      all.push(this);
    }
  };
};

test.describe('files', () => {
  let ada: Person;
  let ben: Person;

  const meet = async (
    person: (name: 'Ada' | 'Ben', circumstances?: Circumstances) => Promise<Person>,
    adas: Circumstances = {},
    bens: Circumstances = {},
  ) => {
    [ada, ben] = await Promise.all([person('Ada', adas), person('Ben', bens)]);
    await ada.startCall();
    await ben.join(ada.link);
    await ada.reads('Connected');
    await ben.reads('Connected');
  };

  test('of several MB arrive unchanged', async ({ person }) => {
    await meet(person);
    const given = made('holiday.bin', 6_000_000);
    await offer(ada, given);
    // The panel opens by itself and does not take the focus.
    await expect(ben.panel).toHaveAttribute('data-panel', 'files');
    await expect(row(ben, given.name)).toContainText('6.0 MB, from Ada');
    await expect(ben.control('More')).toHaveAccessibleDescription('Files waiting for you: 1');
    const download = ben.page.waitForEvent('download');
    await accept(ben, given.name);
    await isSame(await download, given);
    await expect(row(ben, given.name)).toContainText('Received and checked');
    await expect(row(ada, given.name)).toContainText('Delivered and checked');
    await expect(row(ben, given.name).getByRole('button', { name: 'Save' })).toBeVisible();
  });

  test('can be declined', async ({ person }) => {
    await meet(person);
    await offer(ada, made('a.bin', 1_000));
    await row(ben, 'a.bin').getByRole('button', { name: 'Decline', exact: true }).click();
    await expect(row(ada, 'a.bin')).toContainText('Ben declined');
    await expect(row(ben, 'a.bin')).toContainText('Declined');
  });

  test('can be cancelled during the transfer by either side, and show their progress', async ({ person }) => {
    await meet(person, {}, { before: slowDisk });
    for (const [who, other, told] of [
      [ada, ben, 'Ada cancelled'],
      [ben, ada, 'Ben cancelled'],
    ] as const) {
      const given = made(`${who.name}.bin`, 10_000_000);
      await offer(ada, given);
      await accept(ben, given.name);
      for (const one of [ada, ben]) {
        const bar = row(one, given.name).getByRole('progressbar', { name: `Progress of ${given.name}` });
        await expect(bar).toHaveAttribute('aria-valuetext', /MB of 10\.0 MB, .*\/s, .* left/);
        await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
      }
      await row(who, given.name).getByRole('button', { name: 'Cancel' }).click();
      await expect(row(who, given.name)).toContainText('Cancelled');
      await expect(row(other, given.name)).toContainText(told);
    }
  });

  test('can be sent both ways and several at once', async ({ person }) => {
    await meet(person);
    const [one, two, three] = [
      made('one.bin', 1_500_000),
      made('two.bin', 3_000_000),
      made('three.bin', 2_000_000),
    ];
    await offer(ada, one, two);
    await offer(ben, three);
    const downloads: Download[] = [];
    ben.page.on('download', (download) => downloads.push(download));
    const back = ada.page.waitForEvent('download');
    await ben.press('Accept all 2');
    await accept(ada, three.name);
    await isSame(await back, three);
    await expect(row(ben, one.name)).toContainText('Received and checked');
    await expect(row(ben, two.name)).toContainText('Received and checked');
    await expect.poll(() => downloads.length).toBe(2);
    for (const given of [one, two]) {
      await isSame(
        downloads.find((each) => each.suggestedFilename() === given.name)!,
        given,
      );
    }
  });

  test('resume where they were after a new connection', async ({ person }) => {
    test.setTimeout(within(90_000));
    const prepare = (context: BrowserContext) => context.addInitScript(rememberConnections);
    await meet(person, {}, { before: slowDisk, prepare });
    const given = made('long.bin', 10_000_000);
    await offer(ada, given);
    const download = ben.page.waitForEvent('download', { timeout: within(80_000) });
    await accept(ben, given.name);
    const bar = row(ben, given.name).getByRole('progressbar');
    await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(4);
    await ben.page.evaluate(() => {
      for (const one of (globalThis as unknown as { connections: RTCPeerConnection[] }).connections)
        one.close();
    });
    await expect(row(ada, given.name)).toContainText('Resumes automatically', { timeout: within(40_000) });
    await expect(row(ada, given.name)).toHaveAttribute('data-phase', 'running', { timeout: within(40_000) });
    // It does not start again from the beginning.
    expect(
      Number(await row(ada, given.name).getByRole('progressbar').getAttribute('aria-valuenow')),
    ).toBeGreaterThan(4);
    await hurryDisk(ben);
    await isSame(await download, given);
  });

  test('that were changed in transit are refused', async ({ person }) => {
    await meet(person, { before: tampering });
    await offer(ada, made('a.bin', 3_000_000));
    let downloads = 0;
    ben.page.on('download', () => downloads++);
    await accept(ben, 'a.bin');
    await expect(row(ben, 'a.bin')).toContainText('Rejected: what arrived isn’t what was sent');
    await expect(row(ada, 'a.bin')).toContainText('Rejected by Ben');
    expect(downloads).toBe(0);
  });

  test('can be attached to the chat, and accepted on their card there', async ({ person }) => {
    await meet(person);
    const given = made('notes.bin', 1_500_000);
    const card = (who: Person) => who.page.getByRole('log').getByRole('group', { name: given.name });
    for (const one of [ada, ben]) await one.control('Chat').click();
    const chooser = ada.page.waitForEvent('filechooser');
    await ada.press('Attach files');
    await (await chooser).setFiles([given]);
    await expect(card(ada)).toContainText('1.5 MB, to Ben');
    await expect(card(ben)).toContainText('1.5 MB, from Ada');
    const download = ben.page.waitForEvent('download');
    await card(ben).getByRole('button', { name: 'Accept', exact: true }).click();
    await isSame(await download, given);
    await expect(card(ben)).toContainText('Received and checked');
    await expect(card(ada)).toContainText('Delivered and checked');
    await expect(ben.page.locator('.cdk-live-announcer-element')).toHaveText('notes.bin has arrived');
    await expect(ben.panel).toHaveAttribute('data-panel', 'chat');
    // The files panel shows the same transfer.
    await ben.choose('Files');
    await expect(row(ben, given.name)).toContainText('Received and checked');
  });

  test('can be dropped into the room and pasted', async ({ person }) => {
    await meet(person);
    await ada.page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['dropped'], 'dropped.txt'));
      const main = document.querySelector('main')!;
      const init = { dataTransfer, bubbles: true, cancelable: true };
      main.dispatchEvent(new DragEvent('dragenter', init));
      main.dispatchEvent(new DragEvent('drop', init));
    });
    await expect(row(ben, 'dropped.txt')).toContainText('7 bytes, from Ada');
    await ada.page.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File(['pasted!!'], 'pasted.png', { type: 'image/png' }));
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    await expect(row(ben, 'pasted.png')).toContainText('8 bytes, from Ada');
    const download = ben.page.waitForEvent('download');
    await accept(ben, 'pasted.png');
    expect(await readFile(await (await download).path(), 'utf8')).toBe('pasted!!');
  });

  test('shared with the installed app wait until they are offered in a call', async ({ person }) => {
    const ada = await person('Ada', { serviceWorker: true });
    await ada.goHome();
    await ada.page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      if (!navigator.serviceWorker.controller) {
        await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done));
      }
    });
    // What the operating system does when a person shares files with the app; a form must not do it.
    const answer = await ada.page.evaluate(async () => {
      const form = new FormData();
      form.append('files', new File(['from the gallery'], 'Foto „1“.txt', { type: 'text/plain' }));
      const { url } = await fetch('/share', { method: 'POST', body: form });
      return new URL(url).pathname + new URL(url).search;
    });
    expect(answer).toBe('/?shared');
    await ada.page.goto(`${new URL(ada.page.url()).origin}/?shared`);
    await expect(ada.page.getByText('Your files are ready')).toBeVisible();
    await ada.page.getByRole('button', { name: 'New call' }).click();
    await ada.joinNow();
    await expect(ada.panel).toContainText('1 file shared from another app is waiting.');
    const button = ada.page.getByRole('button', { name: 'Offer to everyone here' });
    await expect(button).toBeDisabled();
    const ben = await person('Ben');
    await ben.join(ada.link);
    await button.click();
    const download = ben.page.waitForEvent('download');
    await accept(ben, 'Foto „1“.txt');
    expect(await readFile(await (await download).path(), 'utf8')).toBe('from the gallery');
    await ada.page.reload();
    await expect(ada.controls).toBeVisible();
    expect(await ada.page.evaluate(() => caches.has('parley-shared'))).toBe(false);
  });
});
