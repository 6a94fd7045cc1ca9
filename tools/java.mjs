import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';

import { Refusal } from './project.mjs';

/** Oldest Java that can run the Firestore emulator's classes (class file version 55). */
const oldest = 11;

const remedy =
  'The Firestore emulator needs it. Install a Java runtime, for example\n' +
  '  Debian, Ubuntu:  sudo apt-get install default-jre-headless\n' +
  '  Fedora:          sudo dnf install java-latest-openjdk-headless\n' +
  '  macOS:           brew install openjdk\n' +
  '  others:          https://adoptium.net/\n' +
  'and check that "java -version" works, or set JAVA_HOME.';

/**
 * Java's major version, parsed from the output of `java -version`.
 *
 * @param {string} text
 * @returns {number | undefined}
 */
export function javaVersion(text) {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(text) ?? [];
  // Versions up to Java 8 called themselves 1.8 and so on.
  return first === undefined ? undefined : Number(first === '1' ? (second ?? 1) : first);
}

/**
 * An environment in which `java` can run the emulator.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {NodeJS.ProcessEnv}
 */
export function withJava(env = process.env) {
  const home = env['JAVA_HOME'];
  const places = home ? [`${join(home, 'bin')}${delimiter}${env['PATH'] ?? ''}`, env['PATH']] : [env['PATH']];
  /** @type {number | undefined} */
  let found;
  for (const PATH of places) {
    const { stderr } = spawnSync('java', ['-version'], { env: { ...env, PATH }, encoding: 'utf8' });
    found = javaVersion(stderr ?? '') ?? found;
    if (found !== undefined && found >= oldest) return { ...env, PATH };
  }
  throw new Refusal(
    found === undefined
      ? `Java was not found. ${remedy}`
      : `Java ${oldest} or newer is needed, and this is Java ${found}. ${remedy}`,
  );
}
