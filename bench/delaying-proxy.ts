import { createConnection, createServer, type Socket } from 'node:net';

import { listen } from './listen';

/** A port on the loopback that leads to another one by a slow way. */
export interface DelayingProxy {
  readonly port: number;
  close(): void;
}

/**
 * Listens on a free port and passes everything on to `target`, half a round trip later each way. Order is kept, nothing
 * limits the bandwidth, and no byte waits for another.
 *
 * Setting up a TCP connection takes a round trip too (RFC 9293, section 3.5). On the loopback the client's `connect` is
 * done at once, so what it sends within the first round trip is taken as sent at the end of it. TLS is not imitated.
 *
 * @param target port on the loopback
 * @param roundTrip ms
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

/** @param notBefore nothing leaves `from` earlier than this, by `performance.now()` */
function passOn(from: Socket, to: Socket, delay: number, notBefore: number): void {
  const waiting: { readonly due: number; readonly deliver: () => void }[] = [];
  let timer: NodeJS.Timeout | undefined;
  const deliverDue = (): void => {
    timer = undefined;
    // Timers are late by up to a millisecond: what is due within half of one goes now.
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
  // A broken connection is broken on the other side too, as 'close' sees to.
  from.on('error', () => undefined);
}
