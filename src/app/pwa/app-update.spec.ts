import { DOCUMENT, signal, WritableSignal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { SwUpdate } from '@angular/service-worker';
import { Subject } from 'rxjs';

import { Parts } from '../loading/parts';
import { AppUpdate, UpdateKind } from './app-update';

describe('AppUpdate', () => {
  let versions: Subject<{ type: string }>;
  let unrecoverable: Subject<unknown>;
  let reloads: number;
  let missing: WritableSignal<boolean>;
  let update: AppUpdate;

  beforeEach(() => {
    versions = new Subject();
    unrecoverable = new Subject();
    reloads = 0;
    missing = signal(false);
    TestBed.configureTestingModule({
      providers: [
        { provide: Parts, useValue: { missing } },
        { provide: SwUpdate, useValue: { versionUpdates: versions, unrecoverable } },
        {
          provide: DOCUMENT,
          useValue: {
            defaultView: { location: { reload: () => reloads++ } },
            querySelectorAll: () => [],
            removeEventListener: () => undefined,
          },
        },
      ],
    });
    update = TestBed.inject(AppUpdate);
  });

  it('asks when a version is ready, not while it is downloading', () => {
    versions.next({ type: 'VERSION_DETECTED' });
    expect(update.prompt()).toBeNull();
    versions.next({ type: 'VERSION_READY' });
    expect(update.prompt()).toBe('available');
    update.reload();
    expect(reloads).toBe(1);
  });

  it('neither asks nor reloads while held, and asks afterwards', () => {
    const first = update.hold();
    const second = update.hold();
    versions.next({ type: 'VERSION_READY' });
    expect(update.prompt()).toBeNull();
    update.reload();
    first();
    first();
    expect(update.prompt()).toBeNull();
    update.reload();
    expect(reloads).toBe(0);

    second();
    expect(update.prompt()).toBe('available');
  });

  it('withdraws the question when a call begins', () => {
    versions.next({ type: 'VERSION_READY' });
    const release = update.hold();
    expect(update.prompt()).toBeNull();
    release();
    expect(update.prompt()).toBe('available');
  });

  it('reports a copy too damaged to continue, also only when not held', () => {
    const release = update.hold();
    unrecoverable.next({});
    versions.next({ type: 'VERSION_READY' });
    expect(update.prompt()).toBeNull();
    release();
    expect(update.prompt()).toBe('broken');
  });

  it('reports a missing part in a call too, and only until it arrives', () => {
    update.hold();
    versions.next({ type: 'VERSION_READY' });
    expect(update.prompt()).toBeNull();
    missing.set(true);
    expect(update.prompt()).toBe('missing');
    update.reload();
    expect(reloads).toBe(1);
    missing.set(false);
    expect(update.prompt()).toBeNull();
  });

  it('can be postponed until the next version', () => {
    versions.next({ type: 'VERSION_READY' });
    update.later();
    expect(update.prompt()).toBeNull();
    versions.next({ type: 'VERSION_READY' });
    expect(update.prompt()).toBe('available');
  });

  it('emits the same as a stream', () => {
    const seen: (UpdateKind | null)[] = [];
    update.available$.subscribe((kind) => seen.push(kind));
    TestBed.tick();
    versions.next({ type: 'VERSION_READY' });
    TestBed.tick();
    expect(seen).toEqual([null, 'available']);
  });
});
