import { commit, nameOf } from './firestore-admin.mjs';
import { idOf } from './lobby-code.mjs';

/** @typedef {import('./firestore-admin.mjs').Target} Target */

const PATH = 'config/lobby';

/** How long a lobby exists if no one opens it, in ms. Opening it extends this. */
export const STANDS = 90 * 24 * 60 * 60_000;

/** Value of `createdBy`, where clients write a uid. */
const PUBLISHER = 'publisher';

/**
 * The documents to write: the lobby itself, and `config/lobby`, which makes it public.
 *
 * @param {{ code: string, now: number }} options `now` in ms since the epoch
 */
export const lobbyDocuments = ({ code, now }) => ({
  [`lobbies/${idOf(code, 'parley/1/lobby-id')}`]: {
    createdBy: PUBLISHER,
    expiresAt: new Date(now + STANDS).toISOString(),
  },
  [PATH]: { code },
});

/**
 * Creates a lobby and publishes it as the public one, in one commit that bypasses the security rules. An existing lobby
 * keeps its people.
 *
 * @param {Target & { code: string, now: number }} options
 * @returns {Promise<Date>} the time of the commit, by Firestore's clock
 */
export const publishLobby = ({ code, now, ...target }) =>
  commit(
    target,
    PATH,
    Object.entries(lobbyDocuments({ code, now })).map(([path, fields]) => ({
      update: {
        name: nameOf(target, path),
        fields: Object.fromEntries(
          Object.entries(fields).map(([name, value]) => [
            name,
            name === 'expiresAt' ? { timestampValue: value } : { stringValue: value },
          ]),
        ),
      },
      updateTransforms: [
        { fieldPath: path === PATH ? 'updatedAt' : 'createdAt', setToServerValue: 'REQUEST_TIME' },
      ],
    })),
  );

/**
 * Deletes `config/lobby`, so that there is no public lobby. The lobby itself stays, for people who have its code. Does
 * nothing if no lobby is published.
 *
 * @param {Target} target
 * @returns {Promise<Date>} the time of the commit
 */
export const withdrawLobby = (target) => commit(target, PATH, [{ delete: nameOf(target, PATH) }]);
