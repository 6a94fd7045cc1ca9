import { TestBed } from '@angular/core/testing';
import { filter, firstValueFrom, map, merge, of, Subscription, switchMap, type Observable } from 'rxjs';

import { FakeMediaDevices } from '../testing/fake-media-devices';
import { provideLocalMedia } from './device-media';
import { LocalMedia } from './local-media';
import { LOCAL_STORAGE } from '../storage/local-storage';
import type { InputState } from './media';
import { treatments, Tuner, type Tuned } from './tuning';

/** Waits for everything pending on promises: a task runs after all of them. */
const settled = () => new Promise<void>((resolve) => setTimeout(resolve));

const trackOf = (state: InputState): MediaStreamTrack | null => (state.status === 'on' ? state.track : null);

/** Manages both inputs while subscribed, as the device panel does. */
const followed = (it: LocalMedia, tuner: Tuner): Observable<unknown> =>
  merge(
    ...[it.camera$, it.microphone$].map((state$) =>
      state$.pipe(
        map(trackOf),
        switchMap((track) => (track ? tuner.follow(track) : of([]))),
      ),
    ),
  );

describe('Tuner', () => {
  let fake: FakeMediaDevices;
  let watching: Subscription;

  const settings = (name: string) => fake.track(name).getSettings() as Readonly<Record<string, unknown>>;

  const both = async () => {
    TestBed.configureTestingModule({ providers: [provideLocalMedia(), Tuner, ...fake.providers()] });
    const [it, tuner] = [TestBed.inject(LocalMedia), TestBed.inject(Tuner)];
    const seen: InputState[] = [];
    const tuned: Tuned[] = [];
    watching.add(it.camera$.subscribe((state) => seen.push(state)));
    watching.add(tuner.tuned$.subscribe((one) => tuned.push(one)));
    watching.add(followed(it, tuner).subscribe());
    await settled();
    return { it, tuner, seen, tuned };
  };

  beforeEach(() => {
    fake = new FakeMediaDevices();
    watching = new Subscription();
  });

  afterEach(() => watching.unsubscribe());

  it('lowers the resolution of a running camera, on the same track', async () => {
    const { seen, tuner } = await both();
    const track = fake.track('front');
    tuner.tune({ what: 'picture', value: 'low' });
    await settled();
    expect(seen.filter(({ status }) => status === 'on').length).toBe(1);
    expect(fake.track('front')).toBe(track);
    expect([settings('front')['width'], settings('front')['height']]).toEqual([320, 180]);
    expect(fake.requests.length).toBe(1);
  });

  it('opens a camera with the resolution chosen while it was off or another was in use', async () => {
    const { it, tuner } = await both();
    it.turn('camera', false);
    tuner.tune({ what: 'picture', value: 'medium' });
    it.turn('camera', true);
    await settled();
    expect(settings('front')['width']).toBe(640);
    it.choose('camera', 'back');
    await settled();
    expect(settings('back')['width']).toBe(640);
  });

  it('changes a camera that was still opening when the preference was set', async () => {
    fake.hold();
    const { tuner } = await both();
    tuner.tune({ what: 'picture', value: 'low' });
    fake.release();
    await settled();
    expect(settings('front')['width']).toBe(320);
  });

  it('stays as it was when the camera refuses, and says so', async () => {
    fake.refuseToChange('front', 'width');
    const { it, tuner, tuned } = await both();
    tuner.tune({ what: 'picture', value: 'low' });
    await settled();
    expect(tuned).toEqual([{ what: 'picture', refused: true }]);
    expect(settings('front')['width']).toBe(1280);
    expect((await firstValueFrom(it.tuning$)).picture).toBe('high');
  });

  it('applies the last of several changes', async () => {
    const { it, tuner } = await both();
    tuner.tune({ what: 'picture', value: 'low' });
    tuner.tune({ what: 'picture', value: 'medium' });
    await settled();
    expect(settings('front')['width']).toBe(640);
    expect((await firstValueFrom(it.tuning$)).picture).toBe('medium');
  });

  it('blurs the background, also of the next camera that supports it', async () => {
    fake.equip('front', 'backgroundBlur');
    fake.equip('back', 'backgroundBlur');
    const { it, tuner, tuned } = await both();
    tuner.tune({ what: 'backgroundBlur', value: true });
    await settled();
    expect(settings('front')['backgroundBlur']).toBeTrue();
    expect(tuned).toEqual([{ what: 'backgroundBlur', refused: false }]);
    it.choose('camera', 'back');
    await settled();
    expect(settings('back')['backgroundBlur']).toBeTrue();
  });

  it('keeps blurring when the resolution changes', async () => {
    fake.equip('front', 'backgroundBlur');
    const { tuner } = await both();
    tuner.tune({ what: 'backgroundBlur', value: true });
    tuner.tune({ what: 'picture', value: 'low' });
    await settled();
    expect([settings('front')['backgroundBlur'], settings('front')['width']]).toEqual([true, 320]);
  });

  it('follows the system, which may start and stop blurring', async () => {
    fake.equip('front', 'backgroundBlur');
    const { it, tuner, tuned } = await both();
    tuner.tune({ what: 'backgroundBlur', value: true });
    await settled();
    fake.simulateTreatment('front', 'backgroundBlur', false);
    await settled();
    expect((await firstValueFrom(it.tuning$)).backgroundBlur).toBeFalse();
    expect(tuned.length).toBe(2);
    // The next change does not force the earlier setting back on it.
    tuner.tune({ what: 'picture', value: 'low' });
    await settled();
    expect(settings('front')['backgroundBlur']).toBeFalse();
  });

  it('asks a microphone for no more than it supports, and turns off what it applies', async () => {
    fake.equip('desk', 'noiseSuppression');
    const { tuner } = await both();
    expect(settings('desk')['noiseSuppression']).toBeTrue();
    tuner.tune({ what: 'noiseSuppression', value: false });
    await settled();
    expect(settings('desk')['noiseSuppression']).toBeFalse();
    expect(fake.requests.length).toBe(1);
  });

  it('reopens a microphone that can be tuned only when opened', async () => {
    fake.equip('desk', 'noiseSuppression');
    fake.refuseToChange('desk', 'noiseSuppression');
    const { tuner, tuned } = await both();
    const before = fake.track('desk');
    tuner.tune({ what: 'noiseSuppression', value: false });
    await settled();
    expect(before.readyState).toBe('ended');
    expect(settings('desk')['noiseSuppression']).toBeFalse();
    expect(fake.open('microphone')).toEqual(['desk']);
    expect(tuned).toEqual([{ what: 'noiseSuppression', refused: false }]);
  });

  it('stays as it was when a reopened microphone has not changed', async () => {
    fake.equip('desk', 'noiseSuppression');
    fake.refuseToChange('desk', 'noiseSuppression');
    fake.fix('desk', 'noiseSuppression', true);
    const { it, tuner, tuned } = await both();
    tuner.tune({ what: 'noiseSuppression', value: false });
    await settled();
    expect(tuned).toEqual([{ what: 'noiseSuppression', refused: true }]);
    expect((await firstValueFrom(it.tuning$)).noiseSuppression).toBeTrue();
    expect(fake.requests.length).toBe(2);
  });
});

/** Uses the browser's own fake camera and microphone, which `karma.conf.cjs` enables in Chromium. */
describe('Tuner in the browser', () => {
  let media: LocalMedia;
  let tuner: Tuner;
  let watching: Subscription;

  const live$ = (kind: 'microphone' | 'camera') =>
    (kind === 'camera' ? media.camera$ : media.microphone$).pipe(
      map(trackOf),
      filter((found) => found !== null),
    );

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [provideLocalMedia(), Tuner, { provide: LOCAL_STORAGE, useValue: null }],
    });
    [media, tuner] = [TestBed.inject(LocalMedia), TestBed.inject(Tuner)];
    watching = followed(media, tuner).subscribe();
  });

  afterEach(() => watching.unsubscribe());

  it('lowers and raises the resolution of the running camera, on the same track', async () => {
    const camera = await firstValueFrom(live$('camera'));
    for (const [value, expected] of [
      ['low', [320, 180]],
      ['medium', [640, 360]],
      ['high', [1280, 720]],
    ] as const) {
      const tuned = firstValueFrom(tuner.tuned$);
      tuner.tune({ what: 'picture', value });
      expect(await tuned).toEqual({ what: 'picture', refused: false });
      expect([camera.getSettings().width, camera.getSettings().height]).toEqual([...expected]);
    }
    expect(await firstValueFrom(live$('camera'))).toBe(camera);
  });

  it('turns noise suppression off and on, without changing echo cancellation', async () => {
    const first = await firstValueFrom(live$('microphone'));
    expect(treatments(first)).toContain({ treatment: 'noiseSuppression', on: true });
    for (const value of [false, true]) {
      const tuned = firstValueFrom(tuner.tuned$);
      tuner.tune({ what: 'noiseSuppression', value });
      expect(await tuned).toEqual({ what: 'noiseSuppression', refused: false });
      const now = await firstValueFrom(live$('microphone'));
      expect(now.getSettings().noiseSuppression).toBe(value);
      expect(now.getSettings().echoCancellation).toBeTrue();
      expect(now.readyState).toBe('live');
    }
  });
});
