/** Mixes the sound of several tracks into one track (Web Audio). */
export class SoundMixer {
  private readonly context = new AudioContext();
  private readonly output = this.context.createMediaStreamDestination();
  private readonly inputs = new Map<MediaStreamTrack, MediaStreamAudioSourceNode>();

  /** The mixed sound. It is silent while nothing is mixed. */
  get track(): MediaStreamTrack {
    return this.output.stream.getAudioTracks()[0]!;
  }

  /** Mixes these tracks from now on, and no others. */
  mix(tracks: readonly MediaStreamTrack[]): void {
    for (const [track, node] of this.inputs) {
      if (tracks.includes(track)) continue;
      node.disconnect();
      this.inputs.delete(track);
    }
    for (const track of tracks) {
      if (this.inputs.has(track)) continue;
      const node = this.context.createMediaStreamSource(new MediaStream([track]));
      node.connect(this.output);
      this.inputs.set(track, node);
    }
  }

  close(): void {
    this.mix([]);
    this.track.stop();
    void this.context.close();
  }
}
