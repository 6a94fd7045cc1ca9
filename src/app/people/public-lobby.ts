import { inject, InjectionToken } from '@angular/core';

import { wallTime } from '../loading/clock';
import { firebaseConfig } from '../firebase/firebase-config';
import { readCode } from '../signaling/code';
import { Remembered } from '../storage/remembered';

/** Kept on the device under this, so that the start page costs one read in that time. */
const MEMORY = 'parley.lobby';
const HOUR = 3_600_000;
/** How long what was found is taken for good, and that there is none, ms. */
const FOUND = 12 * HOUR;
const NONE = HOUR;

/** A question without an answer by then came to nothing, ms. */
const PATIENCE = 8_000;

interface Held {
  /** Null where there is none. */
  readonly code: string | null;
  /** ms since the epoch, by this device's clock. */
  readonly readAt: number;
}

/**
 * Asks for the code of the lobby that everybody sees who opens this site; null where the deployment names none.
 *
 * @param gone a code whose lobby is there no more: to remember it is of no use
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

/** By REST and without signing in: whoever only looks at the start page has no account made, and no SDK loaded. */
async function ask(): Promise<string | null> {
  const { options, emulators } = await firebaseConfig();
  const host = emulators
    ? `http://${emulators.host}:${emulators.firestorePort}`
    : 'https://firestore.googleapis.com';
  const answer = await fetch(
    `${host}/v1/projects/${options.projectId}/databases/(default)/documents/config/lobby`,
    { signal: AbortSignal.timeout(PATIENCE) },
  );
  // Missing, or a site whose rules are of before there were lobbies.
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
