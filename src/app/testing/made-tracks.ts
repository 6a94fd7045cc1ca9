let audio: AudioContext | undefined;

/** A real track that is silent. */
export const audioTrack = (): MediaStreamTrack => {
  audio ??= new AudioContext();
  return audio.createMediaStreamDestination().stream.getAudioTracks()[0]!;
};

/** A real track without a picture yet. */
export const videoTrack = (): MediaStreamTrack => {
  const canvas = document.createElement('canvas');
  // A canvas provides a stream only once it has a context.
  canvas.getContext('2d');
  return canvas.captureStream().getVideoTracks()[0]!;
};
