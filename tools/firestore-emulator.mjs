import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { launcherJar } from './launcher-jar.mjs';
import { Refusal, installed, inState, say } from './project.mjs';
import { run } from './processes.mjs';

const mainClass = 'com.google.cloud.datastore.emulator.firestore.CloudFirestore';
const packagedJar = 'platform/cloud-firestore-emulator/cloud-firestore-emulator.jar';
const variable = 'FIRESTORE_EMULATOR_BINARY_PATH';

const remedy =
  `The Firestore emulator is not installed and could not be downloaded. Either\n` +
  `  connect to the internet and try again (firebase-tools downloads it once), or\n` +
  `  install Google's package: sudo apt-get install google-cloud-cli-firestore-emulator\n` +
  `    (https://cloud.google.com/sdk/docs/install#deb), or\n` +
  `  set ${variable} to the path of its jar.`;

/**
 * Finds the Firestore emulator. If firebase-tools would not find it, its path is added to the environment.
 *
 * @param {NodeJS.ProcessEnv} env an environment with Java
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function withFirestoreEmulator(env) {
  const given = env[variable];
  if (given) {
    if (existsSync(given)) return env;
    throw new Refusal(
      `${variable} is set to ${given}, but there is no such file. Correct the variable or unset it.`,
    );
  }
  if (existsSync(cachedJar(env))) return env;
  const packaged = packageFolders(env)
    .map((folder) => join(folder, packagedJar))
    .find(existsSync);
  if (packaged) return { ...env, [variable]: launcherFor(packaged) };
  say('Downloading the Firestore emulator …');
  const download = await run(
    process.execPath,
    [installed('firebase-tools/lib/bin/firebase.js'), 'setup:emulators:firestore'],
    { cwd: inState(), env, stdio: 'ignore', limit: 600_000 },
  );
  if (download.code !== 0 || !existsSync(cachedJar(env))) throw new Refusal(remedy);
  return env;
}

/** Path of the emulator that firebase-tools downloads. @param {NodeJS.ProcessEnv} env */
function cachedJar(env) {
  const info = JSON.parse(
    readFileSync(installed('firebase-tools/lib/emulator/downloadableEmulatorInfo.json'), 'utf8'),
  );
  const folder = env['FIREBASE_EMULATORS_PATH'] || join(homedir(), '.cache', 'firebase', 'emulators');
  return join(folder, info.firestore.downloadPathRelativeToCacheDir);
}

/** Folders in which the Google Cloud CLI may be installed. @param {NodeJS.ProcessEnv} env */
const packageFolders = (env) => [
  ...(env['CLOUDSDK_ROOT_DIR'] ? [env['CLOUDSDK_ROOT_DIR']] : []),
  '/usr/lib/google-cloud-sdk',
  '/usr/share/google-cloud-sdk',
  '/usr/lib64/google-cloud-sdk',
  '/opt/google-cloud-sdk',
  join(homedir(), 'google-cloud-sdk'),
];

/** @param {string} jar @returns {string} path of a jar that `java -jar` can run */
function launcherFor(jar) {
  const path = inState('firestore-emulator.jar');
  const content = launcherJar(mainClass, pathToFileURL(jar));
  if (existsSync(path) && readFileSync(path).equals(content)) return path;
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, path);
  return path;
}
