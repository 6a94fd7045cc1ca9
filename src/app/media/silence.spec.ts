import { SILENT_AFTER, silence } from './silence';

/** An audio context whose input a spec sets, or that is suspended. */
class FakeContext {
  static level = 0;
  state: AudioContextState = 'running';
  closed = false;
  createAnalyser() {
    return {
      fftSize: 0,
      getFloatTimeDomainData: (samples: Float32Array) => samples.fill(FakeContext.level),
    };
  }
  createMediaStreamSource() {
    return { connect: () => undefined, disconnect: () => undefined };
  }
  resume() {
    return Promise.resolve();
  }
  close() {
    this.closed = true;
    return Promise.resolve();
  }
}

describe('silence', () => {
  const track = document.createElement('canvas').captureStream().getVideoTracks()[0]!;
  let context: FakeContext;

  beforeEach(() => {
    jasmine.clock().install();
    context = new FakeContext();
    FakeContext.level = 0;
  });
  afterEach(() => jasmine.clock().uninstall());

  const listen = () => {
    const seen: boolean[] = [];
    const listening = silence(track, () => context as unknown as AudioContext).subscribe((silent) =>
      seen.push(silent),
    );
    return { seen, listening };
  };

  it('is reported after twenty seconds, and withdrawn with the first sound', () => {
    const { seen, listening } = listen();
    jasmine.clock().tick(SILENT_AFTER - 1);
    expect(seen).toEqual([false]);
    jasmine.clock().tick(1);
    expect(seen).toEqual([false, true]);
    FakeContext.level = 0.001;
    jasmine.clock().tick(1_000);
    expect(seen).toEqual([false, true, false]);
    listening.unsubscribe();
    expect(context.closed).toBeTrue();
  });

  it('is not the noise of a quiet room', () => {
    FakeContext.level = 0.0001;
    const { seen, listening } = listen();
    jasmine.clock().tick(10 * SILENT_AFTER);
    expect(seen).toEqual([false]);
    listening.unsubscribe();
  });

  it('is not reported while the browser keeps the context suspended', () => {
    context.state = 'suspended';
    const { seen, listening } = listen();
    jasmine.clock().tick(10 * SILENT_AFTER);
    expect(seen).toEqual([false]);
    listening.unsubscribe();
  });

  it('is not detected where there is no audio context', () => {
    const seen: boolean[] = [];
    silence(track, () => null).subscribe((silent) => seen.push(silent));
    expect(seen).toEqual([false]);
  });
});
