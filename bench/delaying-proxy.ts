import { createConnection, createServer, type Socket } from 'node:net';

import { listen } from './listen';

/** A loopback port that forwards to another one with a delay. */
export interface DelayingProxy {
  readonly port: number;
  close(): void;
}

/**
 * Listens on a free port and forwards everything to `target`, half a round trip later in each direction. It keeps the
 * order, does not limit the bandwidth, and delays each chunk independently of the others.
 *
 * Setting up a TCP connection also takes a round trip (RFC 9293, section 3.5). On the loopback the client's `connect`
 * completes at once, so data that it sends within the first round trip counts as sent at the end of it. TLS is not simulated.
 *
 * @param target port on the loopback
 * @param roundTrip in ms
 */
export async function delayingProxy(target: number, roundTrip: number): Promise<DelayingProxy> {
  const open = new Set<Socket>();
  const track = (socket: Socket) => {
    open.add(socket);
    socket.setNoDelay(true);
    socket.once('close', () => open.delete(socket));
    return socket;
  };
  const server = createServer({ allowHalfOpen: true }, (client) => {
    track(client);
    const far = track(createConnection({ port: target, host: '127.0.0.1', allowHalfOpen: true }));
    passOn(client, far, roundTrip / 2, performance.now() + roundTrip);
    passOn(far, client, roundTrip / 2, 0);
  });
  const port = await listen(server);
  return {
    port,
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

/** @param notBefore earliest time at which data leaves `from`, by `performance.now()` */
function passOn(from: Socket, to: Socket, delay: number, notBefore: number): void {
  const waiting: { readonly due: number; readonly deliver: () => void }[] = [];
  let timer: NodeJS.Timeout | undefined;
  const deliverDue = (): void => {
    timer = undefined;
    // Timers are up to a millisecond late, so what is due within half a millisecond is delivered now.
    while (waiting[0] && waiting[0].due <= performance.now() + 0.5) waiting.shift()?.deliver();
    if (waiting[0]) timer = setTimeout(deliverDue, waiting[0].due - performance.now());
  };
  const later = (deliver: () => void): void => {
    waiting.push({ due: Math.max(performance.now(), notBefore) + delay, deliver });
    timer ??= setTimeout(deliverDue, waiting[0]!.due - performance.now());
  };
  from.on('data', (chunk) => later(() => to.writable && to.write(chunk)));
  from.once('end', () => later(() => to.writable && to.end()));
  from.once('close', (failed) => {
    if (failed) later(() => to.destroy());
  });
  // The 'close' handler above breaks the connection on the other side too.
  from.on('error', () => undefined);
}
