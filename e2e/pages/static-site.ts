import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

import { emulatorConfig, type FirebaseConfig } from '../../tools/emulator-config.mjs';
import { authPort, baseURL, firestorePort } from '../support/environment';

const root = join(import.meta.dirname, '../..');

/**
 * gzip level at which transfers are measured and served. That of Firebase Hosting is not documented; 6 is zlib's default.
 */
export const gzipLevel = 6;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
};
const compressible = /^(?:text|application)\/|svg/;

/** The production build, served like Hosting: with the headers and rewrites of firebase.json, and compressed. */
export class StaticSite {
  private readonly server = createServer((request, response) => void this.serve(request, response));

  private constructor(
    private files: ReadonlyMap<string, Buffer>,
    private readonly hosting: FirebaseConfig['hosting'],
  ) {}

  /** Serves `dist`, with the emulators named in the environment. */
  static async open(): Promise<StaticSite> {
    const production = JSON.parse(readFileSync(join(root, 'firebase.json'), 'utf8')) as FirebaseConfig;
    const ports = { hosting: 0, auth: authPort, firestore: firestorePort, hub: 0, websocket: 0, logging: 0 };
    const { hosting } = emulatorConfig(production, { host: '127.0.0.1', ports, site: 'dist' });
    const site = new StaticSite(built(), hosting);
    await new Promise<void>((resolve) => site.server.listen(0, '127.0.0.1', resolve));
    return site;
  }

  get origin(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** Replaces files of the site, as a new deployment does. */
  publish(changed: Readonly<Record<string, string>>): void {
    this.files = new Map([
      ...this.files,
      ...Object.entries(changed).map(([path, text]) => [path, Buffer.from(text)] as const),
    ]);
  }

  /** The text of a file, by its path on the site. */
  text(path: string): string {
    const file = this.files.get(path);
    if (!file) throw new Error(`The build has no ${path}.`);
    return file.toString();
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async serve({ url = '/', headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(url, this.origin);
    if (pathname.startsWith('/__/') || pathname === '/emulators.json') return forward(pathname, response);
    // firebase.json rewrites every path without a dot to index.html.
    const path = pathname.includes('.') ? pathname : '/index.html';
    const file = this.files.get(path);
    const type = types[extname(path)] ?? 'application/octet-stream';
    for (const { key, value } of headersFor(this.hosting, pathname)) response.setHeader(key, value);
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    const zip = compressible.test(type) && /\bgzip\b/.test(String(headers['accept-encoding']));
    if (zip) response.setHeader('Content-Encoding', 'gzip');
    response.writeHead(200, { 'Content-Type': type, Vary: 'Accept-Encoding' });
    response.end(zip ? gzipSync(file, { level: gzipLevel }) : file);
  }
}

/** All files of the build, by path on the site. */
export function built(): ReadonlyMap<string, Buffer> {
  const folder = join(root, 'dist');
  return new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile())
      .map((path) => [`/${relative(folder, path)}`, readFileSync(path)]),
  );
}

/** Forwards what only Hosting has: the project's configuration, and the ports of the emulators. */
async function forward(path: string, response: ServerResponse): Promise<void> {
  const answer = await fetch(`${baseURL}${path}`).catch(() => null);
  if (!answer) {
    response.writeHead(502).end();
    return;
  }
  response.writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? 'text/plain' });
  response.end(Buffer.from(await answer.arrayBuffer()));
}

/** The headers for a path. As on Hosting, each matching source adds its own. */
const headersFor = ({ headers }: FirebaseConfig['hosting'], path: string) =>
  headers.filter(({ source }) => matches(source, path)).flatMap((rule) => rule.headers);

/** Matches the kinds of globs that our firebase.json uses: `**`, `*`, a character class, and `!` at the front. */
export function matches(glob: string, path: string): boolean {
  if (glob.startsWith('!')) return !matches(glob.slice(1), path);
  const pattern = glob.replace(/\*\*\/?|\*|\[[^\]]*\]|[^*[]+/g, (part) => {
    if (part.startsWith('**')) return '(?:.*/)?' + (part.endsWith('/') ? '' : '[^/]*');
    if (part === '*') return '[^/]*';
    return part.startsWith('[') ? part : part.replace(/[\\^$.|?+(){}\]]/g, '\\$&');
  });
  return new RegExp(`^/?${pattern}$`).test(path);
}
