import { repeat } from './tones';

describe('a sound that is repeated', () => {
  let context: AudioContext;
  let analyser: AnalyserNode | null;
  let stop: AbortController;

  /** A context whose output is looked at on its way. */
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
  /** Of the loudest, Hz. */
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

  it('is heard, pauses, is heard again, and ends at once', async () => {
    const played = repeat('ring', stop.signal, create);
    await until(() => loudness() > 0.1);
    expect(loudness()).toBeLessThan(0.5);
    await until(() => loudness() === 0);
    await until(() => loudness() > 0.1);
    stop.abort();
    await played;
    expect(context.state).toBe('closed');
  });

  it('sounds softly and low while it rings there', async () => {
    const played = repeat('ringback', stop.signal, create);
    await until(() => loudness() > 0.03);
    expect(loudness()).toBeLessThan(0.1);
    await until(() => Math.abs(pitch() - 425) < 25);
    stop.abort();
    await played;
  });

  it('takes nothing when it is stopped before it began', async () => {
    const creating = jasmine.createSpy('create', create).and.callThrough();
    const played = repeat('ring', stop.signal, creating);
    stop.abort();
    await played;
    expect(creating).not.toHaveBeenCalled();
  });
});
