/** Joining and leaving all day leaks nothing: no connection, no camera, no listener, no memory. */
import type { Page, Request } from '@playwright/test';

import { memory, watchMemory, type Memory } from '../support/memory';
import { callBetween, control, expect, test } from './app';
import { within } from '../../tools/patience.mjs';

const joins = 60;
/** Number of joins after which everything that is created only once exists, the debug log is full, and most of the code is compiled. */
const settledAfter = 30;
/**
 * How much objects, strings and closures may grow with each later join, in bytes. It was 1.8 kB while Firestore's cache
 * kept the documents of every link. Machine code and type feedback, 11 kB per join, are not counted: the engine
 * produces more of them the longer a page runs.
 */
const perJoin = 300;

interface Instruments {
  readonly connections: Set<RTCPeerConnection>;
  readonly tracks: Set<MediaStreamTrack>;
  readonly sounds: Set<AudioContext>;
  made: number;
}

/** Tracks what a page opens and closes. Closed objects are forgotten, so that this does not leak them itself. */
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

/** What is open in an instrumented page. */
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

/** The Firestore listeners that a page has requested and not removed, as seen in its requests (WebChannel). */
class Listeners {
  /** The target of each listener, by its number. */
  readonly active = new Map<number, string>();
  /** The responses that are still coming in. */
  readonly streams = new Set<Request>();
  asked = 0;

  constructor(page: Page) {
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (!url.pathname.endsWith('.Firestore/Listen/channel')) return;
      if (request.method() !== 'POST') return void this.streams.add(request);
      // A channel without a session is new: the server knows no listeners yet.
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

/** The parts of google.firestore.v1.ListenRequest that are used here. */
interface ListenRequest {
  readonly addTarget?: { readonly targetId: number };
  readonly removeTarget?: number;
}

/**
 * Makes the Firestore SDK close the stream that it keeps open for a minute after the last listener was removed. An open
 * stream keeps all the text that it has received (WebChannel's `responseText`), which is not a leak but would hide one.
 * The SDK renews its streams whenever the network changes, and opens none without a listener.
 */
async function endStreams(page: Page, listeners: Listeners): Promise<void> {
  await expect.poll(() => [...listeners.active.values()]).toEqual([]);
  await page.evaluate(() => dispatchEvent(new Event('offline')));
  await expect.poll(() => listeners.streams.size).toBe(0);
}

test(`${joins} joins and leaves leave nothing behind`, async ({ openPage }, { annotations }) => {
  test.setTimeout(within(300_000));
  const [ada, bo] = [await openPage(), await openPage()];
  await bo.addInitScript(instrument);
  const listeners = new Listeners(bo);
  await callBetween(ada, bo);
  const inCall = await stillOpen(bo);
  // Checks that the instruments work.
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

  if (!early) throw new Error('Memory was not measured.');
  const count = joins - settledAfter;
  expect(late.objects - early.objects, figures).toBeLessThan(count * perJoin);
  // Fewer than one per join.
  expect(late.nodes - early.nodes, figures).toBeLessThan(count);
  expect(late.eventListeners - early.eventListeners, figures).toBeLessThan(count);

  // The peer who stayed has gone through all of it too, and is alone now.
  await expect(ada.locator('parley-stage article')).toHaveCount(1);
});
