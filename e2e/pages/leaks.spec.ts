/** Whoever joins and leaves all day keeps nothing of it: no connection, no camera, no listener, no memory. */
import type { Page, Request } from '@playwright/test';

import { memory, watchMemory, type Memory } from '../support/memory';
import { callBetween, control, expect, test } from './app';
import { within } from '../../tools/patience.mjs';

const joins = 50;
/** By then whatever is made once has been made, and most of what the engine compiles has been compiled. */
const settledAfter = 20;
/**
 * How much all objects, strings and closures may still grow with each join from there, bytes. Measured 1.8 kB while
 * Firestore's cache kept every link's documents. Machine code and type feedback, 11 kB a join, are left out: the engine
 * makes more of them the longer a page runs.
 */
const perJoin = 300;

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
  /** The answers that are still coming in. */
  readonly streams = new Set<Request>();
  asked = 0;

  constructor(page: Page) {
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (!url.pathname.endsWith('.Firestore/Listen/channel')) return;
      if (request.method() !== 'POST') return void this.streams.add(request);
      // A channel without a session yet is a new one: the server knows of no listener.
      if (!url.searchParams.has('SID')) this.active.clear();
      for (const [name, value] of new URLSearchParams(request.postData() ?? '')) {
        if (/^req\d+___data__$/.test(name)) this.note(JSON.parse(value) as ListenRequest);
      }
    });
    page.on('requestfinished', (request) => this.streams.delete(request));
    page.on('requestfailed', (request) => this.streams.delete(request));
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

/**
 * Has the Firestore SDK give up the stream that it keeps for a minute after the last listener has gone. It holds all
 * the text that a stream has brought for as long as the stream lasts (WebChannel's `responseText`), which is no leak,
 * but would hide one. The SDK makes its streams anew whenever the network changes, and without a listener makes none.
 */
async function endStreams(page: Page, listeners: Listeners): Promise<void> {
  await expect.poll(() => [...listeners.active.values()]).toEqual([]);
  await page.evaluate(() => dispatchEvent(new Event('offline')));
  await expect.poll(() => listeners.streams.size).toBe(0);
}

test(`${joins} joins and leaves leave nothing behind`, async ({ visitor }, { annotations }) => {
  test.setTimeout(within(300_000));
  const [ada, bo] = [await visitor(), await visitor()];
  await bo.addInitScript(instrument);
  const listeners = new Listeners(bo);
  await callBetween(ada, bo);
  const inCall = await stillOpen(bo);
  // The instruments see what there is to see.
  expect(inCall.connections).toBeGreaterThan(0);
  expect(inCall.tracks).toBeGreaterThan(0);
  expect(listeners.active.size).toBeGreaterThan(0);

  const devtools = await watchMemory(bo);
  const rejoin = bo.getByRole('button', { name: 'Rejoin' });
  const status = bo.locator('[role=status][data-status=connected]');
  const leave = control(bo, 'controls.leave');
  let early: Memory | null = null;
  for (let joined = 1; joined <= joins; joined++) {
    if (joined > 1) await rejoin.click();
    await status.waitFor();
    await leave.click();
    await rejoin.waitFor();
    if (joined !== settledAfter) continue;
    await endStreams(bo, listeners);
    early = await memory(devtools);
  }
  await endStreams(bo, listeners);
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
  expect(late.objects - early.objects, figures).toBeLessThan(count * perJoin);
  // Not even one of each join.
  expect(late.nodes - early.nodes, figures).toBeLessThan(count);
  expect(late.eventListeners - early.eventListeners, figures).toBeLessThan(count);

  // The one who stayed has been through it as well, and is alone now.
  await expect(ada.locator('parley-stage article')).toHaveCount(1);
});
