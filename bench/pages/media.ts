/** The constraints for all subjects of the benchmark, the same as the app's (src/app/media/constraints.ts). */
export const constraints: MediaStreamConstraints = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 }, facingMode: 'user' },
};

/** Finds an element that the page must have. */
export function element<E extends Element>(selector: string, type: new () => E): E {
  const found = document.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`The page has no ${selector}.`);
  return found;
}

/** Sets the performance mark `name` when the video shows its next frame. */
export function markFirstFrame(video: HTMLVideoElement, name: string): void {
  video.requestVideoFrameCallback(() => performance.mark(name));
}
