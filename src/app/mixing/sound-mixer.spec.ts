import { SoundMixer } from './sound-mixer';

/** The frequencies of the tones, in Hz. */
const LOW = 500;
const HIGH = 4_000;

describe('SoundMixer', () => {
  let context: AudioContext;
  let mixer: SoundMixer;
  let low: MediaStreamTrack;
  let high: MediaStreamTrack;

  const tone = (frequency: number): MediaStreamTrack => {
    const output = context.createMediaStreamDestination();
    const oscillator = new OscillatorNode(context, { frequency });
    oscillator.connect(output);
    oscillator.start();
    return output.stream.getAudioTracks()[0]!;
  };
  /** Waits until the mixed sound contains these tones and no others. */
  const heard = async (...tones: readonly number[]) => {
    const analyser = new AnalyserNode(context, { fftSize: 1_024, smoothingTimeConstant: 0 });
    const source = context.createMediaStreamSource(new MediaStream([mixer.track]));
    source.connect(analyser);
    const levels = new Float32Array(analyser.frequencyBinCount);
    const has = (frequency: number) =>
      levels[Math.round((frequency / context.sampleRate) * analyser.fftSize)]! > -50;
    do {
      await new Promise((resolve) => setTimeout(resolve, 20));
      analyser.getFloatFrequencyData(levels);
    } while ([LOW, HIGH].some((frequency) => has(frequency) !== tones.includes(frequency)));
    source.disconnect();
    expect(tones.every(has)).toBeTrue();
  };

  beforeEach(() => {
    context = new AudioContext();
    mixer = new SoundMixer();
    [low, high] = [tone(LOW), tone(HIGH)];
  });
  afterEach(async () => {
    mixer.close();
    await context.close();
  });

  it('plays all tracks in one, and those that remain', async () => {
    mixer.mix([low, high]);
    await heard(LOW, HIGH);
    mixer.mix([high]);
    await heard(HIGH);
    mixer.mix([]);
    await heard();
    mixer.mix([low]);
    await heard(LOW);
  });

  it('plays a member’s track that no element of a page plays', async () => {
    const [here, there] = [new RTCPeerConnection(), new RTCPeerConnection()];
    here.onicecandidate = ({ candidate }) => void there.addIceCandidate(candidate ?? undefined);
    there.onicecandidate = ({ candidate }) => void here.addIceCandidate(candidate ?? undefined);
    const received = new Promise<MediaStreamTrack>(
      (resolve) => (there.ontrack = ({ track }) => resolve(track)),
    );
    here.addTrack(low);
    await here.setLocalDescription();
    await there.setRemoteDescription(here.localDescription!);
    await there.setLocalDescription();
    await here.setRemoteDescription(there.localDescription!);
    mixer.mix([await received]);
    await heard(LOW);
    here.close();
    there.close();
  });

  it('plays a track that is given twice once', () => {
    const created = spyOn(AudioContext.prototype, 'createMediaStreamSource').and.callThrough();
    mixer.mix([low, low]);
    mixer.mix([low]);
    expect(created).toHaveBeenCalledTimes(1);
  });

  it('ends its track when it is closed', () => {
    const other = new SoundMixer();
    other.close();
    expect(other.track.readyState).toBe('ended');
  });
});
