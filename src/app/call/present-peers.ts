import type { Sessions } from '../links/departures';
import type { LinkState } from '../links/link';
import { type Peer, peerOver } from '../wire/peers';
import type { Member } from './call-state';

/** The members and links at one moment, and the sessions that are no longer in the call. */
export interface Present {
  readonly members: readonly Member[];
  readonly links: readonly LinkState[];
  readonly gone: Sessions;
}

export const NOBODY: Present = { members: [], links: [], gone: new Set() };

/** The members with a link now. A peer that has not changed stays the same object. */
export function peersOf(before: readonly Peer[], { members, links }: Present): readonly Peer[] {
  return members.flatMap(({ session, name }) => {
    const link = links.find((candidate) => candidate.session === session);
    if (!link) return [];
    const same = before.find((peer) => peer.link === link.id && peer.session === session);
    if (!same) return [peerOver(link, session, name)];
    return [same.name === name ? same : { ...same, name }];
  });
}
