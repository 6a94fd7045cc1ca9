import { createServer } from 'node:http';

/** @typedef {{ method?: string, url?: string, headers: import('node:http').IncomingHttpHeaders, body: string }} Seen */

/**
 * Runs a function beside a server on loopback that replaces one of Google's and records its requests.
 *
 * @param {number} status
 * @param {unknown} answer sent as JSON; strings are sent as they are
 * @param {(host: string, seen: Seen[]) => Promise<unknown>} use
 */
export async function beside(status, answer, use) {
  /** @type {Seen[]} */
  const seen = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const { method, url, headers } = request;
      seen.push({ ...(method ? { method } : {}), ...(url ? { url } : {}), headers, body });
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  try {
    await use(`127.0.0.1:${port}`, seen);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
