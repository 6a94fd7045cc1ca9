import { BehaviorSubject, distinctUntilChanged, map, mergeMap, Observable, scan, skip, Subject } from 'rxjs';

import type { Departures } from '../links/departures';
import { note } from '../log/note';
import type { Notice } from './call-state';
import { newRoster, nextRoster, type Roster, type RosterEvent } from './roster';

/** The events that the debug log keeps: they are rare, and explain who was shown. */
const TELLING = ['seated', 'left', 'lost', 'found', 'reached', 'changed', 'waited'] as const;
type Telling = Extract<RosterEvent, { readonly type: (typeof TELLING)[number] }>;
const isTelling = (event: RosterEvent): event is Telling =>
  (TELLING as readonly string[]).includes(event.type);

/**
 * The roster of a visit. Events change it, it says which links there are, and links report events.
 *
 * An event that arrives while another one is being handled waits its turn, so that all listeners get the same rosters in the
 * same order.
 */
export class LiveRoster implements Departures {
  private readonly events = new Subject<RosterEvent>();
  /** The event that is being handled, and those that wait. */
  private readonly waiting: RosterEvent[] = [];
  private readonly roster: BehaviorSubject<Roster>;
  /** Starts with the present roster. */
  readonly roster$: Observable<Roster>;
  /** What events give notice of; nothing is replayed. */
  readonly notices$: Observable<Notice>;

  /**
   * @param session this member's session
   * @param clock the server's clock, in ms since the epoch
   */
  constructor(session: string, clock: () => number) {
    this.roster = new BehaviorSubject(newRoster(session));
    this.roster$ = this.roster.asObservable();
    this.notices$ = this.roster.pipe(
      skip(1),
      mergeMap(({ notices }) => notices),
    );
    this.events
      .pipe(scan((roster, event) => nextRoster(roster, event, clock()), this.now))
      .subscribe(this.roster);
  }

  get now(): Roster {
    return this.roster.value;
  }

  tell(event: RosterEvent): void {
    if (isTelling(event)) note('call', event.type, { members: this.now.members.length });
    this.waiting.push(event);
    if (this.waiting.length > 1) return;
    for (; this.waiting.length > 0; this.waiting.shift()) this.events.next(this.waiting[0]!);
  }

  /** One part of the roster; emits when it is a different object or value. */
  part$<K extends keyof Roster>(part: K): Observable<Roster[K]> {
    return this.roster$.pipe(
      map((roster) => roster[part]),
      distinctUntilChanged(),
    );
  }

  leave(session: string): void {
    this.tell({ type: 'left', session });
  }

  lose(session: string): void {
    this.tell({ type: 'lost', session });
  }

  find(session: string): void {
    this.tell({ type: 'found', session });
  }
}
