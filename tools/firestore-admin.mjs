import { Refusal } from './project.mjs';

/** In ms. Firestore usually responds within one second. */
const LIMIT = 20_000;

/**
 * @typedef {object} Target
 * @property {string} [host] the emulator's `host:port`; without it, Firestore itself
 * @property {string} project
 * @property {string} [token] a Google access token; the emulator needs none
 */

/**
 * Full name of a document, as Firestore's REST API expects it.
 *
 * @param {Pick<Target, 'project'>} target
 * @param {string} path below the database's root
 */
export const nameOf = ({ project }, path) => `projects/${project}/databases/(default)/documents/${path}`;

/**
 * Commits writes atomically, bypassing the security rules (Firestore's REST reference, `documents:commit`).
 *
 * @param {Target} target
 * @param {string} what path of the document, for error messages
 * @param {readonly object[]} writes
 * @returns {Promise<Date>} the time of the commit, by Firestore's clock
 */
export async function commit(target, what, writes) {
  const { host, project, token = 'owner' } = target;
  const base = host ? `http://${host}` : 'https://firestore.googleapis.com';
  let status;
  let answer;
  try {
    const response = await fetch(`${base}/v1/projects/${project}/databases/(default)/documents:commit`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ writes }),
      signal: AbortSignal.timeout(LIMIT),
    });
    status = response.status;
    answer = /** @type {unknown} */ (JSON.parse(await response.text()));
  } catch (error) {
    throw unreachable(host, error);
  }
  const { commitTime, error } = Object(answer);
  if (status !== 200) throw refused(target, what, status, String(Object(error).message ?? 'no reason given'));
  return new Date(commitTime);
}

/** @param {string | undefined} host @param {unknown} error */
function unreachable(host, error) {
  const { message, cause } = Object(error);
  const why = String(Object(cause).code ?? Object(cause).message ?? message);
  return new Refusal(
    host
      ? `No Firestore emulator responds at ${host} (${why}).\n` +
          'Start it with npm start and pass its address: --emulator 127.0.0.1:8080'
      : `Firestore can't be reached (${why}). Check that this machine can connect to firestore.googleapis.com.`,
  );
}

/** @param {Target} target @param {string} what @param {number} status @param {string} message */
function refused({ project }, what, status, message) {
  /** @type {Record<number, string>} */
  const remedies = {
    401: 'The credentials are invalid or expired. Create a new key, or log in again: gcloud auth login',
    403:
      `Give the account the role "Cloud Datastore User" (roles/datastore.user) in the project ${project}:\n` +
      `  gcloud projects add-iam-policy-binding ${project} --role roles/datastore.user --member serviceAccount:<its address>`,
    404: `Check the project id, and that Firestore is enabled in the project: https://console.firebase.google.com/project/${project}/firestore`,
  };
  const remedy = remedies[status];
  return new Refusal(
    `Firestore refused to write ${what} of ${project}: ${status}, ${message}${remedy ? `\n${remedy}` : ''}`,
  );
}
