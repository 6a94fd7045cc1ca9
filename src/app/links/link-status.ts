import type { Refusal } from '../rtc/refusal';

/** State of the connection to one member. */
export type LinkStatus =
  | 'waiting' // no offer or answer yet
  | 'connecting'
  | 'connected'
  | 'reconnecting'
  | 'failed';

/** Two members have no codec in common for a kind of media (RFC 8829, section 5.3.1). */
export interface CodecMismatch {
  readonly kind: 'audio' | 'video';
  /** MIME types that this browser can use, in order of preference. */
  readonly ours: readonly string[];
  /** MIME types that the peer offered or accepts. */
  readonly theirs: readonly string[];
}

/** Why there is no connection to a member: no path is found, or the two programs don't understand each other. */
export type Obstacle = NetworkObstacle | 'handshake' | Refusal;

/**
 * Why no path to a member is found.
 *
 * - `hidden`: this side hides its address, and the site has no relay to hide it behind
 * - `noRelay`: there is no direct path, and the site has no relay
 * - `relayUnreachable`: this side can't reach the relay
 * - `relayRefused`: the relay rejects this side's credentials
 * - `theirRelay`: this side has a relay, the peer has none, and no path connects them
 * - `blocked`: there is a relay, but nothing gets through
 */
export type NetworkObstacle = (typeof obstacles)[number];

export const obstacles = [
  'hidden',
  'noRelay',
  'relayUnreachable',
  'relayRefused',
  'theirRelay',
  'blocked',
] as const;

/** Whether a different network, or a check of this one, may help. */
export const isOfNetwork = (obstacle: Obstacle): obstacle is NetworkObstacle =>
  (obstacles as readonly Obstacle[]).includes(obstacle);
