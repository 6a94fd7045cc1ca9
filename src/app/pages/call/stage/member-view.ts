import type { CodecMismatch, LinkStatus, Member, Obstacle } from '../../../call/call-state';
import type { ConnectionQuality } from '../../../pictures/picture-flow';

/** How many of its viewers don't get a picture: `some` only of this member's own. */
export type PausedFor = 'none' | 'some' | 'all';

/** A member as tiles, lists and statistics show them: this member or another. */
export interface MemberView {
  readonly session: string;
  /** Never empty: a member without a name is shown as guest. */
  readonly name: string;
  /** Accessible name. */
  readonly label: string;
  readonly own: boolean;
  readonly stream: MediaStream | null;
  readonly microphone: boolean;
  readonly camera: boolean;
  /** There is a picture to show. */
  readonly pictured: boolean;
  readonly status: LinkStatus;
  /** Their hand is raised. */
  readonly hand: boolean;
  /** For whom the picture is paused, because the path has room for sound only. */
  readonly paused: PausedFor;
  /** Null while unknown, and for this member. */
  readonly quality: ConnectionQuality | null;
  readonly mismatch: CodecMismatch | null;
  /** Why there is no connection yet. */
  readonly obstacle: Obstacle | null;
}

/** What is shown of another member. */
export const memberView = (
  member: Member,
  guest: string,
  {
    hand = false,
    paused = 'none',
    quality = null,
  }: Partial<Pick<MemberView, 'hand' | 'paused' | 'quality'>> = {},
): MemberView => {
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
    pictured: camera && stream !== null && paused === 'none',
    status,
    hand,
    paused,
    quality,
    mismatch,
    obstacle,
  };
};

/** One or two initials, shown for a member without a picture. */
export const initials = (name: string): string => {
  const words = name.trim().split(/\s+/u);
  const letters = [words[0], words.length > 1 ? words[words.length - 1] : undefined];
  return letters.map((word) => [...(word ?? '')][0]?.toLocaleUpperCase() ?? '').join('');
};
