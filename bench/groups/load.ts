import { setTimeout as sleep } from 'node:timers/promises';

import { type Camera, launch, loadDuring, meetUnseen, trafficOf, type Traffic } from './browser';
import { Members } from './members';
import type { LoadRun, SharingRun } from './report';

/** Time for pictures to reach their size, and to measure, in ms. */
const SETTLING = 15_000;
const WINDOW = 15_000;

/**
 * What a call of `size` costs one member, who joins last, in a browser of their own. The others share a browser, are muted, and see nothing of
 * each other, only the last one: as many browsers, encoders and decoders as members have don't fit on one machine.
 */
export async function measureLoad(url: string, size: number): Promise<LoadRun> {
  const { cores, idle, own } = await measured(url, size, 'moving');
  return { cores, idle, ...own };
}

/** Members of the call that compares one encoder with several: the fifth is the first whose links can all share. */
const SHARING = 6;

/**
 * What it costs one member to show a moving picture to five others, with one encoder for all or one for each. The others share a
 * browser, send a still picture, and see nothing of each other.
 */
export async function measureSharing(url: string, encoders: 'one' | 'many'): Promise<SharingRun> {
  const before = encoders === 'one' ? undefined : withoutTransforms;
  const { cores, idle, own, others } = await measured(url, SHARING, 'still', before);
  return {
    cores,
    idle,
    up: own.up,
    frames: others.reduce((sum, { frames }) => sum + frames, 0) / others.length,
    size: others[0]!.size,
  };
}

/**
 * What one member of a call costs who joins last, in a browser of their own, and what has gone over the connections of all.
 *
 * @param theirs what the others show
 * @param before a script that runs in the member's page before its own
 */
async function measured(url: string, size: number, theirs: Camera, before?: () => void) {
  const browsers = [await launch(theirs), await launch('moving')] as const;
  const [company, own] = browsers;
  try {
    const members = new Members(url, { muted: true, before: meetUnseen }, before);
    await members.start(company);
    for (let present = 1; present < size - 1; present++) await members.enter(company);
    for (const page of members.pages) await page.evaluate(() => Reflect.set(globalThis, 'done', true));
    await members.join(own, true);
    const page = members.pages.at(-1)!;
    await members.settled([page]);
    await sleep(SETTLING);
    const look = () => Promise.all([page, ...members.pages.slice(0, -1)].map(trafficOf));
    const { cores, idle, result } = await loadDuring([own], async () => {
      const first = await look();
      await sleep(WINDOW);
      return { first, last: await look() };
    });
    const [ofOwn, ...others] = result.last.map((last, index) => between(result.first[index]!, last));
    return { cores, idle, own: ofOwn!, others };
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()));
  }
}

/** Runs in the page before its own scripts: a browser in which each link encodes for itself. */
function withoutTransforms(): void {
  Reflect.deleteProperty(globalThis, 'RTCRtpScriptTransform');
}

function between(before: Traffic, after: Traffic): Omit<LoadRun, 'cores' | 'idle'> {
  const time = after.at - before.at;
  const frames = after.pictures.map(({ frames }, index) => frames - (before.pictures[index]?.frames ?? 0));
  return {
    up: ((after.sent - before.sent) * 8) / time,
    down: ((after.received - before.received) * 8) / time,
    frames: frames.reduce((sum, count) => sum + count, 0) / (time / 1_000),
    size: after.pictures.at(-1)?.size ?? '–',
  };
}
