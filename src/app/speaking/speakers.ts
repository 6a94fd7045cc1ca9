import {
  combineLatest,
  distinctUntilChanged,
  map,
  type Observable,
  of,
  scan,
  shareReplay,
  startWith,
  switchMap,
  timer,
  withLatestFrom,
} from 'rxjs';

import { elapsed } from '../loading/clock';
import type { InputState } from '../media/media';
import { loudness } from '../media/sound-level';
import { isSameList } from '../rx/same-list';
import type { Peer, Peers } from '../wire/peers';
import { DECIDE_EVERY, nextSpeaker, type Reading, SILENCE, speakingIn } from './active-speaker';
import { levelReader } from './heard-level';
import { QUIET, type Speech } from './speech';

/** This member's own sound. */
export interface OwnSound {
  readonly microphone$: Observable<InputState>;
  /** Creates an audio context, which measures it; null where the browser has none. */
  readonly create: () => AudioContext | null;
}

/** Samples of the microphone in one reading: about 43 ms, as much as two packets from a peer cover. */
const SAMPLES = 2_048;

/**
 * Who speaks in a call of three or more. In a call of two it is always the peer, so nothing is measured there. One timer reads
 * the levels of all members while anyone subscribes.
 */
export class Speakers {
  /** Starts with the present value. */
  readonly speech$: Observable<Speech>;
  readonly speaker$: Observable<string | null>;
  readonly speaking$: Observable<readonly string[]>;

  /** @param own null if this member is never to count as a speaker */
  constructor(
    private readonly peers: Peers,
    private readonly own: OwnSound | null,
  ) {
    this.speech$ = peers.peers$.pipe(
      map((others) => others.length > 1),
      distinctUntilChanged(),
      switchMap((crowd) => (crowd ? this.listen().pipe(startWith(QUIET)) : of(QUIET))),
      distinctUntilChanged(isSame),
      shareReplay({ bufferSize: 1, refCount: true }),
    );
    this.speaker$ = this.speech$.pipe(
      map(({ speaker }) => speaker),
      distinctUntilChanged(),
    );
    this.speaking$ = this.speech$.pipe(
      map(({ speaking }) => speaking),
      distinctUntilChanged((a, b) => isSameList(a, b)),
    );
  }

  private listen(): Observable<Speech> {
    const readers = new WeakMap<Peer['media'], ReturnType<typeof levelReader>>();
    const levelOf = ({ media }: Peer, now: number): number | null => {
      const reader = readers.get(media) ?? levelReader(media);
      readers.set(media, reader);
      return reader(now);
    };
    const members$ = combineLatest([this.peers.peers$, this.peers.self$, ownLevel(this.own)]);
    return timer(DECIDE_EVERY, DECIDE_EVERY).pipe(
      withLatestFrom(members$),
      map(([, [others, self, own]]): Reading => {
        const at = elapsed();
        const levels = new Map(others.map((peer) => [peer.session, levelOf(peer, at)]));
        if (self) levels.set(self.session, own);
        return { at, levels };
      }),
      scan(nextSpeaker, SILENCE),
      map((state) => ({ speaker: state.speaker, speaking: speakingIn(state) })),
    );
  }
}

/** This member's level, 0…1; null while the microphone is off. Starts with the present value. */
const ownLevel = (own: OwnSound | null): Observable<number | null> => {
  if (own === null) return of(null);
  return own.microphone$.pipe(
    map((state) => (state.status === 'on' ? state.track : null)),
    distinctUntilChanged(),
    switchMap((track) =>
      track
        ? loudness(track, own.create, { interval: DECIDE_EVERY, samples: SAMPLES }).pipe(startWith(0))
        : of(null),
    ),
  );
};

const isSame = (a: Speech, b: Speech): boolean =>
  a.speaker === b.speaker && isSameList(a.speaking, b.speaking);
