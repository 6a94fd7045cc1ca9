import { catchError, concat, map, Observable, of, scan, startWith, takeUntil, takeWhile, timer } from 'rxjs';

import { noteError } from '../log/note';
import { REFUSED_CREDENTIALS } from '../rtc/relay-state';
import type { Finding } from './finding';
import { CreateConnection, gathering, GatheringEvent } from './gathering';
import { serverUrl, ServerUrl } from './server-url';

/**
 * - `answers`: the server gave an address
 * - `refused`: it rejects the credentials, or they have expired (RFC 8489, sections 9.2.4 and 14.8)
 * - `full`: it allocates no more relays for now (RFC 8656, section 18: 486, 508)
 * - `error`: it answered with another error
 * - `unreachable`: it doesn't answer
 */
export interface ServerFinding extends Finding<'answers' | 'refused' | 'full' | 'error' | 'unreachable'> {
  readonly url: string;
  readonly server: ServerUrl;
  /** Time from the request to the first wanted candidate, in ms. */
  readonly time: number | null;
  readonly code: number | null;
  /** The server's or the browser's error text. */
  readonly text: string;
  /** The candidates received so far. */
  readonly candidates: readonly RTCIceCandidate[];
}

/** Time limit, in ms: a slower server is of no use to a call. */
const PATIENCE = 8_000;

/** W3C WebRTC, section 4.8.2: the server was not reached. Chromium also uses 700, for TURN servers only. */
const NOT_REACHED: readonly number[] = [700, 701];
const FULL: readonly number[] = [486, 508];

/**
 * Asks one server over one transport for an address, with a connection of its own; asks a TURN server for a relay. Emits what
 * is known so far and completes with the result; never errors.
 *
 * @param now a clock, in ms
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
    catchError((error: unknown) => {
      noteError('doctor', 'server', error);
      return of<ServerFinding>({ ...begun, state: 'failed', reason: 'error', text: String(error) });
    }),
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
      // A refusal applies to every attempt. Other errors may concern only one of several networks.
      if (reason === 'refused') return { ...finding, state: 'failed', reason, code, text };
      return finding.reason === null || finding.reason === 'unreachable'
        ? { ...finding, reason, code, text }
        : finding;
    }
    case 'complete': {
      // Browsers leave out the address that a server sees if it equals the device's own: there is no NAT in between.
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
