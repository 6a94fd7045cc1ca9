import { Subject } from 'rxjs';

import type { Reaction } from '../../../activity/reactions';
import { lasting } from './activity-view';

describe('the reactions on screen', () => {
  beforeEach(() => jasmine.clock().install());
  afterEach(() => jasmine.clock().uninstall());

  it('are the newest of each member and of all, and go when their animation ends', () => {
    const reactions = new Subject<Reaction>();
    let shown: readonly Reaction[] = [];
    const subscription = lasting(reactions).subscribe((now) => (shown = now));
    let id = 0;
    const react = (session: string) => reactions.next({ id: ++id, session, emoji: '🎉' });
    for (let times = 0; times < 7; times++) react('ada');
    expect(shown.map((one) => one.id)).toEqual([3, 4, 5, 6, 7]);
    jasmine.clock().tick(2_000);
    for (let times = 0; times < 5; times++) {
      for (const session of ['ben', 'cem', 'dee', 'eve', 'fay', 'gus', 'hal']) react(session);
      expect(shown.length).toBeLessThanOrEqual(20);
    }
    expect(shown.length).toBe(20);
    expect(shown.at(-1)?.id).toBe(id);
    expect(shown.some(({ session }) => session === 'ada')).toBeFalse();
    jasmine.clock().tick(4_000);
    expect(shown).toEqual([]);
    subscription.unsubscribe();
  });
});
