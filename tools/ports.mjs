import { createServer } from 'node:net';

import { Refusal } from './project.mjs';

/** Whether the port is free to listen on. @param {number} port @param {string} [host] @returns {Promise<boolean>} */
export function isFree(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * Free ports. They are below the range that systems assign to outgoing connections, so that no connection takes one
 * before it is used. They are random, so that two test runs rarely choose the same port.
 *
 * @param {number} count
 * @returns {Promise<number[]>}
 */
export async function freePorts(count) {
  /** @type {Set<number>} */
  const found = new Set();
  for (let tries = 0; found.size < count; tries++) {
    if (tries > 1_000)
      throw new Refusal('There is no free TCP port between 20000 and 32000 on this machine.');
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (!found.has(port) && (await isFree(port))) found.add(port);
  }
  return [...found];
}

/**
 * Throws a Refusal that names the remedy if a port is taken.
 *
 * @param {string} what name of the server that needs the port
 * @param {number} port
 * @param {string} host
 * @param {string} option the option that chooses another port
 */
export async function requireFree(what, port, host, option) {
  if (await isFree(port, host)) return;
  throw new Refusal(
    `Port ${port}, needed for ${what}, is already in use.\n` +
      `Stop the program that listens on it, or choose another port: npm start -- ${option} ${port + 100}`,
  );
}
