import type { BrowserFinding } from './browser-check';
import type { CodecsFinding } from './codecs-check';
import type { DatabaseFinding } from './database-check';
import { RUNNING, WAITING, type Finding } from './finding';
import type { InputFinding } from './input-check';
import type { NatFinding } from './nat-check';
import type { Ipv6Finding, UdpFinding } from './path-findings';
import type { RelayFinding } from './relay-check';
import type { ServerFinding } from './server-check';

/** `unknown`: the database, which has the list, can't be reached. `none`: the site names no servers. */
export interface ServersFinding extends Finding<'listed' | 'none' | 'unknown'> {
  readonly list: readonly ServerFinding[];
}

/** All that is known about what a call from here needs. */
export interface Examination {
  /** Whether the browser believes it has a network. */
  readonly online: boolean;
  /** Whether this person's address is hidden from peers, so that calls use relays only. */
  readonly relayOnly: boolean;
  readonly browser: BrowserFinding;
  readonly codecs: CodecsFinding;
  readonly camera: InputFinding;
  readonly microphone: InputFinding;
  readonly database: DatabaseFinding;
  readonly servers: ServersFinding;
  readonly udp: UdpFinding;
  readonly nat: NatFinding;
  readonly ipv6: Ipv6Finding;
  readonly relay: RelayFinding;
}

/** Findings about the network. */
export type NetworkFindings = Pick<Examination, 'database' | 'servers' | 'udp' | 'nat' | 'ipv6' | 'relay'>;

const unasked = { signIn: null, roundTrip: null, documents: null } as const;

/** Before the network checks. */
export const WAITING_NETWORK: NetworkFindings = {
  database: { ...WAITING, ...unasked },
  servers: { ...WAITING, list: [] },
  udp: WAITING,
  nat: { ...WAITING, mapped: [] },
  ipv6: WAITING,
  relay: { ...WAITING, figures: null },
};

/** The database is checked first, because it has the list of servers. */
export const BEGUN_NETWORK: NetworkFindings = {
  ...WAITING_NETWORK,
  database: { ...RUNNING, ...unasked },
};

/** Findings without the list of servers, or without a browser that could ask them. */
export const UNKNOWN_WAYS: Omit<NetworkFindings, 'database'> = {
  servers: { state: 'note', reason: 'unknown', list: [] },
  udp: { state: 'note', reason: 'unknown' },
  nat: { state: 'note', reason: 'unknown', mapped: [] },
  ipv6: { state: 'note', reason: null },
  relay: { state: 'note', reason: 'noAnswer', figures: null },
};

const unheard = { ...WAITING, track: null, level: 0 } as const;

export const UNEXAMINED: Examination = {
  online: true,
  relayOnly: false,
  browser: { ...WAITING, missing: [] },
  codecs: { ...WAITING, audio: [], video: [] },
  camera: unheard,
  microphone: unheard,
  ...WAITING_NETWORK,
};
