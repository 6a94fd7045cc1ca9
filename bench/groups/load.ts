import { setTimeout as sleep } from 'node:timers/promises';

import { launch, loadDuring, meetUnseen, trafficOf, type Traffic } from './browser';
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
  const [theirs, own] = [await launch('moving'), await launch('moving')];
  try {
    const members = new Members(url, { muted: true, before: meetUnseen });
    await members.start(theirs);
    for (let present = 1; present < size - 1; present++) await members.enter(theirs);
    for (const page of members.pages) await page.evaluate(() => Reflect.set(globalThis, 'done', true));
    await members.join(own, true);
    const page = members.pages.at(-1)!;
    await members.settled([page]);
    await sleep(SETTLING);
    const { cores, idle, result } = await loadDuring([own], async () => {
      const before = await trafficOf(page);
      await sleep(WINDOW);
      return [before, await trafficOf(page)] as const;
    });
    return { cores, idle, ...between(...result) };
  } finally {
    await Promise.all([theirs.close(), own.close()]);
  }
}

/** Members of the call that compares one encoder with several: the fifth is the first whose links can all share. */
export const SHARING = 6;

/**
 * What it costs one member to show a moving picture to five others, with one encoder for all or one for each. The others share a
 * browser, send a still picture, and see nothing of each other.
 */
export async function measureSharing(url: string, encoders: 'one' | 'many'): Promise<SharingRun> {
  const [theirs, own] = [await launch('still'), await launch('moving')];
  try {
    const company = { muted: true, before: meetUnseen };
    const members = new Members(url, company, encoders === 'one' ? undefined : withoutTransforms);
    await members.start(theirs);
    for (let present = 1; present < SHARING - 1; present++) await members.enter(theirs);
    for (const page of members.pages) await page.evaluate(() => Reflect.set(globalThis, 'done', true));
    await members.join(own, true);
    const page = members.pages.at(-1)!;
    const viewers = members.pages.slice(0, -1);
    await members.settled([page]);
    await sleep(SETTLING);
    const { cores, idle, result } = await loadDuring([own], async () => {
      const before = await Promise.all([page, ...viewers].map(trafficOf));
      await sleep(WINDOW);
      return { before, after: await Promise.all([page, ...viewers].map(trafficOf)) };
    });
    const [sent, ...seen] = result.after.map((after, index) => between(result.before[index]!, after));
    return {
      cores,
      idle,
      up: sent!.up,
      frames: seen.reduce((sum, { frames }) => sum + frames, 0) / seen.length,
      size: seen[0]!.size,
    };
  } finally {
    await Promise.all([theirs.close(), own.close()]);
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
