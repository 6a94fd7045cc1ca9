import { type RoomStatus, roomStatus } from './room-status';
import type { LinkStatus } from '../../../call/call-state';

describe('the status of a call', () => {
  const cases: readonly (readonly [links: readonly LinkStatus[], status: RoomStatus])[] = [
    [[], 'waiting'],
    [['waiting'], 'connecting'],
    [['connecting'], 'connecting'],
    [['reconnecting'], 'reconnecting'],
    [['failed'], 'failed'],
    // One of several links: its tile says so.
    [['connected', 'reconnecting', 'connected'], 'connected'],
    [['connected', 'failed'], 'connected'],
    [['connected', 'connecting'], 'connected'],
    [['reconnecting', 'failed', 'connecting'], 'reconnecting'],
    [['failed', 'connecting'], 'connecting'],
    [['failed', 'failed'], 'failed'],
  ];
  for (const [links, status] of cases) {
    it(`is ${status} with ${links.join(', ') || 'no links'}`, () => {
      const members = links.map((one) => ({ status: one }));
      expect(roomStatus({ phase: 'seated', members })).toBe(status);
      expect(roomStatus({ phase: 'entering', members })).toBe('joining');
    });
  }
});
