import { repeat } from './tones';

describe('a repeated sound', () => {
  let context: AudioContext;
  let analyser: AnalyserNode | null;
  let stop: AbortController;

  /** A context whose output is measured on the way. */
  const create = (): AudioContext => {
    context = new AudioContext();
    const tap = new AnalyserNode(context, { fftSize: 4096, smoothingTimeConstant: 0 });
    tap.connect(context.destination);
    analyser = tap;
    return Object.defineProperty(context, 'destination', { value: tap });
  };
  const loudness = (): number => {
    if (!analyser) return 0;
    const samples = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(samples);
    return Math.max(...samples.map(Math.abs));
  };
  /** Frequency of the loudest tone, in Hz. */
  const pitch = (): number => {
    if (!analyser) return 0;
    const levels = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(levels);
    return (levels.indexOf(Math.max(...levels)) * context.sampleRate) / analyser.fftSize;
  };
  const until = async (seen: () => boolean): Promise<void> => {
    while (!seen()) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  beforeEach(() => {
    stop = new AbortController();
    analyser = null;
  });
  afterEach(() => stop.abort());

  it('sounds, pauses, sounds again, and stops at once', async () => {
    const played = repeat('ring', stop.signal, create);
    await until(() => loudness() > 0.1);
    expect(loudness()).toBeLessThan(0.5);
    await until(() => loudness() === 0);
    await until(() => loudness() > 0.1);
    stop.abort();
    await played;
    expect(context.state).toBe('closed');
  });

  it('is quiet and low as ringback', async () => {
    const played = repeat('ringback', stop.signal, create);
    await until(() => loudness() > 0.03);
    expect(loudness()).toBeLessThan(0.1);
    await until(() => Math.abs(pitch() - 425) < 25);
    stop.abort();
    await played;
  });

  it('creates nothing if stopped before it starts', async () => {
    const creating = jasmine.createSpy('create', create).and.callThrough();
    const played = repeat('ring', stop.signal, creating);
    stop.abort();
    await played;
    expect(creating).not.toHaveBeenCalled();
  });
});
