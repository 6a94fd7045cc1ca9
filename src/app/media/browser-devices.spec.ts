import { TestBed } from '@angular/core/testing';
import { filter, firstValueFrom, map, Subscription } from 'rxjs';

import { provideLocalMedia } from './device-media';
import { LocalMedia } from './local-media';
import { LOCAL_STORAGE } from '../storage/local-storage';
import type { InputState } from './media';

const track = (state: InputState): MediaStreamTrack | null => (state.status === 'on' ? state.track : null);

/** Uses the browser's own fake camera and microphone, which `karma.conf.cjs` enables in Chromium. */
describe('DeviceMedia in the browser', () => {
  let media: LocalMedia;
  let watching: Subscription;

  const live$ = (kind: 'microphone' | 'camera') =>
    (kind === 'camera' ? media.camera$ : media.microphone$).pipe(
      map(track),
      filter((found) => found !== null),
    );

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [provideLocalMedia(), { provide: LOCAL_STORAGE, useValue: null }],
    });
    media = TestBed.inject(LocalMedia);
    watching = new Subscription();
  });

  afterEach(() => watching.unsubscribe());

  it('opens a microphone and a camera, and stops both', async () => {
    const asked = spyOn(navigator.mediaDevices, 'getUserMedia').and.callThrough();
    watching.add(media.microphone$.subscribe());
    watching.add(media.camera$.subscribe());
    const [microphone, camera] = await Promise.all([
      firstValueFrom(live$('microphone')),
      firstValueFrom(live$('camera')),
    ]);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(microphone.kind).toBe('audio');
    expect(microphone.getSettings().echoCancellation).toBeTrue();
    expect(camera.kind).toBe('video');
    expect(camera.getSettings().height).toBe(720);
    expect([microphone.readyState, camera.readyState]).toEqual(['live', 'live']);

    media.turn('camera', false);
    expect([microphone.readyState, camera.readyState]).toEqual(['live', 'ended']);
    watching.unsubscribe();
    expect(microphone.readyState).toBe('ended');
  });

  it('names the devices, and opens the chosen one', async () => {
    watching.add(media.camera$.subscribe());
    watching.add(media.microphone$.subscribe());
    const first = await firstValueFrom(live$('camera'));
    const { cameras, microphones } = await firstValueFrom(
      media.devices$.pipe(filter((devices) => devices.microphones.length > 1 && devices.cameras.length > 0)),
    );
    expect(cameras.map(({ label }) => label).join()).toContain('fake_device');
    expect(microphones.every(({ deviceId }) => /^[0-9a-f]+$/.test(deviceId))).toBeTrue();

    const chosen = microphones[1]!.deviceId;
    media.choose('microphone', chosen);
    const moved = await firstValueFrom(
      live$('microphone').pipe(filter((found) => found.getSettings().deviceId === chosen)),
    );
    expect(moved.readyState).toBe('live');
    expect(first.readyState).toBe('live');
  });

  it('opens the available camera when the chosen one is missing', async () => {
    media.choose('camera', 'f'.repeat(64));
    watching.add(media.camera$.subscribe());
    expect((await firstValueFrom(live$('camera'))).readyState).toBe('live');
    expect((await firstValueFrom(media.chosen$)).camera).toBeNull();
  });
});
