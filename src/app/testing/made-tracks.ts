let audio: AudioContext | undefined;

/** A real track that is silent. */
export const audioTrack = (): MediaStreamTrack => {
  audio ??= new AudioContext();
  return audio.createMediaStreamDestination().stream.getAudioTracks()[0]!;
};

/**
 * A real track whose picture is painted again and again until the track is stopped.
 *
 * @param colour of the n-th picture, as CSS has it
 */
export const movingTrack = (
  colour = (n: number) => `hsl(${n % 360} 90% 50%)`,
  { width, height } = { width: 300, height: 150 },
): MediaStreamTrack => {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const paint = canvas.getContext('2d')!;
  let n = 0;
  const timer = setInterval(() => {
    paint.fillStyle = colour(n++);
    paint.fillRect(0, 0, width, height);
  }, 30);
  const track = canvas.captureStream(30).getVideoTracks()[0]!;
  const stop = track.stop.bind(track);
  track.stop = () => {
    clearInterval(timer);
    stop();
  };
  return track;
};

/** A real track without a picture yet. */
export const videoTrack = (): MediaStreamTrack => {
  const canvas = document.createElement('canvas');
  // A canvas provides a stream only once it has a context.
  canvas.getContext('2d');
  return canvas.captureStream().getVideoTracks()[0]!;
};
