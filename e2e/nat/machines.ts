import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';

/** Runs a program and returns its output; throws with its error output. */
const run = (program: string, args: readonly string[], input?: string): string =>
  execFileSync(program, args, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });

/** A computer of the lab: a network namespace. */
export class Machine {
  constructor(
    readonly namespace: string,
    /** Whether it forwards packets. */
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

  /** Adds netfilter rules, as `nft -f` reads them. */
  nft(rules: string): void {
    run('ip', ['netns', 'exec', this.namespace, 'nft', '-f', '-'], rules);
  }

  /** Adds a switch into which cables of other machines can be plugged. */
  bridge(name: string, ...addresses: readonly string[]): void {
    this.ip('link', 'add', name, 'type', 'bridge', 'stp_state', '0', 'forward_delay', '0');
    this.address(name, ...addresses);
    this.ip('link', 'set', name, 'up');
  }

  /** Connects a new port of this machine to a bridge of another. */
  plugInto(other: Machine, bridge: string, port: string, ...addresses: readonly string[]): void {
    // Both ends share a namespace for a moment, so names must be unique; they have at most 15 characters.
    const far = `v${randomBytes(5).toString('hex')}`;
    this.ip('link', 'add', port, 'type', 'veth', 'peer', 'name', far, 'netns', other.namespace);
    other.ip('link', 'set', far, 'master', bridge, 'up');
    this.address(port, ...addresses);
    this.ip('link', 'set', port, 'up');
  }

  address(port: string, ...addresses: readonly string[]): void {
    for (const address of addresses) {
      // No other machine uses this address, so duplicate address detection is skipped.
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

/** The first required program that is missing, or null. */
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
