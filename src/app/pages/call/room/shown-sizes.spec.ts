import { ApplicationRef, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import type { Activity } from '../../../activity/activity';
import { injectShownSizes } from './shown-sizes';

describe('injectShownSizes', () => {
  const room = () => {
    const told: string[] = [];
    const flow = {
      show: (session: string, { width, height }: { width: number; height: number }) =>
        void told.push(`${session} ${width}×${height}`),
      hide: (session: string) => void told.push(`${session} hidden`),
    };
    const loaded = signal<Activity | null>(null);
    const shown = TestBed.runInInjectionContext(() => injectShownSizes({ loaded }));
    /** What has been told since. */
    const since = async () => {
      await TestBed.inject(ApplicationRef).whenStable();
      return told.splice(0);
    };
    return { shown, since, load: () => loaded.set({ flow } as unknown as Activity) };
  };
  const large = { width: 640, height: 360 };

  it('tells the sizes once there is an activity, and each one after that', async () => {
    const { shown, since, load } = room();
    shown({ session: 'ann', size: large });
    expect(await since()).toEqual([]);
    load();
    expect(await since()).toEqual(['ann 640×360']);
    shown({ session: 'ann', size: { width: 64, height: 36 } });
    expect(await since()).toEqual(['ann 64×36']);
  });

  it('tells who is hidden, and their size once they are shown again', async () => {
    const { shown, since, load } = room();
    load();
    await since();
    shown({ session: 'ann', size: large });
    shown({ session: 'ann', size: null });
    shown({ session: 'ann', size: large });
    expect(await since()).toEqual(['ann 640×360', 'ann hidden', 'ann 640×360']);
  });
});
