import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';

/** Runs a program and gives what it says; throws with what it complains about. */
const run = (program: string, args: readonly string[], input?: string): string =>
  execFileSync(program, args, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });

/** One computer of a laboratory: a network namespace. */
export class Machine {
  constructor(
    readonly namespace: string,
    /** Routers pass on what is not for them. */
    router = false,
  ) {
    run('ip', ['netns', 'add', namespace]);
    this.ip('link', 'set', 'lo', 'up');
    if (router) this.run('sysctl', '-qw', 'net.ipv4.ip_forward=1', 'net.ipv6.conf.all.forwarding=1');
  }

  ip(...args: readonly string[]): string {
    return run('ip', ['-n', this.namespace, ...args]);
  }

  run(program: string, ...args: readonly string[]): string {
    return run('ip', ['netns', 'exec', this.namespace, program, ...args]);
  }

  /** Rules of netfilter, as `nft -f` reads them. */
  nft(rules: string): void {
    run('ip', ['netns', 'exec', this.namespace, 'nft', '-f', '-'], rules);
  }

  /** Adds a switch that cables of this machine can be plugged into. */
  bridge(name: string, ...addresses: readonly string[]): void {
    this.ip('link', 'add', name, 'type', 'bridge', 'stp_state', '0', 'forward_delay', '0');
    this.address(name, ...addresses);
    this.ip('link', 'set', name, 'up');
  }

  /** A cable from a port of its own to somebody's bridge. */
  plugInto(other: Machine, bridge: string, port: string, ...addresses: readonly string[]): void {
    // Names are seen by both ends for a moment, and have 15 characters.
    const far = `v${randomBytes(5).toString('hex')}`;
    this.ip('link', 'add', port, 'type', 'veth', 'peer', 'name', far, 'netns', other.namespace);
    other.ip('link', 'set', far, 'master', bridge, 'up');
    this.address(port, ...addresses);
    this.ip('link', 'set', port, 'up');
  }

  address(port: string, ...addresses: readonly string[]): void {
    for (const address of addresses) {
      // Nobody else has it: there is nothing to wait for.
      this.ip('address', 'add', address, 'dev', port, ...(address.includes(':') ? ['nodad'] : []));
    }
  }

  route(via: string, ...more: readonly string[]): void {
    this.ip(...(via.includes(':') ? ['-6'] : []), 'route', 'replace', 'default', 'via', via, ...more);
  }

  remove(): void {
    spawnSync('ip', ['netns', 'delete', this.namespace]);
  }
}

/** What is needed and not there, or null. */
export function toolsMissing(): string | null {
  for (const [program, args, debian] of [
    ['nft', ['--version'], 'nftables'],
    ['turnserver', ['--version'], 'coturn'],
    ['openssl', ['version'], 'openssl'],
    ['sysctl', ['--version'], 'procps'],
  ] as const) {
    if (spawnSync(program, args).error) return `no "${program}" (Debian: ${debian})`;
  }
  return null;
}
