import type { Favourite, PastRing } from '../../people/acquaintances';
import type { LobbyState, OutgoingRing, Person } from '../../people/people';

/** A person who can be rung into the call, or a favourite who can't because they aren't online. */
export interface Addable {
  readonly lobby: string;
  readonly uid: string;
  /** Empty if it fails to decrypt. */
  readonly name: string;
  readonly availability: Person['availability'] | 'offline';
  readonly favourite: boolean;
  /** The ring to them into this call. */
  readonly ring: OutgoingRing | null;
}

/** What is known about the people of some lobbies. */
export interface Known {
  /** State of each lobby, by code. */
  readonly lobbies: ReadonlyMap<string, LobbyState>;
  readonly favourites: readonly Favourite[];
  readonly history: readonly PastRing[];
  readonly blocked: readonly Favourite[];
  readonly rings: readonly OutgoingRing[];
}

const key = ({ lobby, uid }: Pick<Favourite, 'lobby' | 'uid'>): string => `${lobby} ${uid}`;

/** Whom a person may want in their call: favourites first, then people of recent rings, then the others, those online first. */
export const addable = ({ lobbies, favourites, history, blocked, rings }: Known): readonly Addable[] => {
  const favoured = new Set(favourites.map(key));
  const recent = new Set(history.map(key));
  const unwanted = new Set(blocked.map(key));
  const online = [...lobbies].flatMap(([lobby, state]) =>
    state.phase === 'open' ? state.people.map((person) => ({ ...person, lobby })) : [],
  );
  const here = new Set(online.map(key));
  // Only a list that is complete says that a person isn't there.
  const offline = favourites
    .filter((one) => lobbies.get(one.lobby)?.phase === 'open' && !here.has(key(one)))
    .map((one) => ({ ...one, availability: 'offline' as const }));
  const rank = (one: Pick<Addable, 'lobby' | 'uid' | 'availability'>): number =>
    (one.availability === 'offline' ? 3 : 0) + (favoured.has(key(one)) ? 0 : recent.has(key(one)) ? 1 : 2);
  return [...online, ...offline]
    .filter((one) => !unwanted.has(key(one)))
    .map(({ lobby, uid, name, availability }) => ({
      lobby,
      uid,
      name,
      availability,
      favourite: favoured.has(key({ lobby, uid })),
      ring: rings.find((ring) => ring.lobby === lobby && ring.to.uid === uid) ?? null,
    }))
    .toSorted((one, other) => rank(one) - rank(other));
};
