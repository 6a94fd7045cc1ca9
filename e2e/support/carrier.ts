import { connect, createServer, type Server, type Socket } from 'node:net';

/** How a carried port is doing. `stopped`: connections are taken, and nothing is answered, as by a server that hangs. */
export type Service = 'running' | 'stopped' | 'refusing';

/** Lets the ports of the loopback be found at another address, and can make a port look as if its server had stopped. */
export class Carrier {
  private readonly servers: Server[] = [];
  private readonly sockets = new Map<Socket, number>();
  private readonly services = new Map<number, Service>();

  constructor(readonly host: string) {}

  async carry(...ports: readonly number[]): Promise<void> {
    for (const port of ports) {
      this.services.set(port, 'running');
      const server = createServer((from) => this.join(from, port));
      this.servers.push(server);
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject).listen(port, this.host, resolve);
      });
    }
  }

  /** From now on a port does this; what is under way meets it too. */
  set(port: number, service: Service): void {
    this.services.set(port, service);
    for (const [socket, of] of this.sockets) {
      if (of !== port) continue;
      if (service === 'refusing') socket.destroy();
      else if (service === 'stopped') socket.pause();
      else socket.resume();
    }
  }

  close(): void {
    for (const server of this.servers.splice(0)) server.close();
    for (const socket of this.sockets.keys()) socket.destroy();
  }

  private join(from: Socket, port: number): void {
    if (this.services.get(port) === 'refusing') {
      from.destroy();
      return;
    }
    const to = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      this.sockets.set(one, port);
      one.setNoDelay(true);
      one.on('data', (data) => other.write(data));
      one.on('end', () => other.end());
      one.on('error', () => other.destroy());
      one.once('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
      if (this.services.get(port) === 'stopped') one.pause();
    }
  }
}
