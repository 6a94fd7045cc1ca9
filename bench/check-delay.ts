import { Agent, get } from 'node:http';

/** How far the measured delay may be from the requested one, in ms. */
const TOLERANCE = 20;
const TRIES = 15;

/**
 * Measures the delay with HTTP. Through the proxy, a request on an existing connection takes one round trip more, the
 * first request on a new connection two. Resolves to a line that reports both.
 *
 * @param direct the port behind the proxy
 * @param delayed the proxy's port
 * @param roundTrip the round trip that the proxy should add, in ms
 * @throws Error if the measured delay is too far from it
 */
export async function checkDelay(direct: number, delayed: number, roundTrip: number): Promise<string> {
  const near = await bestTimes(direct);
  const far = await bestTimes(delayed);
  const [first, next] = [far.first - near.first, far.next - near.next];
  const line = `The proxy adds ${first.toFixed(1)} ms to a first request and ${next.toFixed(1)} ms to a next one.`;
  if (Math.abs(first - 2 * roundTrip) > TOLERANCE || Math.abs(next - roundTrip) > TOLERANCE) {
    throw new Error(`${line} It should add ${2 * roundTrip} and ${roundTrip} ms.`);
  }
  return line;
}

async function bestTimes(port: number): Promise<{ readonly first: number; readonly next: number }> {
  let best = { first: Infinity, next: Infinity };
  for (let tries = 0; tries < TRIES; tries++) {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const first = await timed(port, agent);
    const next = await timed(port, agent);
    agent.destroy();
    best = { first: Math.min(best.first, first), next: Math.min(best.next, next) };
  }
  return best;
}

function timed(port: number, agent: Agent): Promise<number> {
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, agent, path: '/' }, (answer) => {
      answer.resume().once('end', () => resolve(performance.now() - begun));
    }).once('error', reject);
  });
}
