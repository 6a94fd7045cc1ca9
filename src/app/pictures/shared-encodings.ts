import type { LinkPlan, SendingLink, SendingPlan } from './sending-plan';
import type { PictureParameters } from './picture-size';
import { LAST_RUNG, SOUND } from './uplink-budget';

/** A link as far as sharing an encoding needs it. */
export interface SharingLink extends Pick<SendingLink, 'link' | 'available'> {
  /** Whether it can send the frames of another link's encoder. */
  readonly shares: boolean;
}

/** Who encodes for whom: for each link that sends the frames of another link, that link. */
export type Encoders = ReadonlyMap<string, string>;

export const NOTHING_SHARED: Encoders = new Map();

/** Sharing begins with this many other members: with fewer, another encoder costs little. */
const LEAST_OTHERS = 4;
/**
 * A link joins when the estimate of its path is this many times what it would be sent, and stays while it is the second: the
 * frames of another link's encoder don't adapt to its path. The estimate of a good path is 1.3 to 2.5 times what is sent over it.
 */
const JOINS = 1.25;
const STAYS = 1;

/**
 * The links whose pictures are encoded alike, with one of each group to encode for the others: the one that did so, or the one
 * whose path carries most. Links whose path is tight, or not measured yet, encode for themselves. Where the uplink is a tighter
 * limit than the processor, all do: VP9 makes more of few bits than the codec that can be shared.
 */
export function nextEncoders(
  last: Encoders,
  plan: Pick<SendingPlan, 'links' | 'uplink' | 'processor'>,
  links: readonly SharingLink[],
): Encoders {
  // Beyond the last rung, pictures are turned off one by one, which relieves the processor as well.
  const uplink = Math.min(plan.uplink.rung, LAST_RUNG);
  if (links.length < LEAST_OTHERS || uplink > plan.processor.rung) return NOTHING_SHARED;
  const encoders = new Map<string, string>();
  for (const group of alike(plan, links)) {
    const able = group.filter(({ link, bits, room }) => room >= bits * (isPart(last, link) ? STAYS : JOINS));
    const encoder = able.find(({ link }) => isEncoder(last, link)) ?? roomiest(able);
    if (!encoder) continue;
    for (const { link } of able) if (link !== encoder.link) encoders.set(link, encoder.link);
  }
  return encoders;
}

/** A link that can share, with what it is to be sent and what its path carries, in bit/s. */
interface Candidate {
  readonly link: string;
  readonly bits: number;
  readonly room: number;
}

function alike(
  { links: plans }: Pick<SendingPlan, 'links'>,
  links: readonly SharingLink[],
): readonly (readonly Candidate[])[] {
  const groups = new Map<string, Candidate[]>();
  for (const { link, shares, available } of links) {
    const camera = plans.get(link)?.camera;
    if (!shares || available === null || !camera || !isWhole(camera) || !camera.active) continue;
    const key = JSON.stringify([camera.scaleResolutionDownBy, camera.maxFramerate, camera.maxBitrate]);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push({ link, bits: camera.maxBitrate + SOUND, room: available });
  }
  return [...groups.values()];
}

const isWhole = (camera: LinkPlan['camera']): camera is PictureParameters => 'maxBitrate' in camera;

/** Whether other links send the frames of this link's encoder. */
export const isEncoder = (encoders: Encoders, link: string): boolean => [...encoders.values()].includes(link);

const isPart = (encoders: Encoders, link: string): boolean => encoders.has(link) || isEncoder(encoders, link);

const roomiest = (able: readonly Candidate[]): Candidate | undefined =>
  [...able].sort((a, b) => b.room - a.room || (a.link < b.link ? -1 : 1))[0];
