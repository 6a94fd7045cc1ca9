import { newCode, parseCode } from './lobby-code.mjs';
import { STANDS, lobbyDocuments, publishLobby, withdrawLobby } from './lobby-publish.mjs';
import { Refusal, defaultProject, say } from './project.mjs';
import { described, placeFor, publishingOptions, readOptions, targetAt } from './publishing.mjs';

const usage = `Usage: npm run lobby -- [options]
  Gives the site a public lobby, which everybody sees on its start page. Devices look for another once in 12 hours.
  --code <code>           the lobby's code, as in abcd-efgh-jkmn-pqrs (a fresh one)
  --project <id>          Firebase project (the one of "npx firebase use", or of the service account)
  --emulator <host:port>  publish to the Firestore emulator there (FIRESTORE_EMULATOR_HOST)
  --dry-run               print what would be published
  --clear                 take it back: the start page shows no lobby`;

const known = /** @type {const} */ ({ ...publishingOptions, code: { type: 'string' } });

/**
 * @typedef {object} LobbyOptions
 * @property {string} [code] not there with `clear`
 * @property {string} [host] of the emulator
 * @property {string} project
 * @property {boolean} dryRun
 * @property {boolean} clear
 */

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [noted] the project that `npx firebase use --add` has noted
 * @returns {LobbyOptions | 'help'}
 */
export function parseLobby(args, env, noted) {
  const values = readOptions(args, known, usage);
  if (values.help) return 'help';
  const { code, clear, 'dry-run': dryRun } = values;
  if (clear && code !== undefined)
    throw new Refusal('--clear takes back whatever lobby there is. Leave out --code.');
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
    return print(`Deleted ${where}: the start page shows no lobby. Who has its code still finds it.`);
  }

  if (dryRun) {
    const documents = Object.entries(lobbyDocuments({ code, now }));
    return print(
      [
        `In ${options.project} would be`,
        ...documents.map(([path, it]) => `${path} ${JSON.stringify(it)}`),
      ].join('\n'),
    );
  }
  const committed = await publishLobby({ ...(await targetAt(options, env)), code, now });
  const until = new Date(committed.getTime() + STANDS).toISOString().slice(0, 10);
  print(`Published the lobby ${code} in ${where}. It stands until ${until}, and longer while it is visited.`);
}
