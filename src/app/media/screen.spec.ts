import { type CapturedScreen, ScreenError, screenCapture } from './screen';

/** Devices whose only screen is granted, refused or granted late. */
const devicesThat = (answer: () => Promise<MediaStream>): MediaDevices =>
  ({ getDisplayMedia: answer }) as unknown as MediaDevices;

const picture = (): MediaStream => document.createElement('canvas').captureStream();
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('screenCapture', () => {
  it('emits the stream, optimized for text, and stops it at the end', async () => {
    const stream = picture();
    const seen: CapturedScreen[] = [];
    const shown = screenCapture(devicesThat(() => Promise.resolve(stream))).subscribe((now) =>
      seen.push(now),
    );
    await settled();
    expect(seen.map(({ stream: shown }) => shown)).toEqual([stream]);
    expect(stream.getVideoTracks()[0]!.contentHint).toBe('detail');
    shown.unsubscribe();
    expect(stream.getVideoTracks()[0]!.readyState).toBe('ended');
  });

  it('completes when the browser ends it', async () => {
    const stream = picture();
    let completed = false;
    screenCapture(devicesThat(() => Promise.resolve(stream))).subscribe({
      complete: () => (completed = true),
    });
    await settled();
    expect(completed).toBeFalse();
    stream.getVideoTracks()[0]!.dispatchEvent(new Event('ended'));
    expect(completed).toBeTrue();
  });

  it('stops a stream granted too late', async () => {
    const stream = picture();
    let grant!: (stream: MediaStream) => void;
    const shown = screenCapture(devicesThat(() => new Promise((resolve) => (grant = resolve)))).subscribe();
    shown.unsubscribe();
    grant(stream);
    await settled();
    expect(stream.getVideoTracks()[0]!.readyState).toBe('ended');
  });

  const reasonOf = (devices: MediaDevices | null) =>
    new Promise<string>((resolve) =>
      screenCapture(devices).subscribe({
        error: (error: unknown) => resolve(error instanceof ScreenError ? error.reason : 'another error'),
      }),
    );

  it('says why it failed', async () => {
    expect(await reasonOf(null)).toBe('unsupported');
    expect(await reasonOf({} as MediaDevices)).toBe('unsupported');
    const refusals: readonly (readonly [name: string, message: string, reason: string])[] = [
      // Dismissed by the person: Chromium, then Firefox and Safari.
      ['NotAllowedError', 'Permission denied', 'refused'],
      ['NotAllowedError', 'Permission denied by user', 'refused'],
      ['NotAllowedError', 'The request is not allowed by the user agent or the platform', 'refused'],
      // macOS denies screen recording to the browser: Chromium, then Firefox.
      ['NotAllowedError', 'Permission denied by system', 'system'],
      ['NotFoundError', 'The object can not be found here.', 'system'],
      [
        'NotAllowedError',
        'Access to the feature "display-capture" is disallowed by permissions policy.',
        'policy',
      ],
      ['SecurityError', '', 'policy'],
      ['NotReadableError', 'Could not start video source', 'unreadable'],
      ['AbortError', '', 'unreadable'],
      ['InvalidStateError', 'getDisplayMedia must be called from a user gesture handler.', 'press'],
      ['TypeError', '', 'failed'],
    ];
    for (const [name, message, reason] of refusals) {
      const devices = devicesThat(() => Promise.reject(new DOMException(message, name)));
      expect(await reasonOf(devices))
        .withContext(`${name}: ${message}`)
        .toBe(reason);
    }
  });

  describe('audio', () => {
    const context = new AudioContext();
    afterAll(() => context.close());

    /** A browser that captures such a surface with audio, and supports these constraints. */
    const capture = async (surface: string, supported: object, settings: object = {}) => {
      const stream = picture();
      stream.getVideoTracks()[0]!.getSettings = () => ({ displaySurface: surface });
      const [sound] = context.createMediaStreamDestination().stream.getAudioTracks() as [MediaStreamTrack];
      sound.getSettings = () => settings;
      stream.addTrack(sound);
      const asked: DisplayMediaStreamOptions[] = [];
      const devices = {
        getDisplayMedia: (options: DisplayMediaStreamOptions) => {
          asked.push(options);
          return Promise.resolve(stream);
        },
        getSupportedConstraints: () => supported,
      } as unknown as MediaDevices;
      const seen: CapturedScreen[] = [];
      const shown = screenCapture(devices).subscribe((screen) => seen.push(screen));
      await settled();
      const found = {
        asked: asked[0] as Readonly<Record<string, unknown>>,
        sounds: stream.getAudioTracks().length,
        sound: sound.readyState,
        withheld: seen[0]?.withheld,
      };
      shown.unsubscribe();
      return found;
    };

    it('of the system excludes the voices of this call', async () => {
      const { asked, ...rest } = await capture('monitor', { restrictOwnAudio: true });
      expect(asked['audio']).toEqual({ restrictOwnAudio: true, suppressLocalAudioPlayback: false });
      expect(asked['systemAudio']).toBe('include');
      expect(rest).toEqual({ sounds: 1, sound: 'live', withheld: false });
    });

    it('of the system is left out where the voices can’t be excluded', async () => {
      const { asked, ...rest } = await capture('monitor', {});
      expect(asked['systemAudio']).toBe('exclude');
      expect(rest).toEqual({ sounds: 0, sound: 'ended', withheld: true });
      const refused = await capture('window', { restrictOwnAudio: true }, { restrictOwnAudio: false });
      expect(refused.withheld).toBeTrue();
      expect(refused.sounds).toBe(0);
    });

    it('of a tab is always shared', async () => {
      const { sounds, withheld } = await capture('browser', {});
      expect({ sounds, withheld }).toEqual({ sounds: 1, withheld: false });
    });
  });
});
