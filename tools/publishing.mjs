import { parseArgs } from 'node:util';

import { accessToken, credentialsIn } from './google-token.mjs';
import { Refusal } from './project.mjs';

/*
 * Shared by the commands that publish a document of the deployment, bypassing the security rules: npm run ice, npm run
 * lobby.
 */

/** Options of all these commands, for `parseArgs`. */
export const publishingOptions = /** @type {const} */ ({
  project: { type: 'string' },
  emulator: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  clear: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
});

/**
 * Parses a command line. Unknown options are refused with the usage.
 *
 * @template {NonNullable<import('node:util').ParseArgsConfig['options']>} O
 * @param {string[]} args
 * @param {O} options
 * @param {string} usage
 */
export function readOptions(args, options, usage) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    const { code, message } = Object(error);
    // An argument without an option may be a secret, so it is not repeated.
    const what = code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL' ? 'Every value needs an option.' : message;
    throw new Refusal(`${what}\n${usage}`);
  }
}

/**
 * Where to publish to.
 *
 * @typedef {{ host?: string, project: string }} Place `host` is the emulator's
 * @param {{ project?: string | undefined, emulator?: string | undefined }} given by options
 * @param {NodeJS.ProcessEnv} env
 * @param {string | undefined} noted the project chosen by `npx firebase use --add`
 * @param {string} command as it is typed, for what to do when there is no project
 * @param {string} command as the user types it, for the message when there is no project
 */
export function placeFor({ project, emulator }, env, noted, command) {
  const host = emulatorAt(emulator, env);
  return {
    project: projectFor(project ?? (host ? 'demo-parley' : noted), env, command),
    ...(host === undefined ? {} : { host }),
  };
}

/** @param {string | undefined} option @param {NodeJS.ProcessEnv} env */
function emulatorAt(option, env) {
  const host = option ?? env['FIRESTORE_EMULATOR_HOST'];
  if (!host) return undefined;
  const [, port] = /^(?:[\w.-]+|\[[\da-f:.]+\]):(\d{1,5})$/i.exec(host) ?? [];
  if (Number(port) >= 1 && Number(port) <= 65_535) return host;
  const from = option === undefined ? 'FIRESTORE_EMULATOR_HOST' : '--emulator';
  throw new Refusal(`${from} ${host}: write host and port, for example 127.0.0.1:8080.`);
}

/** @param {string | undefined} wanted @param {NodeJS.ProcessEnv} env @param {string} command */
function projectFor(wanted, env, command) {
  const project = wanted ?? credentialsIn(env)?.project_id ?? '';
  if (/^[a-z][a-z\d-]{3,28}[a-z\d]$/.test(project)) return project;
  throw new Refusal(
    project
      ? `--project ${project}: a project id has 6 to 30 lower-case letters, digits and dashes, for example parley-1234.`
      : 'No Firebase project is set. Run either\n' +
          `  ${command} -- --project <project id> …        once, or\n` +
          '  npx firebase use --add                         for good.',
  );
}

/**
 * Adds the credentials that writing there needs.
 *
 * @param {Place} place
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<import('./firestore-admin.mjs').Target>}
 */
export const targetAt = async ({ project, host }, env) =>
  host ? { project, host } : { project, token: await accessToken(env, Date.now()) };

/** The document, as messages name it. @param {string} path of the document @param {Place} place */
export const described = (path, { project, host }) =>
  `${path} of ${project}${host ? ` on the emulator at ${host}` : ''}`;
