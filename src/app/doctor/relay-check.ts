import { catchError, concat, map, Observable, of } from 'rxjs';

import { noted } from '../log/note';
import { RUNNING, type Finding } from './finding';
import type { CreateConnection } from './gathering';
import { relayLoopback, type RelayFigures } from './relay-loopback';
import type { ServerFinding } from './server-check';

/**
 * - `thin`: the relay carries less than a good picture needs, or loses too much
 * - `noRelay`: no relay is configured; `noAnswer`: none answers, so there is nothing to measure
 * - `noWay`: the relay answers, but forwards nothing from itself to itself
 */
export interface RelayFinding extends Finding<'measured' | 'thin' | 'noRelay' | 'noAnswer' | 'noWay'> {
  readonly figures: RelayFigures | null;
}

/** Rate of a call in good quality, in bit/s. */
const ENOUGH = 1.5e6;
/** Loss that can be heard and seen, 0…1. */
const LOSSY = 0.03;

/** Measures how much the relays that answered carry. Never errors. */
export function relayCheck(
  create: CreateConnection,
  servers: readonly ServerFinding[],
  iceServers: readonly RTCIceServer[],
): Observable<RelayFinding> {
  const relays = servers.filter(({ server }) => server.protocol === 'turn');
  const answering = relays.filter(({ reason }) => reason === 'answers').map(({ url }) => url);
  if (answering.length === 0) {
    return of({ state: 'note', reason: relays.length === 0 ? 'noRelay' : 'noAnswer', figures: null });
  }
  const used = iceServers.flatMap(({ urls, ...credentials }) => {
    const kept = [urls].flat().filter((url) => answering.includes(url));
    return kept.length > 0 ? [{ ...credentials, urls: kept }] : [];
  });
  return concat(
    of<RelayFinding>({ ...RUNNING, figures: null }),
    relayLoopback(create, used).pipe(
      map((figures): RelayFinding => {
        const isThin = figures.rate < ENOUGH || figures.loss > LOSSY;
        return { state: isThin ? 'warning' : 'well', reason: isThin ? 'thin' : 'measured', figures };
      }),
      catchError(
        noted('doctor', 'relay', of<RelayFinding>({ state: 'note', reason: 'noWay', figures: null })),
      ),
    ),
  );
}
