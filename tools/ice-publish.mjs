import { commit, nameOf } from './firestore-admin.mjs';

/** @typedef {import('./firestore-admin.mjs').Target} Target */

const PATH = 'config/ice';

/**
 * Replaces the whole document `config/ice`, bypassing the security rules.
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
 * Deletes `config/ice`, so that clients use the servers of their build. Does nothing if the document is missing.
 *
 * @param {Target} target
 * @returns {Promise<Date>} the time of the commit
 */
export const withdraw = (target) => commit(target, PATH, [{ delete: nameOf(target, PATH) }]);
