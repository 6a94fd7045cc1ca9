/** What every subject of the bench asks the devices for: the same as the app does (src/app/media/constraints.ts). */
export const constraints: MediaStreamConstraints = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 }, facingMode: 'user' },
};

/** An element the page can't be without. */
export function element<E extends Element>(selector: string, type: new () => E): E {
  const found = document.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`The page has no ${selector}.`);
  return found;
}

/** Leaves the mark `name` when the video shows its next frame. */
export function markFirstFrame(video: HTMLVideoElement, name: string): void {
  video.requestVideoFrameCallback(() => performance.mark(name));
}
