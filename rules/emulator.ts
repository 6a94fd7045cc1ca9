import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

/** The emulator's `host:port`; `firebase emulators:exec` sets it. */
export const emulator = process.env['FIRESTORE_EMULATOR_HOST'] ?? '';
assert.ok(emulator, 'FIRESTORE_EMULATOR_HOST is not set');

export const projectId = process.env['GCLOUD_PROJECT'] ?? 'demo-parley';
export const rulesSource = readFileSync(new URL('../firestore.rules', import.meta.url), 'utf8');

/** Loads firestore.rules, or other rules, into the emulator, which then discards the coverage it has collected. */
export const loadRules = async (source = rulesSource): Promise<void> => {
  const response = await fetch(`http://${emulator}/emulator/v1/projects/${projectId}:securityRules`, {
    method: 'PUT',
    body: JSON.stringify({ rules: { files: [{ name: 'security.rules', content: source }] } }),
  });
  assert.equal(response.status, 200, await response.text());
};
