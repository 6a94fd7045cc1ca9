import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';

import { listen } from './listen';
import type { PageFiles } from './page-files';

/** The app and the benchmark's own pages, on one origin. */
export interface Site {
  /** Without a trailing slash. */
  readonly url: string;
  close(): void;
}

/** Addresses of the emulators: Hosting's URL, and loopback ports. */
export interface Emulators {
  readonly hosting: URL;
  readonly auth: number;
  readonly firestore: number;
}

/**
 * Serves the benchmark's pages, and forwards all other paths to Hosting. Firestore's port is replaced in
 * `/emulators.json`, where the app looks it up, and in the policy that says where the page may connect.
 *
 * @param reachedBy the port at which pages reach Firestore
 */
export async function site(emulators: Emulators, reachedBy: number, files: PageFiles): Promise<Site> {
  const own: PageFiles = new Map([
    ...files,
    [
      '/emulators.json',
      {
        type: 'application/json',
        body: JSON.stringify({ auth: { port: emulators.auth }, firestore: { port: reachedBy } }),
      },
    ],
  ]);
  const server = createServer((asked, answer) => {
    const file = own.get(new URL(asked.url ?? '/', emulators.hosting).pathname);
    if (file) {
      answer.writeHead(200, { 'Content-Type': file.type, 'Cache-Control': 'no-cache' }).end(file.body);
    } else {
      relay(asked, answer, emulators, reachedBy);
    }
  });
  const port = await listen(server);
  return {
    url: `http://localhost:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function relay(
  asked: IncomingMessage,
  answer: ServerResponse,
  { hosting, firestore }: Emulators,
  reachedBy: number,
): void {
  const { url: path, method } = asked;
  const relayed = request(
    {
      host: '127.0.0.1',
      port: hosting.port,
      path,
      method,
      headers: { ...asked.headers, host: hosting.host },
    },
    (found) => {
      const headers = { ...found.headers };
      const policy = headers['content-security-policy'];
      if (policy !== undefined) {
        headers['content-security-policy'] = String(policy).replaceAll(`:${firestore}`, `:${reachedBy}`);
      }
      answer.writeHead(found.statusCode ?? 502, headers);
      found.pipe(answer);
    },
  );
  relayed.once('error', () => answer.destroy());
  asked.pipe(relayed);
}
