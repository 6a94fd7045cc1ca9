import { Subject } from 'rxjs';

import { oneByOne, PAUSE } from './one-by-one';
import type { Deed } from './told';

describe('sentences about members', () => {
  beforeEach(() => jasmine.clock().install());
  afterEach(() => jasmine.clock().uninstall());

  const open = (gather: number) => {
    const deeds = new Subject<Deed>();
    const told: string[] = [];
    const subscription = oneByOne(deeds, () => gather).subscribe(({ kind, people }) =>
      told.push(`${people.map(({ name }) => name).join(' ')} ${kind}`),
    );
    const happen = (kind: 'joined' | 'left', ...names: readonly string[]) => {
      for (const name of names) deeds.next({ kind, name });
    };
    return { told, happen, subscription };
  };

  it('come at once where there is nothing to wait for', () => {
    const { told, happen } = open(0);
    happen('joined', 'Ada');
    expect(told).toEqual(['Ada joined']);
  });

  it('wait for what others do at the same time', () => {
    const { told, happen } = open(1_000);
    happen('joined', 'Ada');
    jasmine.clock().tick(900);
    happen('joined', 'Ben', 'Cem', 'Dee');
    expect(told).toEqual([]);
    jasmine.clock().tick(100);
    expect(told).toEqual(['Ada Ben Cem Dee joined']);
  });

  it('come one at a time, and name each deed once', () => {
    const { told, happen } = open(0);
    happen('joined', 'Ada', 'Ben');
    happen('left', 'Cem');
    jasmine.clock().tick(PAUSE - 1);
    happen('joined', 'Dee');
    expect(told).toEqual(['Ada joined']);
    jasmine.clock().tick(1);
    expect(told).toEqual(['Ada joined', 'Ben Dee joined']);
    jasmine.clock().tick(PAUSE);
    expect(told).toEqual(['Ada joined', 'Ben Dee joined', 'Cem left']);
    jasmine.clock().tick(PAUSE);
    happen('left', 'Ben');
    expect(told.at(-1)).toBe('Ben left');
  });

  it('are at most one in a pause, however much happens', () => {
    const { told, happen } = open(1_000);
    for (let second = 0; second < 60; second++) {
      happen('joined', ...Array.from({ length: 20 }, (_, index) => `${second} ${index}`));
      jasmine.clock().tick(1_000);
    }
    expect(told.length).toBe(20);
  });

  it('end with the room', () => {
    const { told, happen, subscription } = open(1_000);
    happen('joined', 'Ada');
    subscription.unsubscribe();
    jasmine.clock().tick(10_000);
    expect(told).toEqual([]);
  });
});
