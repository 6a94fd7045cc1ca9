import { DOCUMENT } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { SwUpdate } from '@angular/service-worker';

import { NewestVersion } from './newest-version';

describe('NewestVersion', () => {
  const done: string[] = [];
  const newest = (checkForUpdate: () => Promise<boolean>) => {
    TestBed.configureTestingModule({
      providers: [
        { provide: SwUpdate, useValue: { checkForUpdate } },
        {
          provide: DOCUMENT,
          useValue: {
            defaultView: { location: { reload: () => done.push('reloaded') } },
            querySelectorAll: () => [],
            removeEventListener: () => undefined,
          },
        },
      ],
    });
    return TestBed.inject(NewestVersion);
  };
  beforeEach(() => done.splice(0));

  it('reloads once the newer version is downloaded', async () => {
    await newest(async () => {
      await Promise.resolve();
      done.push('downloaded');
      return true;
    }).load();
    expect(done).toEqual(['downloaded', 'reloaded']);
  });

  it('reloads too where there is no service worker', async () => {
    await newest(() => Promise.reject(new Error('disabled'))).load();
    expect(done).toEqual(['reloaded']);
  });

  it('reloads when the download hangs', async () => {
    jasmine.clock().install();
    try {
      const loading = newest(() => new Promise(() => undefined)).load();
      expect(done).toEqual([]);
      jasmine.clock().tick(10_000);
      await loading;
      expect(done).toEqual(['reloaded']);
    } finally {
      jasmine.clock().uninstall();
    }
  });
});
