import { spawnSync } from 'node:child_process';

import { ensureDependencies } from './dependencies.mjs';
import { ensureBuild } from './production-build.mjs';
import { Refusal, defaultProject, installed, root } from './project.mjs';

const firebase = installed('firebase-tools/lib/bin/firebase.js');

/**
 * Builds and deploys the site, the rules and the indexes.
 *
 * @param {string[]} args passed on to `firebase deploy`
 */
export async function deploy(args) {
  await ensureDependencies();
  requireProject(args);
  requireLogin(args);
  await ensureBuild();
  const only = has(args, '--only') ? [] : ['--only', 'hosting,firestore'];
  // It stays in our process group, so that it can ask questions on the terminal.
  const { status } = spawnSync(process.execPath, [firebase, 'deploy', ...only, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  return status ?? 1;
}

/** @param {string[]} args @param {...string} names */
const has = (args, ...names) =>
  args.some((argument) => names.some((name) => argument === name || argument.startsWith(`${name}=`)));

/** @param {string[]} args */
function requireProject(args) {
  if (has(args, '--project', '-P')) return;
  if (defaultProject()) return;
  throw new Refusal(
    'No Firebase project is set. Create one at https://console.firebase.google.com (with Anonymous sign-in and Firestore\n' +
      'turned on), then run either\n' +
      '  npm run deploy -- --project <project id>       once, or\n' +
      '  npx firebase use --add                         for good.',
  );
}

/** @param {string[]} args */
function requireLogin(args) {
  const { FIREBASE_TOKEN, GOOGLE_APPLICATION_CREDENTIALS } = process.env;
  if (FIREBASE_TOKEN || GOOGLE_APPLICATION_CREDENTIALS || has(args, '--token')) return;
  const { stdout } = spawnSync(process.execPath, [firebase, 'login:list', '--json'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (accounts(stdout) > 0) return;
  throw new Refusal(
    'You are not logged in to Firebase on this machine. Log in with\n' +
      '  npx firebase login\n' +
      'or set GOOGLE_APPLICATION_CREDENTIALS to the key file of a service account.',
  );
}

/** @param {string} output of `firebase login:list --json` @returns {number} number of accounts that are logged in */
export function accounts(output) {
  const start = output.indexOf('{');
  if (start < 0) return 0;
  const { result } = JSON.parse(output.slice(start));
  return Array.isArray(result) ? result.length : 0;
}
