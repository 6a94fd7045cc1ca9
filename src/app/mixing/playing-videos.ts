import { noted } from '../log/note';

/** Plays streams in muted videos that no page contains, so that their pictures can be drawn. */
export class PlayingVideos {
  private readonly videos = new Map<MediaStream, HTMLVideoElement>();

  /** The video that plays a stream; it begins to play with the first call. */
  of(stream: MediaStream): HTMLVideoElement {
    const known = this.videos.get(stream);
    if (known) return known;
    const video = document.createElement('video');
    this.videos.set(stream, video);
    video.muted = true;
    video.playsInline = true;
    video.srcObject = stream;
    // Interrupted by `keep`: the video is no longer needed.
    video.play().catch(noted('mixing', 'play-video'));
    return video;
  }

  /** Stops playing all streams except these. */
  keep(streams: ReadonlySet<MediaStream>): void {
    for (const [stream, video] of this.videos) {
      if (streams.has(stream)) continue;
      video.srcObject = null;
      this.videos.delete(stream);
    }
  }
}
