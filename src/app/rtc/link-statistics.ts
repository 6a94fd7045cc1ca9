import { defer, exhaustMap, map, Observable, of, pairwise, shareReplay, startWith, timer } from 'rxjs';

import { elapsed } from '../loading/clock';
import type { MediaKind } from './codecs';
import { isPlaceholder } from './fan-out-messages';

/** One direction of one kind of media (W3C webrtc-stats). `null` means unknown or not applicable. */
export interface StreamStatistics {
  /** MIME type, for example `video/VP9`. */
  readonly codec: string | null;
  /** Whether the sender is to send (`RTCOutboundRtpStreamStats.active`); not every browser reports it. */
  readonly active: boolean | null;
  /** bit/s over the last second. */
  readonly bitRate: number | null;
  /** Pixels; video only. Unknown for a picture that another link encodes (see fan-out.ts): the browser reports its placeholder's. */
  readonly width: number | null;
  readonly height: number | null;
  /** Frames a second; video only. */
  readonly frameRate: number | null;
  /** Fraction of packets lost over the last second, 0…1. */
  readonly loss: number | null;
  /** In ms. */
  readonly jitter: number | null;
}

/** Candidate types of RFC 8445, section 5.1.1. */
export type CandidateType = 'host' | 'srflx' | 'prflx' | 'relay';

/** What encoding all pictures sent over a link costs. */
export interface EncodingCost {
  /** Seconds of encoding in each second (`totalEncodeTime`); null where the browser doesn't report it. */
  readonly share: number | null;
  /** Whether the browser lowers a picture's quality because the processor is too slow (`qualityLimitationReason`). */
  readonly limited: boolean;
}

/** Statistics of one link at one moment. */
export interface LinkStatistics {
  /** When they were taken, by `elapsed`, in ms. */
  readonly at: number;
  /** Of the selected candidate pair, in ms. */
  readonly roundTripTime: number | null;
  readonly local: CandidateType | null;
  readonly remote: CandidateType | null;
  /** `udp` or `tcp`. For a relay, the protocol used to reach it, which may be `tls`. */
  readonly protocol: string | null;
  /** Media takes a relay although the peer's checks arrive on a pair without one (`requestsReceived`). */
  readonly unusedPath: boolean;
  /** DTLS state of the transport (RTCDtlsTransportState); not every browser reports it. */
  readonly handshake: RTCDtlsTransportState | null;
  /** Estimated outgoing capacity of the path, in bit/s (`availableOutgoingBitrate`); not every browser reports it. */
  readonly available: number | null;
  readonly encoding: EncodingCost;
  readonly sent: { readonly audio: StreamStatistics | null; readonly video: StreamStatistics | null };
  readonly received: { readonly audio: StreamStatistics | null; readonly video: StreamStatistics | null };
}

type Stats = Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string };

const INTERVAL = 1000;

const shared = new WeakMap<RTCPeerConnection, Observable<LinkStatistics>>();

/**
 * Emits statistics once a second while subscribed. For a closed connection, emits once, with every figure unknown. All
 * subscribers share one reading a second, and a later one starts with the latest.
 */
export function linkStatistics$(connection: RTCPeerConnection): Observable<LinkStatistics> {
  const known = shared.get(connection);
  if (known) return known;
  const made = polled(connection).pipe(shareReplay({ bufferSize: 1, refCount: true }));
  shared.set(connection, made);
  return made;
}

const polled = (connection: RTCPeerConnection): Observable<LinkStatistics> =>
  defer(() =>
    connection.signalingState === 'closed'
      ? of([] as readonly Stats[])
      : timer(0, INTERVAL).pipe(
          exhaustMap(() => connection.getStats()),
          map((report) => [...report.values()] as readonly Stats[]),
        ),
  ).pipe(
    startWith([] as readonly Stats[]),
    pairwise(),
    map(([before, now]) => linkStatistics(before, now)),
  );

/** Computes the statistics from two reports taken a second apart. */
export function linkStatistics(before: readonly Stats[], now: readonly Stats[]): LinkStatistics {
  const byId = new Map(now.map((stats) => [stats.id, stats]));
  const transport = now.find(({ type }) => type === 'transport');
  const pair =
    byId.get(String(transport?.['selectedCandidatePairId'])) ??
    // Firefox doesn't report the selected pair on the transport.
    now.find((stats) => stats.type === 'candidate-pair' && stats['selected'] === true);
  const local = byId.get(String(pair?.['localCandidateId']));
  const remote = byId.get(String(pair?.['remoteCandidateId']));
  const stream = (type: 'inbound-rtp' | 'outbound-rtp', kind: MediaKind) =>
    streamStatistics(before, now, type, kind);
  return {
    at: elapsed(),
    roundTripTime: scaled(pair?.['currentRoundTripTime'], 1000),
    local: (local?.['candidateType'] as CandidateType | undefined) ?? null,
    remote: (remote?.['candidateType'] as CandidateType | undefined) ?? null,
    protocol: ((local?.['relayProtocol'] ?? local?.['protocol']) as string | undefined) ?? null,
    unusedPath: isRelayed(pair, byId) && checksPastRelay(before, now, byId),
    handshake: (transport?.['dtlsState'] as RTCDtlsTransportState | undefined) ?? null,
    available: scaled(pair?.['availableOutgoingBitrate'], 1),
    encoding: encodingCost(before, now),
    sent: { audio: stream('outbound-rtp', 'audio'), video: stream('outbound-rtp', 'video') },
    received: { audio: stream('inbound-rtp', 'audio'), video: stream('inbound-rtp', 'video') },
  };
}

type ById = ReadonlyMap<string, Stats>;

const isRelayed = (pair: Stats | undefined, byId: ById): boolean =>
  [pair?.['localCandidateId'], pair?.['remoteCandidateId']].some(
    (id) => byId.get(String(id))?.['candidateType'] === 'relay',
  );

/** Whether the peer's checks have arrived on a pair without a relay since the report before. */
const checksPastRelay = (before: readonly Stats[], now: readonly Stats[], byId: ById): boolean =>
  now.some((pair) => {
    if (pair.type !== 'candidate-pair' || isRelayed(pair, byId)) return false;
    const earlier = before.find(({ id }) => id === pair.id);
    return (difference(pair['requestsReceived'], earlier?.['requestsReceived']) ?? 0) > 0;
  });

function encodingCost(before: readonly Stats[], now: readonly Stats[]): EncodingCost {
  const pictures = now.filter(({ type, kind }) => type === 'outbound-rtp' && kind === 'video');
  const shares = pictures.flatMap((stream) => {
    const earlier = before.find(({ id }) => id === stream.id);
    const spent = difference(stream['totalEncodeTime'], earlier?.['totalEncodeTime']);
    const period = difference(stream['timestamp'], earlier?.['timestamp']);
    return spent === null || period === null || period <= 0 ? [] : [(Math.max(0, spent) * 1000) / period];
  });
  return {
    share: shares.length > 0 ? shares.reduce((sum, share) => sum + share) : null,
    limited: pictures.some((stream) => stream['qualityLimitationReason'] === 'cpu'),
  };
}

function streamStatistics(
  before: readonly Stats[],
  now: readonly Stats[],
  type: 'inbound-rtp' | 'outbound-rtp',
  kind: MediaKind,
): StreamStatistics | null {
  const stream = now.find((stats) => stats.type === type && stats['kind'] === kind);
  if (!stream) {
    return null;
  }
  const inbound = type === 'inbound-rtp';
  const earlier = before.find(({ id }) => id === stream.id);
  const remote = now.find(
    ({ type: other, ...stats }) => other === 'remote-inbound-rtp' && stats['kind'] === kind,
  );
  const codec = now.find(({ id }) => id === stream['codecId']);
  const [width, height] = [scaled(stream['frameWidth'], 1), scaled(stream['frameHeight'], 1)];
  const isOwn = inbound || !isPlaceholder(width ?? 0, height ?? 0);
  const grown = (key: string) => difference(stream[key], earlier?.[key]);
  const bytes = grown(inbound ? 'bytesReceived' : 'bytesSent');
  const period = difference(stream['timestamp'], earlier?.['timestamp']);
  const lost = grown('packetsLost');
  const received = grown('packetsReceived');
  return {
    codec: (codec?.['mimeType'] as string | undefined) ?? null,
    active: (stream['active'] as boolean | undefined) ?? null,
    bitRate:
      bytes === null || period === null || period <= 0 ? null : Math.max(0, (bytes * 8 * 1000) / period),
    width: isOwn ? width : null,
    height: isOwn ? height : null,
    frameRate: scaled(stream['framesPerSecond'], 1),
    loss: inbound ? share(lost, received) : scaled(remote?.['fractionLost'], 1),
    jitter: scaled((inbound ? stream : remote)?.['jitter'], 1000),
  };
}

function difference(now: unknown, before: unknown): number | null {
  return typeof now === 'number' && typeof before === 'number' ? now - before : null;
}

function scaled(value: unknown, factor: number): number | null {
  return typeof value === 'number' ? value * factor : null;
}

function share(lost: number | null, received: number | null): number | null {
  const all = (lost ?? 0) + (received ?? 0);
  return lost === null || all <= 0 ? null : Math.max(0, lost) / all;
}
