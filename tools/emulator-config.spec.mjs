import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { emulatorConfig } from './emulator-config.mjs';
import { hashSource } from './first-paint.mjs';
import { inProject } from './project.mjs';

const production = JSON.parse(readFileSync(inProject('firebase.json'), 'utf8'));
const ports = { hosting: 5100, auth: 9199, firestore: 8280, hub: 4410, websocket: 9260, logging: 4510 };
const emulated = emulatorConfig(production, { host: '127.0.0.1', ports, site: 'site' });

/** @typedef {import('./emulator-config.mjs').FirebaseConfig['hosting']['headers']} Headers */

/** Headers by source and name. @param {Headers} headers @returns {Map<string, string>} */
const flat = (headers) =>
  new Map(headers.flatMap((rule) => rule.headers.map(({ key, value }) => [`${rule.source} ${key}`, value])));

/** Directives of a policy by name. @param {string | undefined} policy @returns {Map<string, string[]>} */
const directives = (policy = '') =>
  new Map(
    policy.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/);
      return [name, sources];
    }),
  );

const csp = '** Content-Security-Policy';
const hsts = '** Strict-Transport-Security';

test('the emulated site has the headers of the deployed one, except for the policy and for TLS', () => {
  const deployed = flat(production.hosting.headers);
  const local = flat(emulated.hosting.headers);
  assert.ok(deployed.has(csp) && deployed.has(hsts));
  assert.deepEqual(
    [...deployed].filter(([key]) => key !== csp && key !== hsts),
    [...local].filter(([key]) => key !== csp),
  );
});

test('the emulated policy differs only in connect-src, by the emulators on any host', () => {
  const deployed = directives(flat(production.hosting.headers).get(csp));
  const local = directives(flat(emulated.hosting.headers).get(csp));
  assert.deepEqual(local.get('connect-src'), [
    ...(deployed.get('connect-src') ?? []),
    'http://*:9199',
    'http://*:8280',
  ]);
  for (const policy of [deployed, local]) policy.delete('connect-src');
  assert.deepEqual(local, deployed);
});

test('the deployed policy is strict', () => {
  const policy = directives(flat(production.hosting.headers).get(csp));
  assert.deepEqual(policy.get('default-src'), ["'none'"]);
  // The build inlines boot.js into the page: see first-paint.mjs.
  const boot = readFileSync(inProject('public/boot.js'), 'utf8');
  assert.deepEqual(policy.get('script-src'), ["'self'", "'wasm-unsafe-eval'", hashSource(boot)]);
  assert.deepEqual(policy.get('frame-ancestors'), ["'none'"]);
  assert.deepEqual(policy.get('require-trusted-types-for'), ["'script'"]);
  assert.deepEqual(policy.get('connect-src'), [
    "'self'",
    'https://firestore.googleapis.com',
    'https://identitytoolkit.googleapis.com',
    'https://securetoken.googleapis.com',
  ]);
});

test('rewrites are the same as on the deployed site', () => {
  assert.deepEqual(Object(emulated.hosting)['rewrites'], production.hosting.rewrites);
});

test('every emulator has the port it was given', () => {
  const { auth, firestore, hosting, hub, logging } = emulated.emulators;
  assert.deepEqual(
    [auth.port, firestore.port, firestore.websocketPort, hosting.port, hub.port, logging.port],
    [9199, 8280, 9260, 5100, 4410, 4510],
  );
});
