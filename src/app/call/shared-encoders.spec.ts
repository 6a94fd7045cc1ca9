import { BehaviorSubject, map } from 'rxjs';

import { addSections } from '../rtc/media-sections';
import { outletOf } from '../rtc/outlets';
import type { Seat } from '../signaling/records';
import type { LiveRoster } from './live-roster';
import { SharedEncoders } from './shared-encoders';

describe('SharedEncoders', () => {
  const seats = new BehaviorSubject<readonly Seat[]>([]);
  const roster = {
    part$: () => seats.pipe(map((now) => now)),
    get now() {
      return { seats: seats.value };
    },
  } as unknown as LiveRoster;
  const taken = (count: number) => seats.next(Array.from({ length: count }, () => ({}) as Seat));

  beforeEach(() => taken(0));

  /** Whether a new connection can share. */
  const shares = (encoders: SharedEncoders) => {
    const connection = encoders.cover(new RTCPeerConnection());
    const { video } = addSections(connection);
    const outlet = outletOf(video.sender);
    connection.close();
    return outlet !== null;
  };

  it('costs nothing among three', () => {
    const encoders = new SharedEncoders(roster);
    const loading = encoders.load$.subscribe();
    taken(3);
    let isDue = false;
    encoders.due().subscribe(() => (isDue = true));
    expect(isDue).toBeTrue();
    expect(shares(encoders)).toBeFalse();
    loading.unsubscribe();
  });

  it('lets new links share beside four members, once what that needs has arrived', async () => {
    const encoders = new SharedEncoders(roster);
    const loading = encoders.load$.subscribe();
    taken(4);
    expect(shares(encoders)).toBeFalse();
    await new Promise<void>((resolve) => encoders.due().subscribe(() => resolve()));
    expect(shares(encoders)).toBeTrue();
    loading.unsubscribe();
  });

  it('holds no link back for long', async () => {
    const encoders = new SharedEncoders(roster);
    taken(4);
    await expectAsync(
      new Promise<void>((resolve) => encoders.due().subscribe(() => resolve())),
    ).toBeResolved();
    expect(shares(encoders)).toBeFalse();
  });
});
