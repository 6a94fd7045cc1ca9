import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Absolute path of something in the checkout. @param {...string} parts */
export const inProject = (...parts) => join(root, ...parts);

/** Absolute path in the ignored folder that holds what the tools make at run time. @param {...string} parts */
export function inState(...parts) {
  mkdirSync(inProject('.parley'), { recursive: true });
  return inProject('.parley', ...parts);
}

/** Something is missing that the person at the keyboard can put right: the message says what and how. */
export class Refusal extends Error {}

/** Prints one line of progress. @param {string} line */
export const say = (line) => void process.stdout.write(`${line}\n`);

/** The command line of a program that comes with the dependencies. @param {string} script path in node_modules */
export const installed = (script) => inProject('node_modules', script);

/** The project that `npx firebase use --add` has noted. @returns {string | undefined} */
export function defaultProject() {
  const file = inProject('.firebaserc');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).projects?.default : undefined;
}
