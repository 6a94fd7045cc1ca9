import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { asksBeforeLeaving } from '../testing/leaving';
import { askBeforeUnload } from './ask-before-unload';

describe('askBeforeUnload', () => {
  it('asks only while there is something to lose', () => {
    const needed = signal(false);
    TestBed.runInInjectionContext(() => askBeforeUnload(needed));
    TestBed.tick();
    expect(asksBeforeLeaving()).toBeFalse();
    needed.set(true);
    TestBed.tick();
    expect(asksBeforeLeaving()).toBeTrue();
    needed.set(false);
    TestBed.tick();
    expect(asksBeforeLeaving()).toBeFalse();
  });

  it('stops asking when its owner is destroyed', () => {
    TestBed.runInInjectionContext(() => askBeforeUnload(() => true));
    TestBed.tick();
    expect(asksBeforeLeaving()).toBeTrue();
    TestBed.resetTestingModule();
    expect(asksBeforeLeaving()).toBeFalse();
  });
});
