/** Whoever joins and leaves all day keeps nothing of it: no connection, no camera, no listener, no memory. */
import type { CDPSession, Page } from '@playwright/test';

import { callBetween, control, expect, test } from './app';

const joins = 50;
/** By then whatever is made once has been made, and most of what the engine compiles has been compiled. */
const settledAfter = 20;
/**
 * How much the heap may still grow with each join from there, bytes. Measured: 15 kB, falling to 10 kB towards the end;
 * User Timing's entries are part of it, and are kept by design.
 */
const perJoin = 20_000;

interface Instruments {
  readonly connections: Set<RTCPeerConnection>;
  readonly tracks: Set<MediaStreamTrack>;
  readonly sounds: Set<AudioContext>;
  made: number;
}

/** Keeps an account of what a page opens and closes. What is closed is forgotten, so as not to be the leak itself. */
const instrument = () => {
  const instruments: Instruments = { connections: new Set(), tracks: new Set(), sounds: new Set(), made: 0 };
  Object.assign(globalThis, { instruments });
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      instruments.connections.add(this);
      instruments.made++;
    }
    override close(): void {
      super.close();
      instruments.connections.delete(this);
    }
  };
  globalThis.AudioContext = class extends AudioContext {
    constructor(options?: AudioContextOptions) {
      super(options);
      instruments.sounds.add(this);
    }
    override async close(): Promise<void> {
      await super.close();
      instruments.sounds.delete(this);
    }
  };
  const note = (track: MediaStreamTrack): void => {
    for (const known of instruments.tracks)
      if (known.readyState === 'ended') instruments.tracks.delete(known);
    instruments.tracks.add(track);
  };
  const devices = MediaDevices.prototype;
  // Both are called with their own `this` below.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const open = devices.getUserMedia;
  devices.getUserMedia = async function (constraints) {
    const stream = await open.call(this, constraints);
    stream.getTracks().forEach(note);
    return stream;
  };
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const clone = MediaStreamTrack.prototype.clone;
  MediaStreamTrack.prototype.clone = function () {
    const track = clone.call(this);
    note(track);
    return track;
  };
};

/** What is open in an instrumented page now. */
const stillOpen = (page: Page) =>
  page.evaluate(() => {
    const { instruments } = globalThis as unknown as { instruments: Instruments };
    return {
      connections: instruments.connections.size,
      tracks: [...instruments.tracks].filter(({ readyState }) => readyState === 'live').length,
      sounds: instruments.sounds.size,
      elements: document.querySelectorAll('video, audio').length,
    };
  });

/** The Firestore listeners that a page has asked for and not given up, as read from what it sends (WebChannel). */
class Listeners {
  /** What each asks for, by its number. */
  readonly active = new Map<number, string>();
  asked = 0;

  constructor(page: Page) {
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (!url.pathname.endsWith('.Firestore/Listen/channel') || request.method() !== 'POST') return;
      // A channel without a session yet is a new one: the server knows of no listener.
      if (!url.searchParams.has('SID')) this.active.clear();
      for (const [name, value] of new URLSearchParams(request.postData() ?? '')) {
        if (/^req\d+___data__$/.test(name)) this.note(JSON.parse(value) as ListenRequest);
      }
    });
  }

  private note({ addTarget, removeTarget }: ListenRequest): void {
    if (addTarget) {
      this.active.set(addTarget.targetId, JSON.stringify(addTarget));
      this.asked++;
    }
    if (removeTarget) this.active.delete(removeTarget);
  }
}

/** google.firestore.v1.ListenRequest, as far as it matters here. */
interface ListenRequest {
  readonly addTarget?: { readonly targetId: number };
  readonly removeTarget?: number;
}

interface Memory {
  readonly heap: number;
  readonly nodes: number;
  readonly eventListeners: number;
}

/** What is left after a thorough collection. */
async function memory(devtools: CDPSession): Promise<Memory> {
  for (let times = 0; times < 3; times++) await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  return {
    heap: metric('JSHeapUsedSize'),
    nodes: metric('Nodes'),
    eventListeners: metric('JSEventListeners'),
  };
}

test(`${joins} joins and leaves leave nothing behind`, async ({ visitor }, { annotations }) => {
  test.setTimeout(300_000);
  const [ada, bo] = [await visitor(), await visitor()];
  await bo.addInitScript(instrument);
  const listeners = new Listeners(bo);
  await callBetween(ada, bo);
  const inCall = await stillOpen(bo);
  // The instruments see what there is to see.
  expect(inCall.connections).toBeGreaterThan(0);
  expect(inCall.tracks).toBeGreaterThan(0);
  expect(listeners.active.size).toBeGreaterThan(0);

  const devtools = await bo.context().newCDPSession(bo);
  await devtools.send('Performance.enable');
  await devtools.send('HeapProfiler.enable');
  const rejoin = bo.getByRole('button', { name: 'Rejoin' });
  const status = bo.locator('[role=status][data-status=connected]');
  const leave = control(bo, 'controls.leave');
  let early: Memory | null = null;
  for (let joined = 1; joined <= joins; joined++) {
    if (joined > 1) await rejoin.click();
    await status.waitFor();
    await leave.click();
    await rejoin.waitFor();
    if (joined === settledAfter) early = await memory(devtools);
  }
  const late = await memory(devtools);

  const figures = `after ${settledAfter} joins ${JSON.stringify(early)}, after ${joins} ${JSON.stringify(late)}`;
  console.log(`  ${figures}`);
  annotations.push({ type: 'memory', description: figures });
  await expect.poll(() => stillOpen(bo)).toEqual({ connections: 0, tracks: 0, sounds: 0, elements: 0 });
  await expect.poll(() => [...listeners.active.values()]).toEqual([]);
  const made = await bo.evaluate(
    () => (globalThis as unknown as { instruments: Instruments }).instruments.made,
  );
  expect(made).toBeGreaterThanOrEqual(joins);
  expect(listeners.asked).toBeGreaterThanOrEqual(joins);

  if (!early) throw new Error('Nothing was measured.');
  const count = joins - settledAfter;
  expect(late.heap - early.heap, figures).toBeLessThan(count * perJoin);
  // Not even one of each join.
  expect(late.nodes - early.nodes, figures).toBeLessThan(count);
  expect(late.eventListeners - early.eventListeners, figures).toBeLessThan(count);

  // The one who stayed has been through it as well, and is alone now.
  await expect(ada.locator('parley-stage article')).toHaveCount(1);
});
