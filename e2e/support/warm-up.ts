import { newCode } from '../../tools/lobby-code.mjs';
import { publishLobby } from '../../tools/lobby-publish.mjs';
import { firestorePort, projectId } from './environment';
import { Database, text, timestamp } from './firestore';

/**
 * Asks the emulators for what a call asks of them first: until they have done it once they take seconds, on a busy machine
 * more than a test waits for anything. And gives the site a public lobby, as `npm start` does.
 */
export default async function warmUp(): Promise<void> {
  const { database } = await Database.asStranger();
  // Nobody may: that is for the rules to find out.
  const fields = { createdBy: text('nobody'), createdAt: timestamp(Date.now()) };
  const status = await database.commit([{ name: 'calls/00000000000000000000000000', fields }]);
  if (status !== 403) throw new Error(`The rules let somebody write what is no call: HTTP ${status}.`);
  const target = { host: `127.0.0.1:${firestorePort}`, project: await projectId() };
  await publishLobby({ ...target, code: newCode(), now: Date.now() });
}
