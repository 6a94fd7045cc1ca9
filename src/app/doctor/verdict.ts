import { isSignInReason } from '../firebase/sign-in-reason';
import type { Examination } from './examination';
import { isDone } from './finding';
import { relaysOf } from './path-findings';

/**
 * The overall result.
 *
 * - `running`: not known yet
 * - `insecure`, `unsupported`, `codecs`, `configuration`, `sign-in`, `database`: calls can't work here
 * - `offline`: there is no network
 * - `anyone`: a relay answers, so everyone with a network can be reached
 * - `most`: peers can be reached directly, which fails for about one pair in five
 * - `relayMissing`: hardly any peer can be reached directly from this network, and there is no relay
 * - `nearby`: there are no servers at all, so only the local network is left
 * - `relayRefused`, `relaySilent`: there is a relay, but it can't be used
 * - `hidden`: the person hides their address, which needs a relay
 */
export type VerdictKind =
  | 'running'
  | 'insecure'
  | 'unsupported'
  | 'codecs'
  | 'offline'
  | 'configuration'
  | 'sign-in'
  | 'database'
  | 'anyone'
  | 'most'
  | 'relayMissing'
  | 'nearby'
  | 'relayRefused'
  | 'relaySilent'
  | 'hidden';

/** Further problems. */
export type Amiss = 'camera' | 'microphone' | 'silent' | 'polled' | 'slow' | 'thin';

export interface Verdict {
  readonly kind: VerdictKind;
  readonly mood: 'running' | 'well' | 'warning' | 'failed';
  /** For `relayRefused` and `relaySilent`: whether calls work without the relay. Otherwise null. */
  readonly direct: boolean | null;
  readonly amiss: readonly Amiss[];
}

/** What the findings mean for calls from here. */
export function verdict(examination: Examination): Verdict {
  const kind = kindOf(examination);
  const isRelayUseless = kind === 'relayRefused' || kind === 'relaySilent';
  const amiss = amissIn(examination);
  return {
    kind,
    mood: moodOf(kind, amiss),
    direct: isRelayUseless ? isDirect(examination) : null,
    amiss,
  };
}

function kindOf(examination: Examination): VerdictKind {
  const { browser, codecs, online, database, servers, udp, nat, relayOnly } = examination;
  if (browser.state === 'failed') return browser.reason === 'insecure' ? 'insecure' : 'unsupported';
  if (codecs.state === 'failed') return 'codecs';
  if (!online) return 'offline';
  if (database.state === 'failed') {
    const { reason } = database;
    if (isSignInReason(reason)) return 'sign-in';
    return reason === 'configuration' ? reason : 'database';
  }
  if (![browser, codecs, database].every(isDone)) return 'running';
  const relays = relaysOf(servers.list);
  // A relay that responds is enough, even if the UDP and NAT checks fail.
  if (relays === 'answers') return 'anyone';
  if (![servers, udp, nat].every(isDone)) return 'running';
  if (relayOnly) return 'hidden';
  if (relays === 'refused') return 'relayRefused';
  if (relays === 'silent') return 'relaySilent';
  if (servers.list.length === 0) return 'nearby';
  return isDirect(examination) ? 'most' : 'relayMissing';
}

/** Whether most peers can be reached without a relay: RFC 4787, section 4.1, and RFC 5128, section 3.3. */
const isDirect = ({ udp, nat }: Examination): boolean =>
  udp.reason === 'open' && nat.reason !== 'dependent' && nat.reason !== 'portDependent';

function amissIn({ camera, microphone, database, relay }: Examination): readonly Amiss[] {
  const found: Readonly<Record<Amiss, boolean>> = {
    camera: camera.state === 'failed',
    microphone: microphone.state === 'failed',
    silent: microphone.reason === 'silent',
    polled: database.reason === 'polled',
    slow: database.reason === 'slow',
    thin: relay.reason === 'thin',
  };
  return (Object.keys(found) as Amiss[]).filter((what) => found[what]);
}

function moodOf(kind: VerdictKind, amiss: readonly Amiss[]): Verdict['mood'] {
  switch (kind) {
    case 'running':
      return 'running';
    case 'anyone':
      return amiss.length > 0 ? 'warning' : 'well';
    case 'most':
    case 'nearby':
    case 'offline':
      return 'warning';
    default:
      return 'failed';
  }
}
