import type { CodecMismatch, LinkStatus, Member, Obstacle } from '../../call/call-state';
import type { ConnectionQuality } from '../../call/picture-flow';

/** One person as a tile shows them, oneself or another. */
export interface TileView {
  readonly session: string;
  /** Never empty: whoever gave no name is a guest. */
  readonly name: string;
  /** What the tile is called for screen readers. */
  readonly label: string;
  readonly own: boolean;
  readonly stream: MediaStream | null;
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly status: LinkStatus;
  /** Their hand is up. */
  readonly hand: boolean;
  /** The picture is paused because the path has room for sound alone: theirs, or one's own to somebody. */
  readonly paused: boolean;
  /** Null while nothing is known, and for oneself. */
  readonly quality: ConnectionQuality | null;
  readonly mismatch: CodecMismatch | null;
  /** Why there is no connection yet. */
  readonly obstacle: Obstacle | null;
}

/** Somebody else's tile. */
export const memberTile = (
  member: Member,
  guest: string,
  {
    hand = false,
    paused = false,
    quality = null,
  }: Partial<Pick<TileView, 'hand' | 'paused' | 'quality'>> = {},
): TileView => {
  const name = member.name || guest;
  const { session, stream, microphone, camera, status, mismatch, obstacle } = member;
  return {
    session,
    name,
    label: name,
    own: false,
    stream,
    microphone,
    camera,
    status,
    hand,
    paused,
    quality,
    mismatch,
    obstacle,
  };
};

/** The one or two letters that stand for somebody without a picture. */
export const initials = (name: string): string => {
  const words = name.trim().split(/\s+/u);
  const letters = [words[0], words.length > 1 ? words[words.length - 1] : undefined];
  return letters.map((word) => [...(word ?? '')][0]?.toLocaleUpperCase() ?? '').join('');
};
