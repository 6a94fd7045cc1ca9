import { BehaviorSubject, type Observable, Subject, Subscription } from 'rxjs';

import type { BlurState, InputState } from '../media';
import { BlurError, type Blurred, type BlurParts, withBlur } from './blur';

const aTrack = (can: unknown = undefined) => {
  const track = document.createElement('canvas').captureStream().getVideoTracks()[0] ?? new EventTarget();
  return Object.assign(track as MediaStreamTrack, {
    getCapabilities: () => (can === undefined ? {} : { backgroundBlur: can }),
  });
};

describe('withBlur', () => {
  let watching: Subscription;
  let camera$: BehaviorSubject<InputState>;
  let wanted$: BehaviorSubject<boolean>;
  let again$: Subject<void>;
  /** One for each camera that is being blurred, in order. */
  let blurs: { readonly camera: MediaStreamTrack; readonly out: Subject<Blurred> }[];
  let states: InputState[];
  let told: BlurState[];

  const unblurred = aTrack();
  const other = aTrack();
  const blurred = aTrack();

  const watch = (parts: Partial<BlurParts> = {}) => {
    const state$: Observable<InputState> = withBlur(camera$, {
      wanted$,
      again$,
      canBlur: true,
      blurring: (camera) => {
        const out = new Subject<Blurred>();
        blurs.push({ camera, out });
        return out;
      },
      tell: (state) => told.push(state),
      ...parts,
    });
    watching.add(state$.subscribe((state) => states.push(state)));
  };
  const on = (track: MediaStreamTrack): InputState => ({ status: 'on', track });
  const starting: InputState = { status: 'starting' };

  beforeEach(() => {
    watching = new Subscription();
    camera$ = new BehaviorSubject<InputState>({ status: 'off' });
    wanted$ = new BehaviorSubject(false);
    again$ = new Subject();
    blurs = [];
    states = [];
    told = [];
  });

  afterEach(() => watching.unsubscribe());

  it('passes the camera on while no blur is wanted', () => {
    watch();
    camera$.next(starting);
    camera$.next(on(unblurred));
    camera$.next(on(other));
    expect(states).toEqual([{ status: 'off' }, starting, on(unblurred), on(other)]);
    expect(told.at(-1)).toEqual({ status: 'off', slow: null });
    expect(blurs).toEqual([]);
  });

  it('replaces the track once the first blurred frame is there, and shows the cost', () => {
    camera$.next(on(unblurred));
    watch();
    wanted$.next(true);
    expect(states).toEqual([on(unblurred), starting]);
    expect(told.at(-1)).toEqual({ status: 'starting' });
    blurs[0]!.out.next({ track: blurred, share: null });
    blurs[0]!.out.next({ track: blurred, share: 0.2 });
    expect(states).toEqual([on(unblurred), starting, on(blurred)]);
    expect(told.slice(-2)).toEqual([
      { status: 'on', share: null },
      { status: 'on', share: 0.2 },
    ]);
    wanted$.next(false);
    expect(states.at(-1)).toEqual(on(unblurred));
    expect(blurs[0]!.out.observed).toBeFalse();
  });

  it('never emits an unblurred track while blur is wanted: at the start, after a change of camera, or unmuted', () => {
    wanted$.next(true);
    watch();
    camera$.next(starting);
    camera$.next(on(unblurred));
    blurs[0]!.out.next({ track: blurred, share: null });
    camera$.next({ status: 'muted', track: unblurred });
    expect(states.at(-1)).toEqual({ status: 'muted', track: blurred });
    camera$.next(on(unblurred));
    camera$.next(on(other));
    expect(states.at(-1)).toEqual(starting);
    camera$.next({ status: 'muted', track: other });
    camera$.next(on(other));
    camera$.next({ status: 'off' });
    expect(states.at(-1)).toEqual({ status: 'off' });
    camera$.next(on(unblurred));
    const tracks = states.flatMap((state) => ('track' in state ? [state.track] : []));
    expect(new Set(tracks)).toEqual(new Set([blurred]));
    expect(blurs.map(({ camera }) => camera)).toEqual([unblurred, other, unblurred]);
  });

  it('closes the camera when the blur fails, until the person retries', () => {
    camera$.next(on(unblurred));
    wanted$.next(true);
    watch();
    blurs[0]!.out.next({ track: blurred, share: null });
    blurs[0]!.out.error(new BlurError('failed'));
    expect(states.at(-1)).toEqual({ status: 'held', reason: 'failed' });
    expect(told.at(-1)).toEqual({ status: 'failed', reason: 'failed', share: null });
    expect(camera$.observed).toBeFalse();
    again$.next();
    expect(camera$.observed).toBeTrue();
    expect(states.at(-1)).toEqual(starting);
    blurs[1]!.out.next({ track: blurred, share: null });
    expect(states.at(-1)).toEqual(on(blurred));
    expect(states).not.toContain(on(unblurred));
  });

  it('shows the person unblurred only after they turn it off, and remembers that it was too slow', () => {
    camera$.next(on(unblurred));
    wanted$.next(true);
    watch();
    blurs[0]!.out.error(new BlurError('slow', 0.8));
    expect(states.at(-1)).toEqual({ status: 'held', reason: 'slow' });
    expect(told.at(-1)).toEqual({ status: 'failed', reason: 'slow', share: 0.8 });
    wanted$.next(false);
    expect(states.at(-1)).toEqual(on(unblurred));
    expect(told.at(-1)).toEqual({ status: 'off', slow: 0.8 });
  });

  it('treats any other error as a failure', () => {
    camera$.next(on(unblurred));
    wanted$.next(true);
    watch();
    blurs[0]!.out.error(new TypeError('the code did not load'));
    expect(states.at(-1)).toEqual({ status: 'held', reason: 'failed' });
  });

  it('leaves it to browsers and cameras that blur', () => {
    wanted$.next(true);
    watch();
    for (const can of [[true, false], [true]]) {
      const own = aTrack(can);
      camera$.next(on(own));
      expect(states.at(-1)).toEqual(on(own));
      expect(told.at(-1)).toEqual({ status: 'absent' });
    }
    expect(blurs).toEqual([]);
    camera$.next(on(aTrack([false])));
    expect(blurs.length).toBe(1);
  });

  it('keeps the camera closed where the browser can’t blur and the person once wanted it', () => {
    camera$.next(on(unblurred));
    watch({ canBlur: false });
    expect(told.at(-1)).toEqual({ status: 'unsupported' });
    wanted$.next(true);
    expect(states.at(-1)).toEqual({ status: 'held', reason: 'unsupported' });
    wanted$.next(false);
    expect(states.at(-1)).toEqual(on(unblurred));
  });
});
