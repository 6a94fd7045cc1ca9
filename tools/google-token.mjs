import { execFileSync } from 'node:child_process';
import { createSign } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { Refusal } from './project.mjs';

/*
 * Gets a Google access token from the credentials on this machine, in the order of Google's own libraries (application
 * default credentials). Written out here so that publishing from cron needs only a checkout and Node, without any
 * packages.
 */

const TOKEN_ENDPOINT = 'https://oauth2.googleapis.com/token';
/** The only scope that writing to Firestore needs. */
const SCOPE = 'https://www.googleapis.com/auth/datastore';
/** In ms. */
const LIMIT = 20_000;

const none =
  'Publishing needs credentials for the project. Use one of:\n' +
  '  export GOOGLE_APPLICATION_CREDENTIALS=<key file of a service account>    for cron (deploy/coturn/README.md),\n' +
  '  gcloud auth application-default login                                    for interactive use, or\n' +
  '  --emulator 127.0.0.1:8080                                                for the emulator, which needs none.';

/**
 * @typedef {object} Credentials a service account's key file, or the file that `gcloud auth application-default login` writes
 * @property {string} [type]
 * @property {string} [project_id]
 * @property {string} [client_email]
 * @property {string} [private_key]
 * @property {string} [token_uri]
 * @property {string} [client_id]
 * @property {string} [client_secret]
 * @property {string} [refresh_token]
 */

/**
 * Reads the credentials file, if there is one.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Credentials | undefined}
 */
export function credentialsIn(env) {
  const given = env['GOOGLE_APPLICATION_CREDENTIALS'];
  const folder = env['CLOUDSDK_CONFIG'] ?? join(env['HOME'] ?? homedir(), '.config', 'gcloud');
  const file = given ?? join(folder, 'application_default_credentials.json');
  if (!existsSync(file)) {
    if (!given) return undefined;
    throw new Refusal(
      `GOOGLE_APPLICATION_CREDENTIALS is set to ${given}, but there is no such file. Correct the variable or unset it.`,
    );
  }
  try {
    return Object(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new Refusal(`${file} can't be read as JSON. Use the key file of a service account, unchanged.`);
  }
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {number} now ms since the epoch
 * @returns {Promise<string>}
 */
export async function accessToken(env, now) {
  const given = env['GOOGLE_OAUTH_ACCESS_TOKEN'];
  if (given) return given;
  const credentials = credentialsIn(env);
  switch (credentials?.type) {
    case 'service_account':
      return await ask(credentials.token_uri ?? TOKEN_ENDPOINT, {
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion: assertion(credentials, now),
      });
    case 'authorized_user':
      return await ask(credentials.token_uri ?? TOKEN_ENDPOINT, {
        grant_type: 'refresh_token',
        client_id: credentials.client_id ?? '',
        client_secret: credentials.client_secret ?? '',
        refresh_token: credentials.refresh_token ?? '',
      });
    default:
      // Federated identities, for example, which gcloud knows how to exchange.
      return byGcloud(env, credentials ? ['auth', 'application-default'] : ['auth']);
  }
}

/**
 * A JWT about the account, signed with its key (RFC 7523, section 2.1).
 *
 * @param {Credentials} credentials
 * @param {number} now ms since the epoch
 */
function assertion({ client_email, private_key, token_uri = TOKEN_ENDPOINT }, now) {
  if (!client_email || !private_key) {
    throw new Refusal(
      'The key file has no client_email and private_key. Create a new key for the service account and use its file unchanged.',
    );
  }
  const issued = Math.floor(now / 1_000);
  const part = (/** @type {object} */ value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: client_email, scope: SCOPE, aud: token_uri, iat: issued, exp: issued + 3_600 };
  const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
  try {
    return `${text}.${createSign('RSA-SHA256').update(text).sign(private_key, 'base64url')}`;
  } catch {
    throw new Refusal(
      'The private_key in the key file is not a valid key. Use the file as you downloaded it from Google.',
    );
  }
}

/** @param {string} endpoint @param {Record<string, string>} form @returns {Promise<string>} */
async function ask(endpoint, form) {
  let status;
  let answer;
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      body: new URLSearchParams(form),
      signal: AbortSignal.timeout(LIMIT),
    });
    status = response.status;
    answer = /** @type {unknown} */ (JSON.parse(await response.text()));
  } catch (error) {
    const { message, cause } = Object(error);
    throw new Refusal(
      `Google's token endpoint can't be reached (${Object(cause).code ?? message}). Check the network connection.`,
    );
  }
  const { access_token, error, error_description } = Object(answer);
  if (status === 200 && typeof access_token === 'string') return access_token;
  throw new Refusal(
    `Google refused the credentials: ${status}, ${error_description ?? error ?? 'no reason given'}.\n` +
      'Check that the key is still valid and that the clock of this machine is right.',
  );
}

/** @param {NodeJS.ProcessEnv} env @param {string[]} command */
function byGcloud(env, command) {
  try {
    return execFileSync('gcloud', [...command, 'print-access-token'], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: LIMIT,
    }).trim();
  } catch {
    throw new Refusal(none);
  }
}
