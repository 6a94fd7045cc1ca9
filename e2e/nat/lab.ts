import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { browserIn } from '../support/browser-in';
import { Carrier } from '../support/carrier';
import { whenEnding } from '../support/ending';
import { pass } from '../support/time';
import { Machine } from './machines';
import { within } from '../../tools/patience.mjs';

/** How a router maps outside ports: the same port for every destination, or another for each (RFC 4787, section 4.1). */
export type Nat = 'cone' | 'symmetric';

/** What a router lets out: everything, everything but UDP, or only what looks like web traffic. */
export type Firewall = 'open' | 'no UDP' | 'only TLS';

/** Addresses for documentation (RFC 5737, RFC 3849), which are in use nowhere else. */
const INTERNET = '198.51.100';
const INTERNET6 = '2001:db8:100::';
const TLS = 443;
const PLAIN = 3478;

export const SECRET = 'only for the laboratory';

const addressesOf = (relay: number) => [`${INTERNET}.${10 + relay}`, `${INTERNET6}${10 + relay}`] as const;

/** URLs of a relay: one for each transport, and one for IPv6. */
export const relayUrls = (number: number): readonly string[] => {
  const [address, address6] = addressesOf(number);
  return [
    `turn:${address}:${PLAIN}`,
    `turn:${address}:${PLAIN}?transport=tcp`,
    `turns:${address}:${TLS}?transport=tcp`,
    `turn:[${address6}]:${PLAIN}`,
  ];
};

/** URLs at which a relay also serves STUN. */
export const stunUrls = (number: number): readonly string[] => {
  const [address, address6] = addressesOf(number);
  return [`stun:${address}:${PLAIN}`, `stun:[${address6}]:${PLAIN}`];
};

/** A small internet of network namespaces: servers in the middle, and homes behind routers of their own. */
export class Lab {
  private readonly machines: Machine[] = [];
  private readonly processes: ChildProcess[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), 'parley-nat-'));
  private readonly tag = `pn${process.pid.toString(36)}`;
  private readonly carriers: Carrier[] = [];
  private readonly internet: Machine;
  private routers = 0;
  private readonly stay = whenEnding(() => this.end());

  constructor(private readonly ports: readonly number[]) {
    try {
      this.internet = this.machine('net');
      this.internet.bridge('hub', `${INTERNET}.1/24`, `${INTERNET6}1/64`);
    } catch (error) {
      this.end();
      throw error;
    }
  }

  /** Address of Parley's servers. */
  readonly host = `${INTERNET}.1`;
  readonly host6 = `[${INTERNET6}1]`;

  /** Makes Parley's servers reachable in the lab. */
  async serve(): Promise<void> {
    for (const host of [this.host, `${INTERNET6}1`]) {
      const carrier = new Carrier(host, this.internet.namespace);
      this.carriers.push(carrier);
      await carrier.carry(...this.ports);
    }
  }

  /** Starts a relay: coturn, on UDP and TCP port 3478 and TLS port 443. Resolves to a function that ends it. */
  async relay(number: number): Promise<() => void> {
    const machine = this.machine(`turn${number}`);
    const [address, address6] = addressesOf(number);
    machine.plugInto(this.internet, 'hub', 'eth0', `${address}/24`, `${address6}/64`);
    // coturn drops a client that names a peer to which there is no route.
    machine.route(this.host);
    machine.route(`${INTERNET6}1`);
    const folder = join(this.folder, `turn${number}`);
    mkdirSync(folder);
    const [certificate, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    const request = [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
      ],
      ...['-subj', '/CN=turn', '-addext', `subjectAltName=IP:${address},IP:${address6}`],
      ...['-keyout', key, '-out', certificate],
    ];
    execFileSync('openssl', request, { stdio: 'pipe' });
    const configuration = join(folder, 'turnserver.conf');
    writeFileSync(
      configuration,
      [
        ...[address, address6].flatMap((own) => [`listening-ip=${own}`, `relay-ip=${own}`]),
        `listening-port=${PLAIN}`,
        `tls-listening-port=${TLS}`,
        'min-port=50000',
        'max-port=50999',
        `cert=${certificate}`,
        `pkey=${key}`,
        'use-auth-secret',
        `static-auth-secret=${SECRET}`,
        'realm=parley',
        'fingerprint',
        'no-cli',
        'no-multicast-peers',
        // As in deploy/coturn.
        'denied-peer-ip=10.0.0.0-10.255.255.255',
        `log-file=${join(folder, 'log')}`,
        'simple-log',
        `pidfile=${join(folder, 'pid')}`,
        `userdb=${join(folder, 'db')}`,
      ].join('\n'),
    );
    const args = ['netns', 'exec', machine.namespace, 'turnserver', '-c', configuration];
    const server = spawn('ip', args, { stdio: 'ignore' });
    this.processes.push(server);
    await answers(machine, address);
    return () => void server.kill('SIGKILL');
  }

  /** A router in front of a switch `lan`. It is connected to the internet, or to the switch of another router. */
  router(nat: Nat, firewall: Firewall = 'open', before: Router | null = null): Router {
    const number = ++this.routers;
    const machine = this.machine(`r${number}`, true);
    const lan = `10.${number}.0`;
    machine.bridge('lan', `${lan}.1/24`);
    if (before) {
      machine.plugInto(before.machine, 'lan', 'wan', `${before.lan}.${50 + number}/24`);
      machine.route(`${before.lan}.1`);
    } else {
      machine.plugInto(this.internet, 'hub', 'wan', `${INTERNET}.${100 + number}/24`);
      machine.route(this.host);
    }
    const web = [...this.ports, TLS].join(', ');
    const refused: Readonly<Record<Firewall, string>> = {
      open: '',
      'no UDP': 'iifname "lan" meta l4proto udp drop',
      'only TLS': `iifname "lan" meta l4proto udp drop\niifname "lan" tcp dport != { ${web} } drop`,
    };
    machine.nft(`
      table ip nat {
        chain out {
          type nat hook postrouting priority srcnat
          oifname "wan" masquerade ${nat === 'symmetric' ? 'fully-random' : ''}
        }
      }
      table inet filter {
        chain own {
          type filter hook input priority filter
          iifname "wan" ct state new drop
        }
        chain through {
          type filter hook forward priority filter
          iifname "wan" ct state new drop
          ${refused[firewall]}
        }
      }`);
    return { machine, lan };
  }

  /** A person's computer in a home behind a router. */
  home(name: string, router: Router): Home {
    const machine = this.machine(name);
    const address = `${router.lan}.${10 + name.charCodeAt(0)}`;
    machine.plugInto(router.machine, 'lan', 'eth0', `${address}/24`);
    machine.route(`${router.lan}.1`);
    return new Home(machine, this.folder);
  }

  /** A person's computer with a public address, which every packet reaches. */
  publicHome(name: string): Home {
    const machine = this.machine(name);
    machine.plugInto(this.internet, 'hub', 'eth0', `${INTERNET}.${100 + name.charCodeAt(0)}/24`);
    machine.route(this.host);
    return new Home(machine, this.folder);
  }

  /** A person's computer that has only an IPv6 address. */
  home6(name: string): Home {
    const machine = this.machine(name);
    machine.plugInto(
      this.internet,
      'hub',
      'eth0',
      `${INTERNET6}${(100 + name.charCodeAt(0)).toString(16)}/64`,
    );
    machine.route(`${INTERNET6}1`);
    return new Home(machine, this.folder);
  }

  /** Removes homes and routers; the internet and its relays stay. */
  clear(): void {
    const stays = (machine: Machine) => /-(net|turn\d)$/.test(machine.namespace);
    for (const machine of this.machines.filter((one) => !stays(one))) machine.remove();
    this.machines.splice(0, this.machines.length, ...this.machines.filter(stays));
    this.routers = 0;
  }

  /** Removes everything. Calling it again does nothing. */
  end(): void {
    this.stay();
    for (const server of this.processes.splice(0)) server.kill('SIGKILL');
    for (const carrier of this.carriers.splice(0)) carrier.close();
    for (const machine of this.machines.splice(0)) machine.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private machine(name: string, router = false): Machine {
    const machine = new Machine(`${this.tag}-${name}`, router);
    this.machines.push(machine);
    return machine;
  }
}

export interface Router {
  readonly machine: Machine;
  /** First three numbers of the addresses behind it. */
  readonly lan: string;
}

/** A computer on which a browser runs. */
export class Home {
  constructor(
    readonly machine: Machine,
    private readonly folder: string,
  ) {}

  /** Creates a program that runs a browser on it, for `executablePath`. */
  browser(program: string): string {
    return browserIn(this.machine.namespace, program, this.folder);
  }

  /** Adds a second connection to the internet, which is used when the first is unplugged. */
  alsoBehind(router: Router): void {
    this.machine.plugInto(router.machine, 'lan', 'eth1', `${router.lan}.20/24`);
    this.machine.route(`${router.lan}.1`, 'metric', '200');
  }

  unplug(port: 'eth0' | 'eth1'): void {
    this.machine.ip('link', 'set', port, 'down');
  }
}

/** Waits until a relay listens. */
async function answers(machine: Machine, address: string): Promise<void> {
  const until = Date.now() + within(10_000);
  for (;;) {
    if (machine.run('ss', '-Hlnu', 'sport', '=', `:${PLAIN}`).includes(address)) return;
    if (Date.now() > until) throw new Error('The relay did not start listening in time.');
    await pass(50);
  }
}
