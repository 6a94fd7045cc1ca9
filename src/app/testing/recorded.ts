/** A constantly changing picture and a tone, until closed. */
export function movingScene(): { readonly stream: MediaStream; readonly close: () => void } {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [64, 36];
  const paper = canvas.getContext('2d', { alpha: false })!;
  let hue = 0;
  const painting = setInterval(() => {
    paper.fillStyle = `hsl(${(hue += 10)} 80% 50%)`;
    paper.fillRect(0, 0, canvas.width, canvas.height);
  }, 40);
  const context = new AudioContext();
  const tone = context.createOscillator();
  const output = context.createMediaStreamDestination();
  tone.connect(output);
  tone.start();
  const stream = new MediaStream([...canvas.captureStream(25).getTracks(), ...output.stream.getTracks()]);
  return {
    stream,
    close: () => {
      clearInterval(painting);
      stream.getTracks().forEach((track) => track.stop());
      if (context.state !== 'closed') void context.close();
    },
  };
}

/** What the browser's recorder makes of the scene, in the chunks in which it delivers it. */
export async function recorded(type: string, pieces: number): Promise<readonly Blob[]> {
  const scene = movingScene();
  const recorder = new MediaRecorder(scene.stream, { mimeType: type });
  const chunks: Blob[] = [];
  await new Promise((resolve) => {
    recorder.ondataavailable = ({ data }) => {
      if (data.size > 0) chunks.push(data);
      if (chunks.length === pieces && recorder.state !== 'inactive') recorder.stop();
    };
    recorder.onstop = resolve;
    recorder.start(250);
  });
  scene.close();
  return chunks;
}

/** How a player reads a file: its duration, and its position after seeking to the middle, in s. */
export async function played(file: Blob): Promise<{ readonly duration: number; readonly middle: number }> {
  const video = document.createElement('video');
  video.muted = true;
  video.src = URL.createObjectURL(file);
  try {
    const on = (event: string) =>
      new Promise((resolve, reject) => {
        video.addEventListener(event, resolve, { once: true });
        video.addEventListener('error', () => reject(new Error(video.error?.message)), { once: true });
      });
    await on('loadeddata');
    const { duration } = video;
    if (!Number.isFinite(duration)) return { duration, middle: NaN };
    const seeked = on('seeked');
    video.currentTime = duration / 2;
    await seeked;
    return { duration, middle: video.currentTime };
  } finally {
    URL.revokeObjectURL(video.src);
  }
}

/** Whether a WebM file contains an element with this EBML ID (RFC 9559, section 5). Searches for its bytes. */
export async function hasElement(file: Blob, id: readonly number[]): Promise<boolean> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return bytes.some((_, at) => id.every((byte, offset) => bytes[at + offset] === byte));
}

/** The EBML IDs of Cues and Duration. */
export const CUES = [0x1c, 0x53, 0xbb, 0x6b];
export const DURATION = [0x44, 0x89];
