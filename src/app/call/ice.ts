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
import { Remembered } from '../storage/remembered';
import { isTime } from '../rtc/bounds';
import { ICE_SERVERS, readIceServers } from '../rtc/ice-servers';
import { isDate } from '../signaling/records';

/** The document that whoever runs the site keeps its servers in (docs/protocol.md, "config/ice"). */
const PATH = 'config/ice';
const MEMORY = 'parley.ice';
const RELAY_ONLY = 'parley.relayOnly';

const MINUTE = 60_000;
/** Without credentials nothing runs out; looked up again after this long, ms. */
const LOOK_AGAIN = 12 * 60 * MINUTE;
/** Where there were none they may be set up at any time, ms. */
const LOOK_AGAIN_FOR_SOME = 60 * MINUTE;
/** Credentials are renewed this long before they run out, ms: in the meantime whoever publishes them has done so. */
const AHEAD = 10 * MINUTE;
/** What could not be read, or was not renewed in time, is asked for again after this long, ms. */
const AGAIN = MINUTE;
/** A browser's timers hold 31 bits of ms. */
const LONGEST = 2 ** 31 - 1;
/** A call does not wait longer than this for its servers, ms. */
const PATIENCE = 2_000;

/** The servers of the deployment as they were read. */
export interface IceServerList {
  /** Null when the deployment names none. */
  readonly servers: readonly RTCIceServer[] | null;
  /** When the credentials run out, ms since the epoch by the server's clock; null when there are none. */
  readonly validUntil: number | null;
  /** ms since the epoch. */
  readonly readAt: number;
}

/**
 * The servers that help to find a way to the others, and whether the way must be through a relay. Read once for as long as they
 * are good, so that a call costs no read of its own.
 */
@Injectable({ providedIn: 'root' })
export class Ice {
  private readonly fallback = inject(ICE_SERVERS);
  private readonly kept = inject(Remembered);
  /** Not everybody at once. */
  private readonly ahead = AHEAD * (1 + Math.random());
  private readonly listed = new BehaviorSubject<IceServerList | null>(this.remembered());
  private readonly only = new BehaviorSubject(this.kept.get(RELAY_ONLY) === 'on');

  /** Whether one's own address is kept from the others: nothing but relays is used (`iceTransportPolicy`). */
  readonly relayOnly = toSignal(this.only, { requireSync: true });

  hideAddress(hide: boolean): void {
    this.only.next(hide);
    this.kept.set(RELAY_ONLY, hide ? 'on' : null);
  }

  /**
   * What connections are to be made with, and again whenever that changes: credentials are renewed before they run out,
   * in a running call too. Starts once the servers are known, or two seconds later with those that were good before.
   */
  configuration$(documents: Documents): Observable<RTCConfiguration> {
    const list$ = concat(
      defer(() => this.list(documents)),
      defer(() => this.renewals(documents)),
    ).pipe(distinctUntilChanged(sameServers));
    return combineLatest([list$, this.only]).pipe(
      map(([{ servers }, relayOnly]) => ({
        // On emulators everybody is near, and a server that can't be reached would only hold up gathering.
        iceServers: [...(servers ?? (documents.emulated ? [] : this.fallback))],
        iceTransportPolicy: relayOnly ? ('relay' as const) : ('all' as const),
        bundlePolicy: 'max-bundle' as const,
      })),
    );
  }

  /** The servers: those at hand while they are good, else read. Never rejects. */
  async list(documents: Documents): Promise<IceServerList> {
    const held = this.listed.value;
    if (held && isGood(held, documents.now())) return held;
    const read = this.read(documents).catch(() => null);
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

  /** Reads them again before they run out, for as long as somebody listens. */
  private renewals(documents: Documents): Observable<IceServerList> {
    return this.listed.pipe(
      filter((list) => list !== null),
      switchMap((list) =>
        concat(
          of(list),
          timer(Math.min(this.lasts(list, documents.now()), LONGEST)).pipe(
            switchMap(() => this.read(documents)),
            retry({ delay: AGAIN }),
            ignoreElements(),
          ),
        ),
      ),
    );
  }

  /** How long until it is worth while to read them again, ms. */
  private lasts({ servers, validUntil }: IceServerList, now: number): number {
    if (validUntil === null) return servers ? LOOK_AGAIN : LOOK_AGAIN_FOR_SOME;
    const good = validUntil - this.ahead - now;
    // Whoever publishes them is late: often while they are still good, then seldom.
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

/** Whether a list can be used without asking again. */
function isGood({ servers, validUntil, readAt }: IceServerList, now: number): boolean {
  const age = now - readAt;
  if (age < 0 || age > (servers ? LOOK_AGAIN : LOOK_AGAIN_FOR_SOME)) return false;
  return validUntil === null || now < validUntil - AHEAD;
}

function serversIn(text: string): readonly RTCIceServer[] | null {
  try {
    return readIceServers(JSON.parse(text));
  } catch {
    return null;
  }
}

const sameServers = (a: IceServerList, b: IceServerList) =>
  JSON.stringify(a.servers) === JSON.stringify(b.servers);
