import { inject } from '@angular/core';

import { Acquaintances } from './acquaintances';
import { KnownLobbies } from './known-lobbies';
import { People } from './people';

/** What forgetting a lobby has removed can be put back until the page is closed. */
export interface ForgottenLobby {
  readonly code: string;
  readonly name: string;
  undo(): void;
}

/**
 * Deletes everything that this device keeps about a lobby: its entry in the list, its favourites, calls and blocked people. If the person
 * is visible there, they no longer are.
 */
export const injectForgetLobby = (): ((code: string) => ForgottenLobby) => {
  const known = inject(KnownLobbies);
  const acquaintances = inject(Acquaintances);
  const people = inject(People);
  return (code) => {
    const visibility = people.visibility();
    const visible = visibility?.code === code ? visibility : null;
    if (visible) people.disappear();
    const lobby = known.remove(code);
    const putBack = acquaintances.forget(code);
    return {
      code,
      name: lobby?.name ?? '',
      undo: () => {
        if (lobby) known.restore(lobby);
        void putBack.then((undo) => undo());
        // A person who has gone online elsewhere in the meantime stays there.
        if (!visible || people.visibility() !== null) return;
        people.appear(code, visible.name);
        if (visible.doNotDisturb) people.setDoNotDisturb(true);
      },
    };
  };
};
