import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { browserIn } from './browser-in';
import { Carrier } from './carrier';
import { whenEnding } from './ending';

/** What to cut: only the path between the browsers, or each browser from everything. */
export type Cut = 'peers' | 'everything';

const ip = (...args: readonly string[]) => execFileSync('ip', args, { stdio: ['ignore', 'pipe', 'pipe'] });
const bridge = (...args: readonly string[]) =>
  execFileSync('bridge', args, { stdio: ['ignore', 'pipe', 'pipe'] });

/** Second number of the first path's addresses. */
const FIRST = 77;

/** Why this machine can't create network namespaces, or null if it can. */
export function namespacesMissing(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'not root on Linux';
  for (const program of ['ip', 'bridge']) {
    if (spawnSync(program, ['-V']).error) return `no "${program}" (package iproute2)`;
  }
  const probe = `pl-probe-${process.pid}`;
  if (spawnSync('ip', ['netns', 'add', probe]).status !== 0) return 'network namespaces are not allowed';
  spawnSync('ip', ['netns', 'delete', probe]);
  return null;
}

/**
 * Two namespaces for browsers, connected by one or more bridges in a third namespace, at whose address `carry` publishes the
 * servers' ports. Nothing is connected to the machine's own network, because other browsers would notice a network change.
 */
export class Namespaces {
  /** Interfaces are numbered by process, so that two runs don't collide; names have at most 15 characters. */
  private readonly tag = (process.pid % 10_000).toString(36);
  private readonly folder = mkdtempSync(join(tmpdir(), 'parley-net-'));
  private carrier: Carrier | null = null;
  private readonly stay = whenEnding(() => this.remove());

  /** @param paths number of paths between the browsers, each a network of its own */
  constructor(private readonly paths = 1) {
    try {
      ip('netns', 'add', this.hub);
      ip('-n', this.hub, 'link', 'set', 'lo', 'up');
      for (const side of ['a', 'b'] as const) {
        ip('netns', 'add', this.namespace(side));
        ip('-n', this.namespace(side), 'link', 'set', 'lo', 'up');
      }
      for (let path = 0; path < paths; path++) this.addPath(path);
    } catch (error) {
      this.remove();
      throw error;
    }
  }

  /** Address at which the browsers reach the servers. */
  get host(): string {
    return this.address(0, 1);
  }

  /** Makes ports that are served only on the loopback reachable for the browsers. */
  async carry(...ports: readonly number[]): Promise<Carrier> {
    this.carrier = new Carrier(this.host, this.hub);
    await this.carrier.carry(...ports);
    return this.carrier;
  }

  /** Creates a program that runs Chromium in one of the namespaces, for `executablePath`. */
  browser(side: 'a' | 'b', chromium: string): string {
    return browserIn(this.namespace(side), chromium, this.folder);
  }

  /** Blocks all packets on a path: those between the browsers, or those to the servers too. Links stay up. */
  cut(what: Cut, path = 0): void {
    for (const side of ['a', 'b'] as const)
      this.port(side, path, what === 'peers' ? ['isolated', 'on'] : ['state', '0']);
  }

  /** Lets all packets pass again. */
  mend(path = 0): void {
    for (const side of ['a', 'b'] as const) {
      this.port(side, path, ['isolated', 'off']);
      this.port(side, path, ['state', '3']);
    }
  }

  /** Plugs one side's cable of a path in or out; the operating system tells the browser. */
  plug(side: 'a' | 'b', path: number, plugged: boolean): void {
    ip('-n', this.hub, 'link', 'set', this.interface(side, path), plugged ? 'up' : 'down');
  }

  /** Adds an address to a side, or removes it. Browsers treat either as a network change. */
  change(side: 'a' | 'b', more: boolean): void {
    const action = more ? 'add' : 'delete';
    ip('-n', this.namespace(side), 'address', action, `${this.address(0, 200)}/32`, 'dev', 'eth0');
  }

  /** Removes everything. Calling it again does nothing. */
  remove(): void {
    this.stay();
    this.carrier?.close();
    for (let path = 0; path < this.paths; path++) {
      // Deletes both ends at once. With their namespace they would go only after the last program in it has ended.
      for (const side of ['a', 'b'] as const)
        spawnSync('ip', ['-n', this.hub, 'link', 'delete', this.interface(side, path)]);
    }
    for (const one of [this.namespace('a'), this.namespace('b'), this.hub])
      spawnSync('ip', ['netns', 'delete', one]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private addPath(path: number): void {
    const name = this.bridge(path);
    const hub = ['-n', this.hub];
    ip(...hub, 'link', 'add', name, 'type', 'bridge', 'stp_state', '0', 'forward_delay', '0');
    ip(...hub, 'address', 'add', `${this.address(path, 1)}/24`, 'dev', name);
    ip(...hub, 'link', 'set', name, 'up');
    for (const [index, side] of (['a', 'b'] as const).entries()) {
      const [here, there] = [this.interface(side, path), `eth${path}`];
      ip(...hub, 'link', 'add', here, 'type', 'veth', 'peer', 'name', there, 'netns', this.namespace(side));
      ip(...hub, 'link', 'set', here, 'master', name, 'up');
      ip('-n', this.namespace(side), 'address', 'add', `${this.address(path, 2 + index)}/24`, 'dev', there);
      ip('-n', this.namespace(side), 'link', 'set', there, 'up');
    }
    // Browsers consider a computer without a default route offline.
    if (path === 0) {
      for (const side of ['a', 'b'] as const) {
        ip('-n', this.namespace(side), 'route', 'add', 'default', 'via', this.address(0, 1));
      }
    }
  }

  private port(side: 'a' | 'b', path: number, setting: readonly string[]): void {
    bridge('-n', this.hub, 'link', 'set', 'dev', this.interface(side, path), ...setting);
  }

  /** The namespace of the bridges. */
  private get hub(): string {
    return `pl-${this.tag}-hub`;
  }

  private namespace(side: 'a' | 'b'): string {
    return `pl-${this.tag}-${side}`;
  }

  private bridge(path: number): string {
    return `plbr-${this.tag}-${path}`;
  }

  private interface(side: 'a' | 'b', path: number): string {
    return `pl${side}-${this.tag}-${path}`;
  }

  /** Index of the path that a browser's address belongs to. */
  pathOf(address: string): number {
    const path = Number(address.split('.')[1]) - FIRST;
    if (!(path >= 0 && path < this.paths)) throw new Error(`${address} is on no path.`);
    return path;
  }

  /** A private network of its own for each run and path. */
  private address(path: number, host: number): string {
    return `10.${FIRST + path}.${process.pid % 256}.${host}`;
  }
}
