import { inject, Injectable } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import {
  BehaviorSubject,
  combineLatest,
  concat,
  defer,
  distinctUntilChanged,
  filter,
  ignoreElements,
  map,
  Observable,
  of,
  retry,
  switchMap,
  timer,
} from 'rxjs';

import type { Documents } from '../firebase/documents';
import { noteError, noted } from '../log/note';
import { Remembered } from '../storage/remembered';
import { isTime } from '../values/bounds';
import { ICE_SERVERS, readIceServers } from '../rtc/ice-servers';
import { isDate } from '../signaling/records';

/** The document that the site operator keeps the servers in (docs/protocol.md, "config/ice"). */
const PATH = 'config/ice';
const MEMORY = 'parley.ice';
const RELAY_ONLY = 'parley.relayOnly';

const MINUTE = 60_000;
/** How long a list without credentials stays valid, in ms: nothing in it expires. */
const LOOK_AGAIN = 12 * 60 * MINUTE;
/** How long an empty list stays valid, in ms: servers may be added at any time. */
const LOOK_AGAIN_FOR_SOME = 60 * MINUTE;
/** How long before expiry credentials are renewed, in ms: by then the site operator has published new ones. */
const AHEAD = 10 * MINUTE;
/** Retry delay for servers that could not be read or were not renewed in time, in ms. */
const AGAIN = MINUTE;
/** Longest delay of a browser's timer, in ms: 31 bits. */
const LONGEST = 2 ** 31 - 1;
/** How long a call waits for its servers, in ms. */
const PATIENCE = 2_000;

/** The deployment's servers as they were read. */
export interface IceServerList {
  /** Null when the deployment has none. */
  readonly servers: readonly RTCIceServer[] | null;
  /** When the credentials expire, in ms since the epoch by the server's clock; null when there are none. */
  readonly validUntil: number | null;
  /** When the list was read, in ms since the epoch by the server's clock. */
  readonly readAt: number;
}

/**
 * The servers that help to find a path to the other members, and whether that path must go through a relay. Read once and
 * reused while they are valid, so that a call costs no read of its own.
 */
@Injectable({ providedIn: 'root' })
export class Ice {
  private readonly fallback = inject(ICE_SERVERS);
  private readonly kept = inject(Remembered);
  /** Random, so that not all clients read at the same time. */
  private readonly ahead = AHEAD * (1 + Math.random());
  private readonly listed = new BehaviorSubject<IceServerList | null>(this.remembered());
  private readonly only = new BehaviorSubject(this.kept.get(RELAY_ONLY) === 'on');

  /** Whether this member's address is hidden from the other members: only relays are used (`iceTransportPolicy`). */
  readonly relayOnly = toSignal(this.only, { requireSync: true });

  hideAddress(hide: boolean): void {
    this.only.next(hide);
    this.kept.set(RELAY_ONLY, hide ? 'on' : null);
  }

  /**
   * The configuration of connections, and again whenever it changes: credentials are renewed before they expire, even in a
   * running call. Starts once the servers are known, or after 2 s with those that were valid before.
   */
  configuration$(documents: Documents): Observable<RTCConfiguration> {
    const list$ = concat(
      defer(() => this.list(documents)),
      defer(() => this.renewals(documents)),
    ).pipe(distinctUntilChanged(sameServers));
    return combineLatest([list$, this.only]).pipe(
      map(([{ servers }, relayOnly]) => ({
        // With emulators all members are near, and an unreachable server would only delay gathering.
        iceServers: [...(servers ?? (documents.emulated ? [] : this.fallback))],
        iceTransportPolicy: relayOnly ? ('relay' as const) : ('all' as const),
        bundlePolicy: 'max-bundle' as const,
      })),
    );
  }

  /** The held servers while they are valid, else a new read. Never rejects. */
  async list(documents: Documents): Promise<IceServerList> {
    const held = this.listed.value;
    if (held && isGood(held, documents.now())) return held;
    const read = this.read(documents).catch(noted('servers', 'list', null));
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE));
    return (await Promise.race([read, late])) ?? held ?? { servers: null, validUntil: null, readAt: 0 };
  }

  private async read(documents: Documents): Promise<IceServerList> {
    const fields = await documents.get(PATH);
    const text = fields?.['servers'];
    const until = fields?.['validUntil'];
    const list: IceServerList = {
      servers: typeof text === 'string' ? serversIn(text) : null,
      validUntil: isDate(until) ? until.getTime() : null,
      readAt: documents.now(),
    };
    this.listed.next(list);
    this.remember(list);
    return list;
  }

  /** Reads the servers again before they expire, while subscribed. */
  private renewals(documents: Documents): Observable<IceServerList> {
    return this.listed.pipe(
      filter((list) => list !== null),
      switchMap((list) =>
        concat(
          of(list),
          timer(Math.min(this.lasts(list, documents.now()), LONGEST)).pipe(
            switchMap(() => this.read(documents)),
            retry({
              delay: (error) => {
                noteError('servers', 'renew', error);
                return timer(AGAIN);
              },
            }),
            ignoreElements(),
          ),
        ),
      ),
    );
  }

  /** Time until the servers are worth reading again, in ms. */
  private lasts({ servers, validUntil }: IceServerList, now: number): number {
    if (validUntil === null) return servers ? LOOK_AGAIN : LOOK_AGAIN_FOR_SOME;
    const good = validUntil - this.ahead - now;
    // The site operator is late: retry often while the credentials are still valid, then rarely.
    return good > 0 ? good : now < validUntil ? AGAIN : LOOK_AGAIN_FOR_SOME;
  }

  private remembered(): IceServerList | null {
    const { servers, validUntil, readAt } = this.kept.record(MEMORY) ?? {};
    if (!isTime(readAt)) return null;
    return {
      servers: readIceServers(servers),
      validUntil: isTime(validUntil) ? validUntil : null,
      readAt,
    };
  }

  private remember(list: IceServerList): void {
    this.kept.setRecord(MEMORY, list);
  }
}

/** Whether a list can be used without reading it again. */
function isGood({ servers, validUntil, readAt }: IceServerList, now: number): boolean {
  const age = now - readAt;
  if (age < 0 || age > (servers ? LOOK_AGAIN : LOOK_AGAIN_FOR_SOME)) return false;
  return validUntil === null || now < validUntil - AHEAD;
}

function serversIn(text: string): readonly RTCIceServer[] | null {
  try {
    return readIceServers(JSON.parse(text));
  } catch (error) {
    noteError('servers', 'parse', error);
    return null;
  }
}

const sameServers = (a: IceServerList, b: IceServerList) =>
  JSON.stringify(a.servers) === JSON.stringify(b.servers);
