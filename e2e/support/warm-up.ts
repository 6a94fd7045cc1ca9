import { newCode } from '../../tools/lobby-code.mjs';
import { publishLobby } from '../../tools/lobby-publish.mjs';
import { firestorePort, projectId } from './environment';
import { Database, text, timestamp } from './firestore';

/**
 * Makes the emulators do once what a call needs from them first. The first time takes seconds, and on a busy machine
 * longer than a test waits. Also gives the site a public lobby, as `npm start` does.
 */
export default async function warmUp(): Promise<void> {
  const { database } = await Database.asStranger();
  // No client may write this document; the emulator has to evaluate the rules to find that out.
  const fields = { createdBy: text('nobody'), createdAt: timestamp(Date.now()) };
  const status = await database.commit([{ name: 'calls/00000000000000000000000000', fields }]);
  if (status !== 403) throw new Error(`The rules allowed an invalid call to be written: HTTP ${status}.`);
  const target = { host: `127.0.0.1:${firestorePort}`, project: await projectId() };
  await publishLobby({ ...target, code: newCode(), now: Date.now() });
}
