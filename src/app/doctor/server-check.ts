import { catchError, concat, map, Observable, of, scan, startWith, takeUntil, takeWhile, timer } from 'rxjs';

import { REFUSED_CREDENTIALS } from '../rtc/relay-state';
import type { Finding } from './finding';
import { CreateConnection, gathering, GatheringEvent } from './gathering';
import { serverUrl, ServerUrl } from './server-url';

/**
 * - `answers`: it gave an address
 * - `refused`: it does not take the credentials, or they have run out (RFC 8489, sections 9.2.4 and 14.8)
 * - `full`: it gives no more relays for now (RFC 8656, section 18: 486, 508)
 * - `error`: it answered with another error
 * - `unreachable`: it does not answer
 */
export interface ServerFinding extends Finding<'answers' | 'refused' | 'full' | 'error' | 'unreachable'> {
  readonly url: string;
  readonly server: ServerUrl;
  /** From asking until the first candidate came, ms. */
  readonly time: number | null;
  readonly code: number | null;
  /** The server's own words, or the browser's. */
  readonly text: string;
  /** The candidates that came. */
  readonly candidates: readonly RTCIceCandidate[];
}

/** A server that has not answered by then helps no call, ms. */
const PATIENCE = 8_000;

/** W3C WebRTC, section 4.8.2: the server was not reached. Chromium has 700 beside it, for a TURN server alone. */
const NOT_REACHED: readonly number[] = [700, 701];
const FULL: readonly number[] = [486, 508];

/**
 * Asks one server by one transport for an address, by a connection of its own: a TURN server for a relay. Emits what is
 * known so far and completes with the result; never errors.
 *
 * @param now a clock, ms
 */
export function serverCheck(
  create: CreateConnection,
  url: string,
  credentials: Pick<RTCIceServer, 'username' | 'credential'>,
  now: () => number = () => performance.now(),
): Observable<ServerFinding> {
  const server = serverUrl(url);
  const begun: ServerFinding = {
    state: 'running',
    reason: null,
    url,
    server,
    time: null,
    code: null,
    text: '',
    candidates: [],
  };
  const isTurn = server.protocol === 'turn';
  const configuration: RTCConfiguration = {
    iceServers: [isTurn ? { ...credentials, urls: [url] } : { urls: [url] }],
    iceTransportPolicy: isTurn ? 'relay' : 'all',
  };
  const asked = now();
  const events$ = gathering(create, configuration).pipe(takeUntil(timer(PATIENCE)));
  return concat(events$, of('over' as const)).pipe(
    scan((finding, event) => next(finding, event, now() - asked), begun),
    startWith(begun),
    takeWhile(({ state }) => state === 'running', true),
    catchError((error: unknown) =>
      of<ServerFinding>({ ...begun, state: 'failed', reason: 'error', text: String(error) }),
    ),
    map((finding) => (finding.state === 'running' ? { ...finding, reason: null } : finding)),
  );
}

function next(finding: ServerFinding, event: GatheringEvent | 'over', time: number): ServerFinding {
  if (event === 'over') return { ...finding, state: 'failed', reason: finding.reason ?? 'unreachable' };
  const { protocol } = finding.server;
  switch (event.kind) {
    case 'candidate': {
      const candidates = [...finding.candidates, event.candidate];
      const isWanted = event.candidate.type === (protocol === 'turn' ? 'relay' : 'srflx');
      return isWanted
        ? { ...finding, candidates, state: 'well', reason: 'answers', time, code: null, text: '' }
        : { ...finding, candidates };
    }
    case 'error': {
      const reason = reasonOf(event.code);
      const { code, text } = event;
      // Refused by one way in, refused by all. What else goes wrong may concern one of several networks alone.
      if (reason === 'refused') return { ...finding, state: 'failed', reason, code, text };
      return finding.reason === null || finding.reason === 'unreachable'
        ? { ...finding, reason, code, text }
        : finding;
    }
    case 'complete': {
      // What a server sees is left out when it is what the device has: nothing translates in between.
      const isBare =
        protocol === 'stun' &&
        event.tellsErrors &&
        finding.reason === null &&
        finding.candidates.some(({ protocol }) => protocol === 'udp');
      if (isBare) return { ...finding, state: 'well', reason: 'answers', time };
      return { ...finding, state: 'failed', reason: finding.reason ?? 'unreachable' };
    }
  }
}

function reasonOf(code: number): Exclude<ServerFinding['reason'], 'answers' | null> {
  if (REFUSED_CREDENTIALS.includes(code)) return 'refused';
  if (FULL.includes(code)) return 'full';
  return NOT_REACHED.includes(code) ? 'unreachable' : 'error';
}
