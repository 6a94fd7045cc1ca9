import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { BehaviorSubject } from 'rxjs';

import type { Activity } from '../../../activity/activity';
import { ActivityLoader } from '../../../activity/activity-loader';
import { I18n } from '../../../i18n/i18n';
import { MEDIA_DEVICES } from '../../../media/media-devices';
import type { OwnScreen, SharedScreen } from '../../../pictures/screen-sharing';
import { fakeMember } from '../../../testing/fake-call';
import { Announcer } from '../../../ui/announcer';
import { memberView } from '../stage/member-view';
import { injectScreens } from './room-screens';

describe('injectScreens', () => {
  const view = (name: string) => memberView(fakeMember({ session: name, name }), 'Guest');
  const room = async ({ canShare = true } = {}) => {
    const own = { start: jasmine.createSpy('start'), stop: jasmine.createSpy('stop') };
    const activity$ = new BehaviorSubject<Activity | null>({ screens: own } as unknown as Activity);
    TestBed.configureTestingModule({
      providers: [
        { provide: ActivityLoader, useValue: { activity$, want: () => undefined } },
        {
          provide: MEDIA_DEVICES,
          useValue: canShare ? { getDisplayMedia: () => Promise.reject(new Error('not asked')) } : null,
        },
      ],
    });
    await TestBed.inject(I18n).use('en');
    const said: string[] = [];
    spyOn(TestBed.inject(Announcer), 'say').and.callFake((text) => said.push(text));
    const given = {
      ownScreen: signal<OwnScreen>({ status: 'off' }),
      screens: signal<readonly SharedScreen[]>([]),
    };
    const others = signal(['Ann', 'Bob', 'Cem'].map(view));
    const screens = TestBed.runInInjectionContext(() => injectScreens(given, others));
    return { given, others, own, screens, said };
  };

  it('announces each member’s screen once', async () => {
    const { given, others, screens, said } = await room();
    const [ann, cem] = ['Ann', 'Cem'].map((session) => ({ session, stream: new MediaStream() }));
    given.screens.set([ann!]);
    TestBed.tick();
    given.screens.set([ann!, cem!]);
    TestBed.tick();
    others.set(['Ann', 'Bob', 'Cem', 'Dana'].map(view));
    TestBed.tick();
    expect(screens.views().map(({ name }) => name)).toEqual(['Ann', 'Cem']);
    expect(said.length).toBe(2);
    given.screens.set([cem!]);
    TestBed.tick();
    given.screens.set([ann!, cem!]);
    TestBed.tick();
    expect(said.map((text) => /Ann|Cem/.exec(text)?.[0])).toEqual(['Ann', 'Cem', 'Ann']);
  });

  it('shares this person’s screen and stops, only where the browser can', async () => {
    const { given, own, screens } = await room();
    expect(screens.own()).toBeFalse();
    screens.toggle();
    await Promise.resolve();
    given.ownScreen.set({ status: 'on', stream: new MediaStream(), withheld: true });
    expect([screens.own(), screens.withheld()]).toEqual([true, true]);
    screens.toggle();
    await Promise.resolve();
    expect([own.start.calls.count(), own.stop.calls.count()]).toEqual([1, 1]);
  });

  it('offers nothing where the browser can’t capture a screen', async () => {
    const { own, screens } = await room({ canShare: false });
    expect(screens.own()).toBeNull();
    screens.toggle();
    await Promise.resolve();
    expect(own.start).not.toHaveBeenCalled();
  });
});
