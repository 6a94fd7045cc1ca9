import type { View } from './picture-messages';
import type { ShownSize } from './picture-size';

/** How the page shows one member. */
export interface ShownMember {
  /** The last size at which it showed them, in device pixels; null if it never did. */
  readonly size: ShownSize | null;
  readonly hidden: boolean;
}

/** What else decides whether a member's picture is needed. */
export interface Watching {
  /** The page or a small window can be seen. */
  readonly watched: boolean;
  /** The call is being recorded here, with every member. */
  readonly recorded: boolean;
  /** There is more than one other member. */
  readonly several: boolean;
}

/** The size at which a member is recorded whom the page doesn't show, in pixels. */
const RECORDED: ShownSize = { width: 640, height: 360 };
/** A size that makes senders who don't know `hidden` send as little as they can. */
const HIDDEN: View = { width: 1, height: 1, hidden: true };

/**
 * What to tell a member about how their picture is shown; null while there is nothing to tell. A recording needs the picture
 * in any case. A page that nobody sees does without it, except in a call of two: there it costs little, and a person who
 * looks again sees no still picture first.
 */
export function viewOf(
  shown: ShownMember | undefined,
  { watched, recorded, several }: Watching,
): View | null {
  const hidden = shown?.hidden === true || (several && !watched);
  if (hidden && !recorded) return HIDDEN;
  return shown?.size ?? (hidden ? RECORDED : null);
}

/** The sizes after a change; the same map when nothing changed. */
export function withMember(
  all: ReadonlyMap<string, ShownMember>,
  session: string,
  { size, hidden }: ShownMember,
): ReadonlyMap<string, ShownMember> {
  const before = all.get(session);
  const isSame =
    before?.hidden === hidden && before.size?.width === size?.width && before.size?.height === size?.height;
  return isSame ? all : new Map([...all, [session, { size, hidden }]]);
}
