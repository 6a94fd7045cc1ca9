import { chromium, type Browser, type Page } from '@playwright/test';

/** Two people in a call without sound and picture, each in a browser of their own. */
export interface Pair {
  readonly giver: Page;
  readonly taker: Page;
  readonly browsers: readonly Browser[];
  close(): Promise<void>;
}

export const setting = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. Start the program through npm.`);
  return value;
};

const launch = () =>
  chromium.launch({
    executablePath: setting('CHROMIUM_BIN'),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });

/** @param url of the site, without a trailing slash */
export async function pair(url: string): Promise<Pair> {
  const browsers = await Promise.all([launch(), launch()]);
  const [giver, taker] = (await Promise.all(
    browsers.map(async (browser) => {
      const context = await browser.newContext({ locale: 'en', serviceWorkers: 'block' });
      context.setDefaultTimeout(30_000);
      return context.newPage();
    }),
  )) as [Page, Page];
  const join = async (page: Page) => {
    for (const name of [/^(Mute|Unmute) microphone$/, /^(Stop|Start) camera$/]) {
      const button = page.getByRole('button', { name });
      if ((await button.getAttribute('data-on')) === 'true') await button.click();
    }
    await page.getByRole('button', { name: /^(Join now|Start call)$/ }).click();
  };
  await giver.goto(url);
  await giver.getByRole('button', { name: 'New call' }).click();
  await join(giver);
  await giver.getByRole('toolbar', { name: 'Call controls' }).waitFor();
  await taker.goto(giver.url());
  await join(taker);
  for (const page of [giver, taker]) await page.locator('[role=status][data-status=connected]').waitFor();
  await giver.getByRole('button', { name: 'More', exact: true }).click();
  await giver.locator('[data-panel]').getByRole('button', { name: 'Files' }).click();
  return {
    giver,
    taker,
    browsers,
    close: async () => void (await Promise.all(browsers.map((browser) => browser.close()))),
  };
}

/** Sends a file. Resolves when it has been received and verified, to the time since the press of Accept, in ms. */
export async function give({ giver, taker }: Pair, path: string, timeout: number): Promise<number> {
  const chooser = giver.waitForEvent('filechooser');
  await giver.getByRole('button', { name: 'Choose files' }).click();
  await (await chooser).setFiles(path);
  const row = taker.locator('[data-panel=files] li').first();
  await row.getByRole('button', { name: 'Accept' }).waitFor();
  const time = await row.evaluate(
    (element: HTMLElement, timeout) =>
      new Promise<number>((resolve, reject) => {
        const begun = performance.now();
        new MutationObserver(() => {
          const { phase } = element.dataset;
          if (phase === 'done') resolve(performance.now() - begun);
          if (phase === 'ended') reject(new Error(element.textContent ?? ''));
        }).observe(element, { attributes: true });
        const buttons = [...element.querySelectorAll('button')];
        buttons.find((one) => one.textContent?.trim() === 'Accept')?.click();
        setTimeout(() => reject(new Error('The transfer took too long.')), timeout);
      }),
    timeout,
  );
  for (const page of [giver, taker]) {
    const list = page.locator('[data-panel=files] li[data-phase=done]').first();
    await list.getByRole('button', { name: 'Clear' }).click();
  }
  return time;
}

/**
 * Sends bytes over a plain channel between the same two pages, in chunks of the same size. Resolves to the duration, in ms.
 */
export async function bare({ giver, taker }: Pair, size: number): Promise<number> {
  const open = (page: Page, offer: string | null) =>
    page.evaluate(
      async ({ offer, size }) => {
        const connection = new RTCPeerConnection();
        const channel = connection.createDataChannel('bare', { negotiated: true, id: 0 });
        channel.binaryType = 'arraybuffer';
        Object.assign(globalThis, { bare: { connection, channel } });
        let arrived = 0;
        const all = new Promise<void>((resolve) => {
          channel.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
            arrived += data.byteLength;
            if (arrived >= size) resolve();
          };
        });
        Object.assign(globalThis, { bareArrived: all });
        if (offer) await connection.setRemoteDescription({ type: 'offer', sdp: offer });
        await connection.setLocalDescription();
        if (connection.iceGatheringState !== 'complete') {
          await new Promise<void>((resolve) => {
            connection.onicegatheringstatechange = () => {
              if (connection.iceGatheringState === 'complete') resolve();
            };
          });
        }
        return connection.localDescription!.sdp;
      },
      { offer, size },
    );
  const offer = await open(giver, null);
  const answer = await open(taker, offer);
  const sending = giver.evaluate(
    async ({ answer, size }) => {
      const { connection, channel } = (
        globalThis as unknown as { bare: { connection: RTCPeerConnection; channel: RTCDataChannel } }
      ).bare;
      const opened = new Promise((resolve) => (channel.onopen = resolve));
      await connection.setRemoteDescription({ type: 'answer', sdp: answer });
      await opened;
      const chunk = new Uint8Array(256 * 1024).map((_, at) => at);
      channel.bufferedAmountLowThreshold = 2 * 1024 * 1024;
      const begun = Date.now();
      for (let sent = 0; sent < size; sent += chunk.length) {
        if (channel.bufferedAmount > 4 * 1024 * 1024) {
          await new Promise((resolve) => (channel.onbufferedamountlow = resolve));
        }
        channel.send(chunk);
      }
      return begun;
    },
    { answer, size },
  );
  const ended = await taker.evaluate(async () => {
    await (globalThis as unknown as { bareArrived: Promise<void> }).bareArrived;
    return Date.now();
  });
  const begun = await sending;
  for (const page of [giver, taker]) {
    await page.evaluate(() =>
      (globalThis as unknown as { bare: { connection: RTCPeerConnection } }).bare.connection.close(),
    );
  }
  return ended - begun;
}
