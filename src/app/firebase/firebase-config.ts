import type { FirebaseOptions } from '@angular/fire/app';

/** Where the emulators listen; `null` for a real project. */
export interface EmulatorHosts {
  /** The page's host name. */
  readonly host: string;
  readonly authPort: number;
  readonly firestorePort: number;
}

/** The project that this site was deployed to. */
export interface FirebaseConfig {
  readonly options: FirebaseOptions & { readonly projectId: string };
  readonly emulators: EmulatorHosts | null;
}

/**
 * - `offline`: the site itself did not answer
 * - `missing`: it answered, but without a configuration: it is not served by Firebase Hosting
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(
    readonly reason: 'offline' | 'missing',
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** Firebase Hosting and its emulator serve the project's web configuration here. */
const CONFIG_URL = '/__/firebase/init.json';
/** Served beside the app when it runs on emulators with non-default ports. */
const EMULATORS_URL = '/emulators.json';
/** Time after which an unanswered request counts as `offline`, in ms. */
const PATIENCE = 8_000;
const AUTH_PORT = 9099;
const FIRESTORE_PORT = 8080;

/**
 * Asks the site which Firebase project it belongs to, so that one build serves every project. A `demo-` project means
 * emulators on the page's own host.
 *
 * @throws ConfigError
 */
export async function firebaseConfig(): Promise<FirebaseConfig> {
  const options = await json(CONFIG_URL);
  const projectId = options?.['projectId'];
  if (typeof projectId !== 'string' || typeof options?.['apiKey'] !== 'string') {
    throw new ConfigError('missing');
  }
  const emulators = projectId.startsWith('demo-') ? await emulatorHosts() : null;
  return { options: { ...options, projectId }, emulators };
}

async function emulatorHosts(): Promise<EmulatorHosts> {
  const ports = await json(EMULATORS_URL);
  return {
    host: location.hostname,
    authPort: port(ports?.['auth'], AUTH_PORT),
    firestorePort: port(ports?.['firestore'], FIRESTORE_PORT),
  };
}

function port(from: unknown, usual: number): number {
  const value = (from as { port?: unknown } | null | undefined)?.port;
  return Number.isInteger(value) ? (value as number) : usual;
}

async function json(url: string): Promise<Record<string, unknown> | null> {
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
  } catch (cause) {
    throw new ConfigError('offline', { cause });
  }
  // Angular's service worker answers 504 when the network doesn't answer.
  if (response.status === 504) throw new ConfigError('offline');
  const isJson = response.ok && response.headers.get('content-type')?.includes('json');
  return isJson ? ((await response.json()) as Record<string, unknown>) : null;
}
