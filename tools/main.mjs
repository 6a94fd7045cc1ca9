import { Refusal } from './project.mjs';
import { endAll, isEnding } from './processes.mjs';

/**
 * Runs a command to its end. A Refusal is printed as its message, any other error with its stack. Nothing that the
 * command started outlives it.
 *
 * @param {() => Promise<number | void>} command resolves with the exit code
 */
export async function main(command) {
  let code = 1;
  try {
    code = (await command()) ?? 0;
  } catch (error) {
    if (!isEnding()) console.error(error instanceof Refusal ? error.message : error);
  }
  // The signal's own handler ends the process, with its own exit code.
  if (isEnding()) return;
  await endAll();
  process.exit(code);
}
