import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { askBeforeUnload } from './ask-before-unload';

const asked = (): boolean => {
  const event = new Event('beforeunload', { cancelable: true });
  // The runner has a listener of its own for the page of all specs.
  const before = window.onbeforeunload;
  window.onbeforeunload = null;
  dispatchEvent(event);
  window.onbeforeunload = before;
  return event.defaultPrevented;
};

describe('askBeforeUnload', () => {
  it('asks only while there is something to lose', () => {
    const needed = signal(false);
    TestBed.runInInjectionContext(() => askBeforeUnload(needed));
    TestBed.tick();
    expect(asked()).toBeFalse();
    needed.set(true);
    TestBed.tick();
    expect(asked()).toBeTrue();
    needed.set(false);
    TestBed.tick();
    expect(asked()).toBeFalse();
  });

  it('asks no more when what asked is gone', () => {
    TestBed.runInInjectionContext(() => askBeforeUnload(() => true));
    TestBed.tick();
    expect(asked()).toBeTrue();
    TestBed.resetTestingModule();
    expect(asked()).toBeFalse();
  });
});
