import { commit, nameOf } from './firestore-admin.mjs';

/** @typedef {import('./firestore-admin.mjs').Target} Target */

const PATH = 'config/ice';

/**
 * Writes `config/ice` as a whole, past the rules.
 *
 * @param {Target & { document: import('./ice-servers.mjs').IceDocument }} options
 * @returns {Promise<Date>} the time of the commit, by Firestore's clock
 */
export const publish = ({ document, ...target }) =>
  commit(target, PATH, [
    {
      update: {
        name: nameOf(target, PATH),
        fields: {
          servers: { stringValue: document.servers },
          validUntil: document.validUntil
            ? { timestampValue: document.validUntil.toISOString() }
            : { nullValue: null },
        },
      },
      updateTransforms: [{ fieldPath: 'updatedAt', setToServerValue: 'REQUEST_TIME' }],
    },
  ]);

/**
 * Deletes `config/ice`, so that the servers of the build are used. Where there is none that changes nothing.
 *
 * @param {Target} target
 * @returns {Promise<Date>} the time of the commit
 */
export const withdraw = (target) => commit(target, PATH, [{ delete: nameOf(target, PATH) }]);
