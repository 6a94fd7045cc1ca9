import type { Page } from '@playwright/test';

interface Recording {
  captured: MediaStreamTrack[];
}

/** Runs in the page: records every track that the page captures. */
export function recordTracks(): void {
  const recording = globalThis as unknown as Recording;
  recording.captured = [];
  const { mediaDevices } = navigator;
  // Missing if the page is not a secure context.
  if (!mediaDevices) return;
  const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await getUserMedia(constraints);
    recording.captured.push(...stream.getTracks());
    return stream;
  };
}

/**
 * Number of tracks of a kind that the page has captured and not stopped. If it is not 0, the light beside the camera is on.
 */
export const liveTracks = (page: Page, kind: 'audio' | 'video'): Promise<number> =>
  page.evaluate(
    (wanted) =>
      (globalThis as unknown as Recording).captured.filter(
        (track) => track.kind === wanted && track.readyState === 'live',
      ).length,
    kind,
  );

/** Number of tracks of a kind that the page has captured since it was loaded, including those that it has stopped. */
export const capturedTracks = (page: Page, kind: 'audio' | 'video'): Promise<number> =>
  page.evaluate(
    (wanted) => (globalThis as unknown as Recording).captured.filter((track) => track.kind === wanted).length,
    kind,
  );
