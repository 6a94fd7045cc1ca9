import { noted } from '../log/note';

/** Mixes the sound of several tracks into one track (Web Audio). */
export class SoundMixer {
  private readonly context = new AudioContext();
  private readonly output = this.context.createMediaStreamDestination();
  private readonly inputs = new Map<MediaStreamTrack, { readonly disconnect: () => void }>();

  /** The mixed sound. It is silent while nothing is mixed. */
  get track(): MediaStreamTrack {
    return this.output.stream.getAudioTracks()[0]!;
  }

  /** Mixes these tracks from now on, and no others. */
  mix(tracks: readonly MediaStreamTrack[]): void {
    for (const [track, input] of this.inputs) {
      if (tracks.includes(track)) continue;
      input.disconnect();
      this.inputs.delete(track);
    }
    for (const track of tracks) {
      if (this.inputs.has(track)) continue;
      this.inputs.set(track, this.connect(track));
    }
  }

  close(): void {
    this.mix([]);
    this.track.stop();
    void this.context.close();
  }

  private connect(track: MediaStreamTrack): { readonly disconnect: () => void } {
    const stream = new MediaStream([track]);
    // Chromium passes a received track's sound on to Web Audio only while an element plays it.
    const player = new Audio();
    player.muted = true;
    player.srcObject = stream;
    player.play().catch(noted('mixing', 'play-sound'));
    const node = this.context.createMediaStreamSource(stream);
    node.connect(this.output);
    return {
      disconnect: () => {
        node.disconnect();
        player.srcObject = null;
      },
    };
  }
}
