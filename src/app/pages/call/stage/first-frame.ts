import { Observable } from 'rxjs';

/**
 * Emits once, when the video shows its first frame: with `requestVideoFrameCallback`, or where that is missing, as soon as a
 * frame is decoded (`loadeddata`).
 */
export const firstFrame = (video: HTMLVideoElement): Observable<void> =>
  new Observable((subscriber) => {
    const shown = (): void => {
      subscriber.next();
      subscriber.complete();
    };
    if ('requestVideoFrameCallback' in video) {
      const handle = video.requestVideoFrameCallback(shown);
      return () => video.cancelVideoFrameCallback(handle);
    }
    const element = video as HTMLVideoElement;
    element.addEventListener('loadeddata', shown, { once: true });
    return () => element.removeEventListener('loadeddata', shown);
  });
