import type { LinkMedia } from '../rtc/link-media';

/** Time without packets after which a member counts as muted, in ms: a network may pause for less. */
const GONE = 1_000;

/**
 * Reads the level of what a peer sends, 0…1 of full scale; null if nothing has arrived for a second. A muted peer sends no
 * packets, and browsers go on reporting the level of the last one for 10 s (WebRTC, section 5.3).
 *
 * @param now in ms
 */
export const levelReader = (media: Pick<LinkMedia, 'sound'>): ((now: number) => number | null) => {
  let last: number | null = null;
  let since = -Infinity;
  return (now) => {
    const { sound } = media;
    if (sound === null) return null;
    if (sound.timestamp !== last) [last, since] = [sound.timestamp, now];
    else if (now - since >= GONE) return null;
    else if (now > since) return 0;
    return sound.level;
  };
};
