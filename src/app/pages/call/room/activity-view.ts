import { computed, effect, inject, type Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { map, merge, mergeMap, of, scan, switchMap, timer, type Observable } from 'rxjs';

import type { Activity, MemberActivity } from '../../../activity/activity';
import { ActivityLoader } from '../../../activity/activity-loader';
import type { PictureState } from '../../../pictures/picture-flow';
import type { Reaction } from '../../../activity/reactions';
import type { RecordingState } from '../../../mixing/recording';
import type { OwnScreen, SharedScreen } from '../../../pictures/screen-sharing';
import { QUIET } from '../../../speaking/speech';

/** How long a reaction is shown, in ms: as long as its animation. */
const SHOWN = 4_000;
/** Maximum number of reactions shown at a time: of one member, and of all. */
const CROWD = 5;
const CROWD_OF_ALL = 20;

/** Emits what `of$` gives for the activity in the present call, and `none` while there is none. */
const while$ = <T>(
  activity$: Observable<Activity | null>,
  none: T,
  of$: (activity: Activity) => Observable<T>,
): Observable<T> => activity$.pipe(switchMap((activity) => (activity ? of$(activity) : of(none))));

/** What the room shows of the members’ activity; must be called in an injection context. */
export function injectActivity() {
  const { activity$ } = inject(ActivityLoader);
  const activity = toSignal(activity$, { initialValue: null });
  const others: Signal<readonly MemberActivity[]> = toSignal(
    while$(activity$, [] as readonly MemberActivity[], ({ others$ }) => others$),
    { initialValue: [] },
  );
  const hand = toSignal(
    while$(activity$, null as number | null, ({ hand$ }) => hand$),
    { initialValue: null },
  );
  const unread = toSignal(
    while$(activity$, 0, ({ chat }) => chat.state$.pipe(map((state) => state.unread))),
    { initialValue: 0 },
  );
  const reactions = toSignal(
    while$(activity$, [] as readonly Reaction[], ({ reactions$ }) => reactions$.pipe(lasting)),
    { initialValue: [] },
  );
  const ownScreen: Signal<OwnScreen> = toSignal(
    while$(activity$, { status: 'off' }, ({ screens }) => screens.own$),
    { initialValue: { status: 'off' } },
  );
  const screens = toSignal(
    while$(activity$, [] as readonly SharedScreen[], ({ screens: shared }) => shared.theirs$),
    { initialValue: [] },
  );
  const pictures: Signal<ReadonlyMap<string, PictureState>> = toSignal(
    while$(activity$, [] as readonly PictureState[], ({ flow }) => flow.pictures$).pipe(
      map((all) => new Map(all.map((picture) => [picture.session, picture]))),
    ),
    { initialValue: new Map() },
  );
  const recording: Signal<RecordingState> = toSignal(
    while$(activity$, { status: 'off' }, ({ recording: own }) => own.state$),
    { initialValue: { status: 'off' } },
  );
  const speech = toSignal(
    while$(activity$, QUIET, ({ speakers }) => speakers.speech$),
    { initialValue: QUIET },
  );
  effect(() => activity()?.flow.follow(speech().speaker));
  const hands = computed(
    () => new Map(others().flatMap(({ session, hand: since }) => (since === null ? [] : [[session, since]]))),
  );
  return {
    loaded$: activity$,
    loaded: activity,
    others,
    hand,
    hands,
    unread,
    reactions,
    ownScreen,
    screens,
    pictures,
    recording,
    speech,
  };
}

/** The reactions shown at present, each for as long as its animation lasts. */
export const lasting = (reactions$: Observable<Reaction>): Observable<readonly Reaction[]> =>
  reactions$.pipe(
    mergeMap((reaction) =>
      merge(of({ reaction, on: true }), timer(SHOWN).pipe(map(() => ({ reaction, on: false })))),
    ),
    scan((shown: readonly Reaction[], { reaction, on }) => {
      if (!on) return shown.filter(({ id }) => id !== reaction.id);
      const theirs = shown.filter(({ session }) => session === reaction.session);
      const crowded =
        theirs.length >= CROWD ? theirs[0] : shown.length >= CROWD_OF_ALL ? shown[0] : undefined;
      return [...shown.filter((each) => each !== crowded), reaction];
    }, []),
  );
