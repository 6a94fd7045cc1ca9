import { newCode, parseCode } from './lobby-code.mjs';
import { STANDS, lobbyDocuments, publishLobby, withdrawLobby } from './lobby-publish.mjs';
import { Refusal, defaultProject, say } from './project.mjs';
import { described, placeFor, publishingOptions, readOptions, targetAt } from './publishing.mjs';

const usage = `Usage: npm run lobby -- [options]
  Gives the site a public lobby, shown to everyone on its start page. Devices check for a change every 12 hours.
  --code <code>           the lobby's code, for example abcd-efgh-jkmn-pqrs (a new code)
  --project <id>          Firebase project (that of "npx firebase use" or of the service account)
  --emulator <host:port>  publish to this Firestore emulator (FIRESTORE_EMULATOR_HOST)
  --dry-run               only print what would be published
  --clear                 remove the public lobby from the start page`;

const known = /** @type {const} */ ({ ...publishingOptions, code: { type: 'string' } });

/**
 * @typedef {object} LobbyOptions
 * @property {string} [code] absent with `clear`
 * @property {string} [host] of the emulator
 * @property {string} project
 * @property {boolean} dryRun
 * @property {boolean} clear
 */

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [noted] the project chosen by `npx firebase use --add`
 * @returns {LobbyOptions | 'help'}
 */
export function parseLobby(args, env, noted) {
  const values = readOptions(args, known, usage);
  if (values.help) return 'help';
  const { code, clear, 'dry-run': dryRun } = values;
  if (clear && code !== undefined)
    throw new Refusal('--clear removes the present public lobby. Leave out --code.');
  const wanted = clear ? {} : { code: code === undefined ? newCode() : parseCode(code) };
  return {
    ...placeFor(values, env, noted, 'npm run lobby'),
    ...wanted,
    dryRun,
    clear,
  };
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @param {(line: string) => void} [print]
 */
export async function lobby(args, env = process.env, print = say) {
  const options = parseLobby(args, env, defaultProject());
  if (options === 'help') return print(usage);
  const { code, dryRun } = options;
  const where = described('config/lobby', options);
  const now = Date.now();

  if (code === undefined) {
    if (dryRun) return print(`Would delete ${where}.`);
    await withdrawLobby(await targetAt(options, env));
    return print(
      `Deleted ${where}. The start page shows no lobby; people who have its code can still open it.`,
    );
  }

  if (dryRun) {
    const documents = Object.entries(lobbyDocuments({ code, now }));
    return print(
      [
        `Would publish in ${options.project}:`,
        ...documents.map(([path, it]) => `${path} ${JSON.stringify(it)}`),
      ].join('\n'),
    );
  }
  const committed = await publishLobby({ ...(await targetAt(options, env)), code, now });
  const until = new Date(committed.getTime() + STANDS).toISOString().slice(0, 10);
  print(`Published the lobby ${code} in ${where}. It exists until ${until}, and longer if people visit it.`);
}
