import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import type { Waiting } from '../../../call/call-state';
import { Sounds } from '../../../ui/sounds';
import { alertToKnocks } from './knock-alert';

describe('alertToKnocks', () => {
  const ada: Waiting = { id: 'ada', name: 'Ada', since: 1 };
  const ben: Waiting = { id: 'ben', name: 'Ben', since: 2 };
  let waiting: ReturnType<typeof signal<readonly Waiting[]>>;
  let played: jasmine.Spy<Sounds['play']>;

  const pass = (time: number) => {
    TestBed.tick();
    jasmine.clock().tick(time);
  };

  beforeEach(() => {
    jasmine.clock().install();
    played = spyOn(TestBed.inject(Sounds), 'play').and.resolveTo();
    waiting = signal<readonly Waiting[]>([ada]);
    const title = signal('Ada wants to join');
    TestBed.runInInjectionContext(() => alertToKnocks(waiting, { title, body: () => '' }));
  });
  afterEach(() => jasmine.clock().uninstall());

  it('sounds again after half a minute and after a minute, then no more', () => {
    pass(29_999);
    expect(played).toHaveBeenCalledOnceWith('knock');
    pass(1);
    expect(played).toHaveBeenCalledTimes(2);
    pass(600_000);
    expect(played).toHaveBeenCalledTimes(3);
  });

  it('sounds for each new guest, and not again once no one waits', () => {
    pass(1_000);
    waiting.set([ada, ben]);
    pass(1_000);
    expect(played).toHaveBeenCalledTimes(2);
    waiting.set([]);
    pass(600_000);
    expect(played).toHaveBeenCalledTimes(2);
  });
});
