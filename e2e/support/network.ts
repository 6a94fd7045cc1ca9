import type { BrowserContext, Page, Request } from '@playwright/test';

import { authPort, firestorePort } from './environment';

const answer = (status: number, body: unknown) => ({
  status,
  contentType: 'application/json',
  headers: { 'Access-Control-Allow-Origin': '*' },
  body: JSON.stringify(body),
});

/** The site answers that it belongs to no Firebase project. */
export const withoutConfiguration = (context: BrowserContext) =>
  context.route('**/__/firebase/init.json', (route) => route.fulfill({ status: 404, body: 'Not found' }));

/** The site publishes these servers, but only to this browser. */
export const naming =
  ({ servers, validUntil }: { readonly servers: string; readonly validUntil: Date | null }) =>
  (context: BrowserContext) =>
    context.route('**/documents:batchGet', (route) => {
      if (!route.request().postData()?.includes('/config/ice')) return route.continue();
      const fields = {
        servers: { stringValue: servers },
        validUntil: validUntil ? { timestampValue: validUntil.toISOString() } : { nullValue: null },
      };
      return route.fulfill(answer(200, [{ found: { fields }, readTime: new Date().toISOString() }]));
    });

/** Anonymous sign-in is disabled in the project. */
export const withoutSignIn = (context: BrowserContext) =>
  context.route('**/accounts:signUp*', (route) =>
    route.fulfill(
      answer(400, { error: { code: 400, message: 'ADMIN_ONLY_OPERATION', errors: [{ reason: 'invalid' }] } }),
    ),
  );

/** Firestore refuses every commit that writes something, with this status. */
export const refusingCommits =
  (status: 'PERMISSION_DENIED' | 'RESOURCE_EXHAUSTED') => (context: BrowserContext) =>
    context.route('**/documents:commit', async (route) => {
      const { writes } = route.request().postDataJSON() as { writes: unknown[] };
      if (writes.length === 0) return route.continue();
      const code = status === 'PERMISSION_DENIED' ? 403 : 429;
      return route.fulfill(answer(code, { error: { code, message: 'Refused by the test.', status } }));
    });

const firebase = (url: URL) => [String(authPort), String(firestorePort)].includes(url.port);

/** Makes sign-in and database unreachable. Resolves to a function that undoes it. */
export async function cutFirebase(context: BrowserContext): Promise<() => Promise<void>> {
  await context.route(firebase, (route) => route.abort('internetdisconnected'));
  return () => context.unroute(firebase);
}

/** The commits that a page sends to Firestore, seen on the wire. */
export class Commits {
  private readonly made: { readonly writes: readonly Write[] }[] = [];

  constructor(page: Page) {
    page.on('request', (request) => this.note(request));
  }

  /** Number of documents written, without deletions. */
  get writes(): number {
    return this.made.flatMap(({ writes }) => writes).filter((write) => 'update' in write).length;
  }

  /** Paths of all documents written, below the database's root. */
  get paths(): readonly string[] {
    return this.made.flatMap(({ writes }) =>
      writes.flatMap(({ update }) => update?.name.split('/documents/')[1] ?? []),
    );
  }

  /** Paths of documents written for another purpose than to renew a lease. */
  get beyondRenewals(): readonly string[] {
    return this.made.flatMap(({ writes }) =>
      writes
        .filter(({ updateMask }) => !updateMask?.fieldPaths.includes('lease'))
        .map((write) => write.update?.name.split('/documents/')[1] ?? `delete ${write.delete}`),
    );
  }

  private note(request: Request): void {
    if (request.method() !== 'POST' || !request.url().endsWith(':commit')) return;
    const { writes = [] } = request.postDataJSON() as { writes?: Write[] };
    this.made.push({ writes });
  }
}

interface Write {
  readonly update?: { readonly name: string };
  readonly updateMask?: { readonly fieldPaths: readonly string[] };
  readonly delete?: string;
}
