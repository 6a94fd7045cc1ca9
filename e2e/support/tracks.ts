import type { Page } from '@playwright/test';

interface Recording {
  captured: MediaStreamTrack[];
}

/** Runs in the page: keeps every track that the page ever captures. */
export function recordTracks(): void {
  const recording = globalThis as unknown as Recording;
  recording.captured = [];
  const { mediaDevices } = navigator;
  // Absent where the page is no secure context.
  if (!mediaDevices) return;
  const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await getUserMedia(constraints);
    recording.captured.push(...stream.getTracks());
    return stream;
  };
}

/** How many tracks of a kind the page has captured and not ended: the light beside the camera is on when it is not 0. */
export const liveTracks = (page: Page, kind: 'audio' | 'video'): Promise<number> =>
  page.evaluate(
    (wanted) =>
      (globalThis as unknown as Recording).captured.filter(
        (track) => track.kind === wanted && track.readyState === 'live',
      ).length,
    kind,
  );
