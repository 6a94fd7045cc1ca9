import { createServer } from 'node:net';

import { Refusal } from './project.mjs';

/** Whether one could listen there now. @param {number} port @param {string} [host] @returns {Promise<boolean>} */
export function isFree(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * Ports nobody listens on. They lie below the range systems hand out to outgoing connections, so that none of those
 * takes one before it is used, and are drawn at random, so that two test runs hardly ever want the same.
 *
 * @param {number} count
 * @returns {Promise<number[]>}
 */
export async function freePorts(count) {
  /** @type {Set<number>} */
  const found = new Set();
  for (let tries = 0; found.size < count; tries++) {
    if (tries > 1_000) throw new Refusal('No free TCP port between 20000 and 32000 on this machine.');
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (!found.has(port) && (await isFree(port))) found.add(port);
  }
  return [...found];
}

/**
 * Refuses with the remedy when a port is taken.
 *
 * @param {string} what who wants it
 * @param {number} port
 * @param {string} host
 * @param {string} option the option that chooses another
 */
export async function requireFree(what, port, host, option) {
  if (await isFree(port, host)) return;
  throw new Refusal(
    `Port ${port}, meant for ${what}, is already in use.\n` +
      `Stop what listens there, or choose another port: npm start -- ${option} ${port + 100}`,
  );
}
