import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Absolute path of a file in the checkout. @param {...string} parts */
export const inProject = (...parts) => join(root, ...parts);

/** Absolute path in the ignored folder for files that the tools create at run time. @param {...string} parts */
export function inState(...parts) {
  mkdirSync(inProject('.parley'), { recursive: true });
  return inProject('.parley', ...parts);
}

/** A problem that the user can fix: the message says what is wrong and what to do. */
export class Refusal extends Error {}

/** Prints a line of progress. @param {string} line */
export const say = (line) => void process.stdout.write(`${line}\n`);

/** Path of a program that comes with the dependencies. @param {string} script path in node_modules */
export const installed = (script) => inProject('node_modules', script);

/** The project chosen by `npx firebase use --add`. @returns {string | undefined} */
export function defaultProject() {
  const file = inProject('.firebaserc');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).projects?.default : undefined;
}
