import type { LinkState } from '../links/link';
import type { Peer } from '../wire/peers';
import type { Member } from './call-state';

/** The members and links at one moment. */
export interface Present {
  readonly members: readonly Member[];
  readonly links: readonly LinkState[];
}

export const NOBODY: Present = { members: [], links: [] };

/** The members with a link now. A peer that has not changed stays the same object. */
export function peersOf(before: readonly Peer[], { members, links }: Present): readonly Peer[] {
  return members.flatMap(({ session, name }) => {
    const link = links.find((candidate) => candidate.session === session);
    if (!link) return [];
    const { control, connection, heard$ } = link;
    const same = before.find((peer) => peer.control === control && peer.name === name);
    return [same ?? { session, name, control, connection, heard$ }];
  });
}
