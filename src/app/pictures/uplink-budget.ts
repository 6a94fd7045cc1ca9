import { goodBitRate, type PictureParameters, scaleFor, scaleWithin, type ShownSize } from './picture-size';
import { LIMITS, type SendingLevel, type SendingLimits } from './sending-level';

/** What one link asks of the uplink. */
export interface LinkDemand {
  readonly link: string;
  /** The size at which the peer shows the camera's picture; null when the peer hasn't said. */
  readonly shown: ShownSize | null;
  /** The peer doesn't show the camera's picture. */
  readonly hidden: boolean;
  readonly heard: boolean;
  /** What the path to the peer carries. */
  readonly level: SendingLevel;
  /** Its estimated capacity in bit/s; null while it is unknown. */
  readonly available: number | null;
  /** Number of screens sent over it. */
  readonly screens: number;
}

/** How the uplink is divided, in bit/s. */
export interface UplinkBudget {
  /** For each screen on each link. */
  readonly screen: number;
  /** For the camera, over all links. */
  readonly cameras: number;
}

/** Sound is reserved for each link first, in bit/s. */
export const SOUND = 35_000;
/** Sound and pictures use at most this share of the measured uplink. */
export const SHARE = 0.75;
/** Sound and camera use at most this over all links, in bit/s. */
export const MOST = 2_500_000;
/** Uplink in bit/s where no browser measures it. */
const ASSUMED = 5_000_000;
/** A screen is legible with the first and good with the second, in bit/s. */
const SCREEN_LEAST = 300_000;
const SCREEN_GOOD = 1_500_000;
/** No picture is worth sending below the first; none is planned below the second. In bit/s. */
export const USELESS = 30_000;
export const LEAST = 50_000;
/** A usable picture takes this share of the bits of a good one. */
const USABLE = 0.4;
/** A tile takes at most this while another member speaks, in bit/s: their picture comes first at every receiver. */
const TILE_OF_LISTENER = 250_000;
/** A picture that is on stays on until a peer that gets none shows it this many times larger. */
const STAYS = 1.5;

const { full, medium, low } = LIMITS;
const slow: SendingLimits = { ...medium, frameRate: low.frameRate };
const half: SendingLimits = { ...full, height: 480 };

/**
 * What is sent to peers who show the picture large, and to those who show it as a tile, from best to worst. So video
 * degrades in this order: frame rate of tiles, size of tiles, size of large pictures until they are tiles. Below the last
 * rung, pictures are turned off one by one, first for the peer who shows it smallest. Screens come after all cameras, and
 * sound last.
 */
export const RUNGS: readonly { readonly large: SendingLimits; readonly tile: SendingLimits }[] = [
  { large: full, tile: medium },
  { large: full, tile: slow },
  { large: full, tile: low },
  { large: half, tile: low },
  { large: medium, tile: low },
  { large: low, tile: low },
];
export const LAST_RUNG = RUNGS.length - 1;

/** Whether the camera's picture should be sent over a link. */
export const isWanted = ({ heard, hidden, level }: LinkDemand): boolean =>
  heard && !hidden && level !== 'paused';

/** Divides what the links carry: sound first, then screens, then the camera. For three members or more. */
export function uplinkBudget(links: readonly LinkDemand[]): UplinkBudget {
  const used = links.filter((link) => isWanted(link) || (link.heard && link.screens > 0));
  const known = used.flatMap(({ available }) => (available === null ? [] : [available]));
  const uplink = known.length > 0 ? (sum(known) / known.length) * used.length : ASSUMED;
  const room = Math.max(0, SHARE * uplink - SOUND * used.length);
  const screens = sum(links.map((link) => (link.heard ? link.screens : 0)));
  // A legible screen comes before any camera, a good one only after small pictures of all.
  const beside = room - LEAST * links.filter(isWanted).length;
  const screen =
    screens === 0
      ? 0
      : Math.min(SCREEN_GOOD, Math.max(Math.min(room / screens, SCREEN_LEAST), beside / screens));
  const most = Math.max(0, MOST - SOUND * links.length);
  return { screen, cameras: Math.max(0, Math.min(most, room - screen * screens)) };
}

/** The best rung whose pictures can all be usable with this many bit/s; `LAST_RUNG` + n turns off n of them. */
export function rungWithin(source: ShownSize, links: readonly LinkDemand[], bits: number): number {
  const last = LAST_RUNG + links.filter(isWanted).length;
  let rung = 0;
  while (rung < last && leastOf(groupsAt(source, ranked(links), rung)) > bits) rung++;
  return rung;
}

/** The next worse or better rung at which the pictures differ, without turning one off. */
export function nextRung(
  source: ShownSize,
  links: readonly LinkDemand[],
  rung: number,
  step: 1 | -1,
): number {
  const order = ranked(links);
  const least = (at: number) => leastOf(groupsAt(source, order, at));
  let next = rung;
  do next += step;
  while (next > 0 && next < LAST_RUNG && least(next) === least(rung));
  return Math.max(0, Math.min(next, LAST_RUNG));
}

/** Whether pictures at this rung would be too poor to be worth sending. */
export const isHopeless = (
  source: ShownSize,
  links: readonly LinkDemand[],
  rung: number,
  bits: number,
): boolean => leastOf(groupsAt(source, ranked(links), rung)) * USELESS > bits * LEAST;

/** Who speaks, as far as it matters to the sender. */
export type Speaking = 'nobody' | 'self' | 'other';

/** Peers who are sent the same encoding. */
export type GroupName = 'large' | 'tile' | 'low';

/** What was sent a moment before, so that small changes of the budget change nothing. */
export interface Before {
  /** The links whose picture was on. */
  readonly on: ReadonlySet<string>;
  /** bit/s of each encoding. */
  readonly bitRates: Readonly<Partial<Record<GroupName, number>>>;
}

export const NOTHING_BEFORE: Before = { on: new Set(), bitRates: {} };

export interface Allotment extends Before {
  /** What to send over each link; links without a picture are left out. */
  readonly pictures: ReadonlyMap<string, PictureParameters>;
}

/**
 * Divides the camera's bits among the links: at most two encodings, and never more than `bits` in total. With the same rung,
 * more bits never give a link less.
 *
 * @param source the size of the camera's picture
 */
export function allot(
  source: ShownSize,
  links: readonly LinkDemand[],
  { bits, rung, speaking }: { readonly bits: number; readonly rung: number; readonly speaking: Speaking },
  before: Before = NOTHING_BEFORE,
): Allotment {
  const order = ranked(links, before.on);
  const groups = groupsAt(source, order, rung, speaking);
  const better = groupsAt(source, order, Math.max(0, rung - 1), speaking);
  const rates = shares(groups, better, bits).map((rate, index) => {
    const last = before.bitRates[groups[index]!.name];
    return last === undefined ? Math.floor(rate) : calm(last, rate);
  });
  const pictures = new Map<string, PictureParameters>();
  const bitRates: Partial<Record<GroupName, number>> = {};
  groups.forEach(({ name, members, scale, frameRate }, index) => {
    const maxBitrate = rates[index]!;
    if (maxBitrate < USELESS) return;
    bitRates[name] = maxBitrate;
    const picture = {
      active: true,
      scaleResolutionDownBy: scale,
      maxFramerate: frameRate,
      maxBitrate,
    };
    for (const { link } of members) pictures.set(link, picture);
  });
  return { pictures, on: new Set(pictures.keys()), bitRates };
}

interface Group {
  readonly name: GroupName;
  readonly members: readonly LinkDemand[];
  readonly scale: number;
  readonly frameRate: number;
  /** bit/s for each member: for a usable picture, and for a good one. */
  readonly least: number;
  readonly good: number;
}

/** The links that want a picture, those first who show it largest. */
function ranked(
  links: readonly LinkDemand[],
  on: ReadonlySet<string> = NOTHING_BEFORE.on,
): readonly LinkDemand[] {
  const area = ({ link, shown }: LinkDemand) =>
    (shown ? shown.width * shown.height : 0) * (on.has(link) ? STAYS : 1);
  return links.filter(isWanted).sort((a, b) => area(b) - area(a) || (a.link < b.link ? -1 : 1));
}

/** The encodings at a rung: two at most. */
function groupsAt(
  source: ShownSize,
  order: readonly LinkDemand[],
  rung: number,
  speaking: Speaking = 'nobody',
): readonly Group[] {
  const kept = order.slice(0, Math.max(0, order.length - Math.max(0, rung - LAST_RUNG)));
  const { large, tile } = RUNGS[Math.min(rung, LAST_RUNG)]!;
  const named = kept.map((demand) => ({ name: groupOf(source, demand), demand }));
  // A third encoding would cost everyone. The browser fits the tile's to the slow path.
  const isFull = new Set(named.map(({ name }) => name)).size > 2;
  const group = (name: GroupName, limits: SendingLimits): readonly Group[] => {
    const members = named
      .filter((one) => one.name === name || (isFull && name === 'tile' && one.name === 'low'))
      .map(({ demand }) => demand);
    return members.length > 0
      ? [{ name, members, ...encoding(source, members, limits, name, speaking) }]
      : [];
  };
  return [...group('large', large), ...group('tile', tile), ...(isFull ? [] : group('low', low))];
}

function groupOf(source: ShownSize, { shown, level }: LinkDemand): GroupName {
  if (level === 'low') return 'low';
  if (level !== 'full' || shown === null) return 'tile';
  return Math.min(source.width, source.height) / scaleFor(source, shown) > medium.height ? 'large' : 'tile';
}

function encoding(
  source: ShownSize,
  members: readonly LinkDemand[],
  { height, frameRate, bitRate }: SendingLimits,
  name: GroupName,
  speaking: Speaking,
): Pick<Group, 'scale' | 'frameRate' | 'least' | 'good'> {
  // Who hasn't said a size takes the size that the others need.
  const shown = members.flatMap((member) => (member.shown ? [scaleFor(source, member.shown)] : []));
  const scale = Math.max(shown.length > 0 ? Math.min(...shown) : 1, scaleWithin(source, height));
  const good = Math.min(bitRate, goodBitRate(source, scale, frameRate));
  const least = Math.max(LEAST, good * USABLE);
  const limited = name !== 'large' && speaking === 'other';
  return {
    scale,
    frameRate,
    least,
    good: limited ? Math.max(least, Math.min(good, TILE_OF_LISTENER)) : good,
  };
}

/**
 * bit/s for each member of each group. Spare bits go to the encoding that improves at the next better rung, until it has
 * what that takes, so that nothing has to be taken back there. All others share what remains.
 */
function shares(groups: readonly Group[], better: readonly Group[], bits: number): readonly number[] {
  const needed = leastOf(groups);
  if (needed > bits) return groups.map(({ least }) => (least * bits) / needed);
  let spare = bits - needed;
  const rates = groups.map(({ name, members, least, good }) => {
    const aim = better.find((group) => group.name === name)?.least ?? least;
    const more = Math.min(Math.max(0, Math.min(good, aim) - least), spare / members.length);
    spare -= more * members.length;
    return least + more;
  });
  const room = sum(
    groups.map(({ members, good }, index) => members.length * Math.max(0, good - rates[index]!)),
  );
  const rest = Math.min(1, room > 0 ? Math.max(0, bits - Math.max(needed, leastOf(better))) / room : 0);
  return groups.map(({ good }, index) => rates[index]! + rest * Math.max(0, good - rates[index]!));
}

/** The bit rate to set in place of the last one: less at once, with some to spare; more only when it is worth it. */
const calm = (last: number, rate: number): number =>
  Math.floor(rate < last ? rate * 0.95 : rate < last * 1.15 ? last : rate);

const leastOf = (groups: readonly Group[]): number =>
  sum(groups.map(({ members, least }) => members.length * least));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
