import { inject, InjectionToken } from '@angular/core';

import { wallTime } from '../loading/clock';
import { firebaseConfig } from '../firebase/firebase-config';
import { readCode } from '../signaling/code';
import { Remembered } from '../storage/remembered';

/** Storage key of the cached code, so that the start page costs one read per cache period. */
const MEMORY = 'parley.lobby';
const HOUR = 3_600_000;
/** How long a code is cached, and how long its absence is, in ms. */
const FOUND = 12 * HOUR;
const NONE = HOUR;

/** Request timeout, in ms. */
const PATIENCE = 8_000;

interface Held {
  /** Null if there is none. */
  readonly code: string | null;
  /** In ms since the epoch, by this device's clock. */
  readonly readAt: number;
}

/**
 * Asks for the code of the lobby shown to everyone who opens this site; null if the deployment names none.
 *
 * @param gone a code whose lobby no longer exists, so that it isn't taken from the cache
 */
export type FindPublicLobby = (gone?: string) => Promise<string | null>;

export const PUBLIC_LOBBY = new InjectionToken<FindPublicLobby>('the public lobby', {
  providedIn: 'root',
  factory: () => {
    const kept = inject(Remembered);
    return async (gone) => {
      const held = heldIn(kept);
      if (held && held.code !== gone && isGood(held)) return held.code;
      const code = await ask();
      kept.setRecord(MEMORY, { code, readAt: wallTime() } satisfies Held);
      return code;
    };
  },
});

/** Uses REST without signing in: for a person who only opens the start page, no account is created and no SDK loaded. */
async function ask(): Promise<string | null> {
  const { options, emulators } = await firebaseConfig();
  const host = emulators
    ? `http://${emulators.host}:${emulators.firestorePort}`
    : 'https://firestore.googleapis.com';
  const answer = await fetch(
    `${host}/v1/projects/${options.projectId}/databases/(default)/documents/config/lobby`,
    { signal: AbortSignal.timeout(PATIENCE) },
  );
  // Missing, or a site whose rules are older than lobbies.
  if (answer.status === 404 || answer.status === 403) return null;
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  const { fields } = (await answer.json()) as { fields?: { code?: { stringValue?: unknown } } };
  const code = fields?.code?.stringValue;
  return typeof code === 'string' ? readCode(code) : null;
}

function isGood({ code, readAt }: Held): boolean {
  const age = wallTime() - readAt;
  return age >= 0 && age < (code === null ? NONE : FOUND);
}

function heldIn(kept: Remembered): Held | null {
  const { code, readAt } = kept.record(MEMORY) ?? {};
  if (typeof readAt !== 'number') return null;
  return { code: typeof code === 'string' ? readCode(code) : null, readAt };
}
