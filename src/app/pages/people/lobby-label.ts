import { inject } from '@angular/core';

import { injectTexts } from '../../i18n/i18n';
import { peopleTexts } from '../../i18n/people';
import { KnownLobbies } from '../../people/known-lobbies';

/** The person's name for a lobby. Without one, the first group of its code tells it from others. Reads signals. */
export const injectLobbyLabel = (): ((code: string) => string) => {
  const t = injectTexts(peopleTexts);
  const known = inject(KnownLobbies);
  return (code) => known.nameOf(code) || t('lobbies.unnamed', { start: code.slice(0, 4) });
};
