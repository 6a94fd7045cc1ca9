import { type PictureParameters, pictureParameters, type ShownSize } from './picture-size';
import { BEST, type RungsBorne, steadied, type SteadyRung } from './steady-rung';
import {
  allot,
  type Before,
  isHopeless,
  isWanted,
  LAST_RUNG,
  LEAST,
  type LinkDemand,
  nextRung,
  NOTHING_BEFORE,
  rungWithin,
  type Speaking,
  uplinkBudget,
  USELESS,
} from './uplink-budget';

/** A link with what was last measured on it. */
export interface SendingLink extends LinkDemand {
  /** The size of the picture that it sends; null while it has none. */
  readonly source: ShownSize | null;
  /** Seconds of encoding in each second; null where the browser doesn't report it. */
  readonly encoding: number | null;
  /** The browser lowers the quality because the processor is too slow. */
  readonly limited: boolean;
}

/** What is sent over one link. */
export interface LinkPlan {
  /** The whole encoding, or only whether it is on while the size of the picture is unknown. */
  readonly camera: PictureParameters | { readonly active: boolean };
  /** Of each screen; without a limit in a call of two. */
  readonly screen: { readonly active: boolean; readonly maxBitrate: number | undefined };
  /** There is room for sound alone. */
  readonly paused: boolean;
}

export interface SendingPlan {
  readonly links: ReadonlyMap<string, LinkPlan>;
  /** The rung that the uplink bears, and the one that the processor bears. */
  readonly uplink: SteadyRung;
  readonly processor: SteadyRung;
  readonly before: Before;
}

export const NO_PLAN: SendingPlan = {
  links: new Map(),
  uplink: BEST,
  processor: BEST,
  before: NOTHING_BEFORE,
};

/** Encoding takes too long above this share of all cores, and leaves room for more below the second. */
const STRAINED = 0.3;
const EASY = 0.15;

/** A better rung is safe when its pictures are usable with this share of the budget. */
const HEADROOM = 0.85;

/** How long pictures that were off are tried, in ms: estimates rise slowly from what sound alone takes. */
const TRY = 8_000;

/** The situation that a plan is made for. */
export interface Situation {
  readonly links: readonly SendingLink[];
  readonly speaking: Speaking;
  /** Number of processor cores. */
  readonly cores: number;
  /** When the last figures were taken, by `elapsed`, in ms. */
  readonly at: number;
}

/**
 * Decides what to send over all links. With one link, the path and the size shown decide alone. With more, all links share
 * a budget, and the ladder of rungs says what gives way when it is short.
 */
export function nextPlan(last: SendingPlan, now: Situation): SendingPlan {
  const [only] = now.links;
  if (only && now.links.length === 1) return { ...NO_PLAN, links: new Map([[only.link, alone(only)]]) };
  const { links, speaking, at } = now;
  const { cameras, screen } = uplinkBudget(links);
  const source = links.find((link) => link.source)?.source ?? null;
  if (!source) {
    const unsized = (link: SendingLink) => linkPlan(link, { active: isWanted(link) }, screen);
    return { ...last, links: planned(links, unsized) };
  }
  const uplink = steadied(last.uplink, affordable(source, links, cameras, last.uplink, at), at);
  const processor = steadied(last.processor, bearable(source, last.processor.rung, uplink.rung, now), at);
  const rung = Math.max(uplink.rung, processor.rung);
  const bits = isTry(uplink, at) ? Math.max(cameras, LEAST * links.filter(isWanted).length) : cameras;
  const { pictures, ...before } = allot(source, links, { bits, rung, speaking }, last.before);
  const plan = (link: SendingLink) => {
    const picture = pictures.get(link.link);
    return linkPlan(link, link.source && picture ? picture : { active: picture !== undefined }, screen);
  };
  return { links: planned(links, plan), uplink, processor, before };
}

const planned = (links: readonly SendingLink[], plan: (link: SendingLink) => LinkPlan) =>
  new Map(links.map((link) => [link.link, plan(link)]));

function alone(link: SendingLink): LinkPlan {
  const { source, shown, level } = link;
  const active = isWanted(link);
  return linkPlan(link, active && source ? pictureParameters(source, shown, level) : { active });
}

function linkPlan(link: SendingLink, camera: LinkPlan['camera'], screen?: number): LinkPlan {
  return {
    camera,
    screen: screenPlan(link, screen),
    // Not because the peer doesn't show it, or isn't heard.
    paused: link.level === 'paused' || (isWanted(link) && !camera.active),
  };
}

const screenPlan = ({ heard }: SendingLink, bits?: number): LinkPlan['screen'] =>
  bits === undefined
    ? { active: heard, maxBitrate: undefined }
    : // Never off for want of bits: an estimate rises only while a picture is sent.
      { active: heard, maxBitrate: Math.max(USELESS, Math.floor(bits)) };

/**
 * The rungs that the uplink bears. The estimate of a path that carries sound alone stays little above what sound takes, however
 * much the path could carry. So pictures that are off are retried without regard to the estimates, as small as can be; the
 * browser sends no more than a path carries.
 */
function affordable(
  source: ShownSize,
  links: readonly SendingLink[],
  bits: number,
  last: SteadyRung,
  at: number,
): RungsBorne {
  const { rung } = last;
  const needed = rungWithin(source, links, bits);
  const safe = rungWithin(source, links, bits * HEADROOM);
  const tries = isTry(last, at);
  return {
    needed: tries ? Math.min(needed, rung) : needed,
    safe: rung > LAST_RUNG ? Math.min(safe, LAST_RUNG) : safe,
    urgent: !tries && isHopeless(source, links, rung, bits),
  };
}

/** Whether pictures that were off are tried. */
const isTry = ({ rung, raised }: SteadyRung, at: number): boolean => rung === LAST_RUNG && at - raised < TRY;

/**
 * The rungs that the processor bears. A step that the uplink has taken already relieves nothing, so the next one counts from
 * there, and no step up goes beyond it.
 */
function bearable(source: ShownSize, rung: number, uplink: number, { links, cores }: Situation): RungsBorne {
  const limit = Math.min(uplink, LAST_RUNG);
  const share = links.reduce((sum, { encoding }) => sum + (encoding ?? 0), 0) / cores;
  const isStrained = share > STRAINED || links.some(({ limited }) => limited);
  if (isStrained) {
    return { needed: nextRung(source, links, Math.max(rung, limit), 1), safe: rung, urgent: false };
  }
  const better = share < EASY && rung > limit ? Math.max(limit, nextRung(source, links, rung, -1)) : rung;
  return { needed: rung, safe: better, urgent: false };
}
