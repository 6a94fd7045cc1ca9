import { mint } from '../../tools/ice-servers.mjs';
import { publish, withdraw } from '../../tools/ice-publish.mjs';
import { firestorePort, projectId } from '../support/environment';
import warmUp from '../support/warm-up';
import { relayUrls, SECRET, stunUrls } from './lab';
import { forgetRows, writeTable } from './table';

export const HOUR = 3_600_000;

/** The lab's servers, with credentials that are valid for `ttl` ms. */
export const servers = (ttl = HOUR, secret = SECRET) =>
  mint({ secret, urls: [...stunUrls(1), ...relayUrls(1), ...relayUrls(2)], ttl, now: Date.now() });

/** The lab's servers without its relays. */
export const noRelays = () => mint({ urls: stunUrls(1), ttl: HOUR, now: Date.now() });

/** Publishes the lab's servers on the site while tests run. */
export default async function name(): Promise<() => Promise<void>> {
  await warmUp();
  const site = { host: `127.0.0.1:${firestorePort}`, project: await projectId() };
  forgetRows();
  await publish({ ...site, document: servers() });
  return async () => {
    await withdraw(site);
    writeTable();
  };
}
