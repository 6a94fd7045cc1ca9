import { ScreenError, screenCapture } from './screen';

/** Devices whose one screen is granted, refused or given late. */
const devicesThat = (answer: () => Promise<MediaStream>): MediaDevices =>
  ({ getDisplayMedia: answer }) as unknown as MediaDevices;

const picture = (): MediaStream => document.createElement('canvas').captureStream();
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('screenCapture', () => {
  it('gives the stream, made for reading, and stops it at the end', async () => {
    const stream = picture();
    const seen: MediaStream[] = [];
    const shown = screenCapture(devicesThat(() => Promise.resolve(stream))).subscribe((now) =>
      seen.push(now),
    );
    await settled();
    expect(seen).toEqual([stream]);
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

  it('stops what is granted too late', async () => {
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

  it('says why it could not', async () => {
    const refusing = (name: string) => devicesThat(() => Promise.reject(new DOMException('', name)));
    expect(await reasonOf(null)).toBe('unsupported');
    expect(await reasonOf({} as MediaDevices)).toBe('unsupported');
    expect(await reasonOf(refusing('NotAllowedError'))).toBe('refused');
    expect(await reasonOf(refusing('NotReadableError'))).toBe('failed');
  });
});
