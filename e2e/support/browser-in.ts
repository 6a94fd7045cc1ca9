import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a program that runs a browser in a network namespace, for `executablePath`. Returns its path in the folder. */
export function browserIn(namespace: string, program: string, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const script = join(folder, `browser-${namespace}`);
  writeFileSync(script, `#!/bin/sh\nexec ip netns exec ${namespace} "${program}" "$@"\n`);
  chmodSync(script, 0o755);
  return script;
}
