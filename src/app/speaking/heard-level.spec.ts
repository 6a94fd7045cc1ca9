import type { ReceivedSound } from '../rtc/link-media';
import { levelReader } from './heard-level';

describe('levelReader', () => {
  /** The levels read every 300 ms from what the browser reports. */
  const read = (...reports: readonly (ReceivedSound | null)[]) => {
    const media: { sound: ReceivedSound | null } = { sound: null };
    const level = levelReader(media);
    return reports.map((sound, index) => {
      media.sound = sound;
      return level(index * 300);
    });
  };
  const packet = (timestamp: number, level = 0.5): ReceivedSound => ({ timestamp, level });

  it('reads the level of each new packet', () => {
    expect(read(packet(1, 0.1), packet(2, 0.2), packet(2.5, 0))).toEqual([0.1, 0.2, 0]);
  });

  it('is null before the first packet, and where the browser reports nothing', () => {
    expect(read(null, null, packet(1), null)).toEqual([null, null, 0.5, null]);
  });

  it('takes the same packet again for a pause, and for mute after a second', () => {
    const once = packet(1);
    expect(read(once, once, once, once, once, packet(2))).toEqual([0.5, 0, 0, 0, null, 0.5]);
  });
});
