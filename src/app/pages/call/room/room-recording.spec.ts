import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { BehaviorSubject } from 'rxjs';

import type { Activity, MemberActivity } from '../../../activity/activity';
import { ActivityLoader } from '../../../activity/activity-loader';
import { I18n } from '../../../i18n/i18n';
import type { RecordingState } from '../../../mixing/recording';
import { Announcer } from '../../../ui/announcer';
import { injectRecording } from './room-recording';

describe('injectRecording', () => {
  const member = (name: string, recording = true): MemberActivity => ({
    session: name,
    name,
    recording,
    typing: false,
    hand: null,
  });
  const room = async () => {
    const own = { start: jasmine.createSpy('start'), stop: jasmine.createSpy('stop') };
    const activity = { recording: own } as unknown as Activity;
    const activity$ = new BehaviorSubject<Activity | null>(activity);
    const loader = { activity$, want: () => undefined };
    TestBed.configureTestingModule({ providers: [{ provide: ActivityLoader, useValue: loader }] });
    await TestBed.inject(I18n).use('en');
    const said: string[] = [];
    spyOn(TestBed.inject(Announcer), 'say').and.callFake((text) => said.push(text));
    const given = {
      loaded: signal(activity),
      recording: signal<RecordingState>({ status: 'off' }),
      others: signal<readonly MemberActivity[]>([]),
    };
    const shown = {
      own: signal(null as never),
      others: signal([]),
      screens: signal([]),
      microphone: signal({ status: 'off' } as const),
    };
    const recording = TestBed.runInInjectionContext(() => injectRecording(given, shown));
    TestBed.tick();
    return { given, own, recording, said };
  };

  it('names all members who record, and announces each change', async () => {
    const { given, recording, said } = await room();
    expect(recording.recorders()).toBeNull();
    given.recording.set({ status: 'on', since: 0 });
    TestBed.tick();
    given.others.set([member('Ann'), member('Bob', false), member(''), member('Cem')]);
    TestBed.tick();
    given.others.set([member('Ann', false)]);
    given.recording.set({ status: 'off' });
    TestBed.tick();
    expect(recording.recorders()).toBeNull();
    expect(said).toEqual(['You’re recording', 'You, Ann, and 2 others are recording']);
  });

  it('counts the members who record, and says nothing when one of them stops', async () => {
    const { given, recording, said } = await room();
    const cases: readonly (readonly [names: readonly string[], words: string])[] = [
      [['Ann'], 'Ann is recording'],
      [['Ann', 'Bob'], 'Ann and Bob are recording'],
      [['Ann', 'Bob', 'Cem'], 'Ann and 2 others are recording'],
    ];
    for (const [names, words] of [...cases, ...cases.toReversed()]) {
      given.others.set(names.map((name) => member(name)));
      TestBed.tick();
      expect(recording.recorders()).toBe(words);
    }
    expect(said).toEqual(cases.map(([, words]) => words));
    given.others.set([]);
    given.recording.set({ status: 'on', since: 0 });
    TestBed.tick();
    given.others.set([member('Ann')]);
    TestBed.tick();
    expect(said.slice(3)).toEqual(['You’re recording', 'You and Ann are recording']);
  });

  it('says once that a recording is being saved, and shows how much of it', async () => {
    const { given, recording, said } = await room();
    for (const share of [0, 0.5]) {
      given.recording.set({ status: 'saving', share });
      TestBed.tick();
    }
    expect(recording.saving()).toBe(0.5);
    expect(said.length).toBe(1);
    given.recording.set({ status: 'failed', reason: 'disk' });
    expect([recording.saving(), recording.trouble()]).toEqual([null, 'recording.trouble.disk']);
  });

  it('starts a recording, stops it, and stops it with the room', async () => {
    const { given, own, recording } = await room();
    recording.toggle();
    await Promise.resolve();
    expect(own.start).toHaveBeenCalledTimes(1);
    given.recording.set({ status: 'on', since: 0 });
    recording.toggle();
    await Promise.resolve();
    expect(own.stop).toHaveBeenCalledTimes(1);
    TestBed.resetTestingModule();
    expect(own.stop).toHaveBeenCalledTimes(2);
  });
});
