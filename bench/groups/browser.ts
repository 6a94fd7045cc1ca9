import { chromium, type Browser, type Page } from '@playwright/test';
import { cpus } from 'node:os';

import { film } from '../../e2e/support/capture-files';
import { keepConnections } from '../../e2e/support/flow';
import { nameless } from '../../e2e/support/profile';

/**
 * What members show. `moving`: 1280 × 720 at 30 frames a second, with a figure and a clock that move. `still`: one colour
 * at 320 × 180 and 8 frames a second, which costs next to nothing to encode.
 */
export type Camera = 'moving' | 'still';

/** Longer than anything should take, in ms. */
export const PATIENCE = 60_000;

export const setting = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. Start the benchmark with "npm run bench".`);
  return value;
};

export const launch = (camera: Camera): Promise<Browser> =>
  chromium.launch({
    executablePath: setting('CHROMIUM_BIN'),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      // Only the last such flag counts: see ../run.ts.
      '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,MediaRouter,OptimizationHints,HttpsUpgrades',
      '--use-fake-ui-for-media-stream',
      ...(camera === 'moving'
        ? ['--use-fake-device-for-media-stream=fps=30']
        : [
            '--use-fake-device-for-media-stream',
            `--use-file-for-fake-video-capture=${film('yellow', { width: 320, height: 180 })}`,
          ]),
      '--autoplay-policy=no-user-gesture-required',
    ],
  });

/** A page in a browser profile of its own: a user who has never been here. */
export async function newProfile(browser: Browser, before?: () => void): Promise<Page> {
  const context = await browser.newContext({
    permissions: ['camera', 'microphone'],
    viewport: { width: 1280, height: 720 },
    locale: 'en',
    serviceWorkers: 'block',
  });
  context.setDefaultTimeout(PATIENCE);
  await context.addInitScript({ content: nameless });
  await context.addInitScript(keepConnections);
  if (before) await context.addInitScript(before);
  return context.newPage();
}

/** Processor time that all processes of a browser have used so far, in s. */
async function processorTime(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

/** The machine's processor time so far, in ms. */
function machineTime(): { readonly idle: number; readonly all: number } {
  const times = cpus().map(({ times }) => times);
  const all = times.flatMap(({ user, nice, sys, idle, irq }) => [user, nice, sys, idle, irq]);
  return {
    idle: times.reduce((sum, { idle }) => sum + idle, 0),
    all: all.reduce((sum, time) => sum + time, 0),
  };
}

/** The share of the machine that was idle during `work`. */
export async function idleDuring<T>(
  work: () => Promise<T>,
): Promise<{ readonly idle: number; readonly result: T }> {
  const before = machineTime();
  const result = await work();
  const after = machineTime();
  return { idle: (after.idle - before.idle) / (after.all - before.all), result };
}

/** Processor time of browsers during `work`, as a share of one core, and the share of the machine that was idle. */
export async function loadDuring<T>(
  browsers: readonly Browser[],
  work: () => Promise<T>,
): Promise<{ readonly cores: number; readonly idle: number; readonly result: T }> {
  const used = async () => {
    const times = await Promise.all(browsers.map(processorTime));
    return times.reduce((sum, time) => sum + time, 0);
  };
  const [before, begun] = [await used(), performance.now()];
  const { idle, result } = await idleDuring(work);
  const [after, ended] = [await used(), performance.now()];
  return { cores: (after - before) / ((ended - begun) / 1_000), idle, result };
}

/** What has gone over a page's connections so far. */
export interface Traffic {
  /** In bytes, with headers. */
  readonly sent: number;
  readonly received: number;
  /** Frames decoded from each peer that sends video, and the size of the latest. */
  readonly pictures: readonly { readonly frames: number; readonly size: string }[];
  /** In ms. */
  readonly at: number;
}

export const trafficOf = (page: Page): Promise<Traffic> =>
  page.evaluate(async () => {
    const { connections } = globalThis as unknown as { connections: readonly RTCPeerConnection[] };
    let [sent, received] = [0, 0];
    const pictures: { frames: number; size: string }[] = [];
    for (const connection of connections) {
      if (connection.connectionState !== 'connected') continue;
      for (const figures of (
        (await connection.getStats()) as unknown as ReadonlyMap<string, Record<string, number | string>>
      ).values()) {
        if (figures['type'] === 'transport') {
          sent += Number(figures['bytesSent']);
          received += Number(figures['bytesReceived']);
        }
        if (figures['type'] === 'inbound-rtp' && figures['kind'] === 'video' && figures['framesDecoded'])
          pictures.push({
            frames: Number(figures['framesDecoded']),
            size: `${figures['frameWidth']} × ${figures['frameHeight']}`,
          });
      }
    }
    return { sent, received, pictures, at: performance.now() };
  });

/**
 * Runs in the page of a member who only keeps another one company: until `done` is set, the page tells the members it meets that
 * it shows no pictures of theirs, as a hidden page does (docs/protocol.md, "Pictures"), and leaves it at that.
 */
export function meetUnseen(): void {
  const page = globalThis as unknown as { done?: boolean };
  const unseen = new WeakSet<RTCDataChannel>();
  const { prototype } = RTCDataChannel;
  const send = Reflect.get(prototype, 'send') as (this: RTCDataChannel, data: unknown) => void;
  prototype.send = function (this: RTCDataChannel, data: unknown) {
    if (!page.done) unseen.add(this);
    const isView = typeof data === 'string' && data.startsWith('{"type":"view"');
    const hidden = '{"type":"view","width":1,"height":1,"hidden":true}';
    send.call(this, isView && unseen.has(this) ? hidden : data);
  };
}
