import type { CodecMismatch, LinkStatus, Member } from '../../call/call-state';

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
  readonly mismatch: CodecMismatch | null;
}

/** Somebody else's tile. */
export const memberTile = (member: Member, guest: string, hand = false): TileView => {
  const name = member.name || guest;
  const { session, stream, microphone, camera, status, mismatch } = member;
  return { session, name, label: name, own: false, stream, microphone, camera, status, hand, mismatch };
};

/** The one or two letters that stand for somebody without a picture. */
export const initials = (name: string): string => {
  const words = name.trim().split(/\s+/u);
  const letters = [words[0], words.length > 1 ? words[words.length - 1] : undefined];
  return letters.map((word) => [...(word ?? '')][0]?.toLocaleUpperCase() ?? '').join('');
};
