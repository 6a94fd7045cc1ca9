import type { LinkStatistics, StreamStatistics } from '../rtc/link-statistics';

/** How well a link carries a conversation, from 4 (good) to 0 (hardly usable). */
export type ConnectionQuality = 0 | 1 | 2 | 3 | 4;

/** Lowest R for each number of bars (ITU-T G.107, annex B: 80 satisfied, 70 some dissatisfied, 60 many, 50 nearly all). */
const BARS: readonly (readonly [lowest: number, quality: ConnectionQuality])[] = [
  [80, 4],
  [70, 3],
  [60, 2],
  [50, 1],
];

/** R of a narrowband path without impairments (ITU-T G.107, default values). */
const BEST = 93.2;
/** Cost of each per cent of lost packets (G.113, for a codec that conceals loss, as Opus does). */
const COST_OF_LOSS = 2.5;
/** Delay of coding, in ms. It comes on top of the jitter buffer, which adds about twice the jitter. */
const CODING = 10;
/** One-way delay above which people start to talk over each other, in ms (G.114). */
const TALKING_OVER = 160;

/**
 * The quality of a link from loss, round-trip time and jitter: the E-model (ITU-T G.107) in its short form. Null while
 * none of them is known.
 */
export function connectionQuality({
  roundTripTime,
  received,
}: Pick<LinkStatistics, 'roundTripTime' | 'received'>): ConnectionQuality | null {
  const streams = [received.audio, received.video].filter((stream) => stream !== null);
  const loss = worst(streams, 'loss');
  const jitter = worst(streams, 'jitter');
  if (roundTripTime === null && loss === null && jitter === null) return null;
  const delay = (roundTripTime ?? 0) / 2 + 2 * (jitter ?? 0) + CODING;
  const costOfDelay = delay < TALKING_OVER ? delay / 40 : (delay - 120) / 10;
  const rating = BEST - costOfDelay - COST_OF_LOSS * 100 * (loss ?? 0);
  return BARS.find(([lowest]) => rating >= lowest)?.[1] ?? 0;
}

function worst(streams: readonly StreamStatistics[], key: 'loss' | 'jitter'): number | null {
  const values = streams.map((stream) => stream[key]).filter((value) => value !== null);
  return values.length > 0 ? Math.max(...values) : null;
}
