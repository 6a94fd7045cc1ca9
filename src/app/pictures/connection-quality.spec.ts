import { connectionQuality } from './connection-quality';
import type { StreamStatistics } from '../rtc/link-statistics';

const stream = (loss: number | null, jitter: number | null): StreamStatistics => ({
  active: null,
  codec: null,
  bitRate: null,
  width: null,
  height: null,
  frameRate: null,
  loss,
  jitter,
});
const quality = (roundTripTime: number | null, loss: number | null, jitter: number | null) =>
  connectionQuality({ roundTripTime, received: { audio: stream(loss, jitter), video: null } });

describe('connectionQuality', () => {
  it('is unknown without figures', () => {
    expect(quality(null, null, null)).toBeNull();
    expect(connectionQuality({ roundTripTime: null, received: { audio: null, video: null } })).toBeNull();
  });

  it('is good on an idle path, and on a transcontinental one', () => {
    expect(quality(2, 0, 1)).toBe(4);
    expect(quality(120, 0.005, 8)).toBe(4);
  });

  it('falls with loss', () => {
    expect([0, 0.04, 0.08, 0.12, 0.16, 0.3].map((loss) => quality(40, loss, 5))).toEqual([4, 4, 3, 2, 1, 0]);
  });

  it('falls with round-trip time and jitter', () => {
    expect([300, 600, 800, 1000].map((time) => quality(time, 0, 5))).toEqual([4, 3, 2, 1]);
    expect([5, 140, 190, 300].map((jitter) => quality(40, 0, jitter))).toEqual([4, 3, 2, 0]);
  });

  it('uses the worse of audio and video', () => {
    const received = { audio: stream(0, 2), video: stream(0.2, 2) };
    expect(connectionQuality({ roundTripTime: 20, received })).toBe(0);
  });
});
