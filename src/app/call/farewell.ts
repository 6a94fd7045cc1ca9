import type { Farewell } from '../signaling/call-signaling';
import { SEATS } from './call-size';
import { candidates } from './host';
import type { Roster } from './roster';

/** What a farewell depends on. */
type Known = Pick<Roster, 'self' | 'seats' | 'left' | 'seated' | 'call' | 'waiting' | 'turnedAway'>;

/**
 * What a member's farewell does besides giving up the seat. The last one deletes the call. But a host who may only be
 * reloading the page keeps what they have set: a new call would let everyone in.
 *
 * @param forGood this is no reload: a host hands the role on, and a person who was admitted must knock again
 * @param now the server's clock, in ms since the epoch
 */
export function farewellOf(
  { self, seats, left, seated, call, waiting, turnedAway }: Known,
  uid: string,
  forGood: boolean,
  now: number,
): Farewell {
  // A member who said `bye` a moment ago has left, even if the seat isn't known to be free yet.
  const others = candidates({ seats, away: left }, now).filter(({ session }) => session !== self);
  // The same person may be in the call from a second window.
  const second = others.find((seat) => seat.uid === uid);
  const isHost = call?.host === uid;
  // A host who came back may not know yet who was refused.
  const isPlain =
    seated?.created === true &&
    call?.door === 'open' &&
    call.seats === SEATS &&
    waiting.length === 0 &&
    turnedAway.length === 0;
  return {
    last: seated !== null && others.length === 0 && (forGood || !isHost || isPlain),
    successor: forGood && isHost ? (second ?? others[0] ?? null) : null,
    admission: forGood && seated !== null && call?.door !== 'open' && second === undefined,
  };
}
