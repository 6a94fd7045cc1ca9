import { type ChildProcess, spawn } from 'node:child_process';
import { connect, createServer, type Server, Socket } from 'node:net';

/** State of a carried port. `stopped`: connections are accepted but nothing is answered, like a server that hangs. */
export type Service = 'running' | 'stopped' | 'refusing';

/** Makes loopback ports available at another address, and can make a port look as if its server had stopped. */
export class Carrier {
  private readonly servers: Server[] = [];
  private readonly sockets = new Map<Socket, number>();
  private readonly services = new Map<number, Service>();
  private readonly listeners: ChildProcess[] = [];

  /** @param namespace the network namespace of the address; null for our own */
  constructor(
    readonly host: string,
    private readonly namespace: string | null = null,
  ) {}

  async carry(...ports: readonly number[]): Promise<void> {
    for (const port of ports) this.services.set(port, 'running');
    if (this.namespace !== null) return this.listenIn(this.namespace, ports);
    for (const port of ports) {
      const server = createServer((from) => this.join(from, port));
      this.servers.push(server);
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject).listen(port, this.host, resolve);
      });
    }
  }

  /** Changes the state of a port, also for connections that exist already. */
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
    for (const listener of this.listeners.splice(0)) listener.kill();
    for (const socket of this.sockets.keys()) socket.destroy();
  }

  /** Starts a process in the namespace that accepts connections and hands them over. */
  private async listenIn(namespace: string, ports: readonly number[]): Promise<void> {
    const command = ['netns', 'exec', namespace, process.execPath, '-e', `(${hand.toString()})()`];
    const listener = spawn('ip', [...command, this.host, ...ports.map(String)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.listeners.push(listener);
    await new Promise<void>((resolve, reject) => {
      listener.once('exit', (code) =>
        reject(new Error(`The listener in ${namespace} exited with code ${code}.`)),
      );
      listener.on('message', (port, socket) => {
        if (socket instanceof Socket) this.join(socket, Number(port));
        else resolve();
      });
    });
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

/** Runs in a process of its own, which exits with its parent. */
function hand(): void {
  /* eslint-disable @typescript-eslint/no-require-imports */
  const { createServer } = require('node:net') as typeof import('node:net');
  const [host, ...ports] = process.argv.slice(1);
  process.once('disconnect', () => process.exit());
  let left = ports.length;
  for (const port of ports) {
    createServer({ pauseOnConnect: true }, (socket) => process.send?.(Number(port), socket)).listen(
      Number(port),
      host,
      () => (left -= 1) || process.send?.('ready'),
    );
  }
}
