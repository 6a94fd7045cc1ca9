import { join } from 'node:path';

const { env } = process;

/** Where the production build is served, with all headers of `firebase.json`. */
export const baseURL = env['BASE_URL'] ?? 'http://localhost:5000';
export const authPort = Number(env['AUTH_PORT'] ?? 9099);
export const firestorePort = Number(env['FIRESTORE_PORT'] ?? 8080);

export const chromiumPath = env['CHROMIUM_BIN'] ?? '/usr/bin/chromium';
/** Chromium without a window around the page, if installed: it takes half the processor time. */
export const shellPath = env['CHROMIUM_SHELL_BIN'] ?? chromiumPath;
export const firefoxPath = env['FIREFOX_BIN'] ?? '/usr/bin/firefox-esr';

/** For files created by tests; ignored by git. */
export const workFolder = join(import.meta.dirname, '../../.parley/e2e');

/** The emulators' project, as the site reports it. */
export async function projectId(): Promise<string> {
  const response = await fetch(`${baseURL}/__/firebase/init.json`);
  const { projectId } = (await response.json()) as { projectId: string };
  return projectId;
}
