import type { LinkStatistics, StreamStatistics } from './link-statistics';

/** How well a link carries a conversation: 4 is good, 0 is hardly usable. */
export type ConnectionQuality = 0 | 1 | 2 | 3 | 4;

/** Lowest R for each number of bars (ITU-T G.107, annex B: 80 satisfies, 70 some do not, 60 many do not, 50 nearly all). */
const BARS: readonly (readonly [lowest: number, quality: ConnectionQuality])[] = [
  [80, 4],
  [70, 3],
  [60, 2],
  [50, 1],
];

/** R of a narrow path without any trouble (ITU-T G.107, default values). */
const BEST = 93.2;
/** Lost packets cost this much for each per cent (G.113 for a codec that conceals loss, as Opus does). */
const COST_OF_LOSS = 2.5;
/** A jitter buffer adds about twice the jitter, and coding a little more, ms. */
const CODING = 10;
/** Above this one-way delay people start to talk over each other, ms (G.114). */
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
