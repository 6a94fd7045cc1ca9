import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { BehaviorSubject, Subject } from 'rxjs';

import type { Activity, ActivityNews } from '../../../activity/activity';
import { Call } from '../../../call/call';
import { I18n } from '../../../i18n/i18n';
import { FakeCall } from '../../../testing/fake-call';
import { Announcer } from '../../../ui/announcer';
import { Sounds } from '../../../ui/sounds';
import type { PanelKind } from '../room/panels';
import { injectNews } from './room-news';

describe('injectNews', () => {
  const messages = (name: string, ...texts: string[]) =>
    ({
      kind: 'messages',
      who: name,
      name,
      history: false,
      messages: texts.map((text) => ({ name, text })),
    }) as unknown as ActivityNews;
  const hand = (name: string): ActivityNews => ({ kind: 'hand', who: name, name });

  const room = async () => {
    const call = new FakeCall();
    TestBed.configureTestingModule({ providers: [{ provide: Call, useValue: call }] });
    await TestBed.inject(I18n).use('en');
    const said: string[] = [];
    spyOn(TestBed.inject(Announcer), 'say').and.callFake((text) => said.push(text));
    spyOn(TestBed.inject(Sounds), 'play').and.resolveTo();
    const news$ = new Subject<ActivityNews>();
    const loaded$ = new BehaviorSubject<Activity | null>(null);
    const panel = signal<PanelKind | null>(null);
    const news = TestBed.runInInjectionContext(() => injectNews({ loaded$ }, panel));
    loaded$.next({ news$ } as unknown as Activity);
    const until = async (seen: () => boolean) => {
      while (!seen()) await new Promise((resolve) => setTimeout(resolve));
    };
    return { call, news, news$, panel, said, until };
  };

  it('shows who left for six seconds, and the latest of several', async () => {
    const { call, news, until } = await room();
    call.simulateNotice({ kind: 'left', name: 'Ann' });
    await until(() => news.remark() === 'Ann left');
    jasmine.clock().install();
    try {
      call.simulateNotice({ kind: 'tampered', count: 2 });
      expect(news.remark()).toContain('2');
      jasmine.clock().tick(4_000);
      call.simulateNotice({ kind: 'unsaved' });
      jasmine.clock().tick(4_000);
      expect(news.remark()).toContain('saved');
      jasmine.clock().tick(2_001);
      expect(news.remark()).toBeNull();
    } finally {
      jasmine.clock().uninstall();
    }
  });

  it('says at once that a device was disconnected', async () => {
    const { call, said } = await room();
    call.simulateNotice({ kind: 'device', device: 'microphone' });
    expect(said).toEqual(['Your microphone was disconnected']);
  });

  it('tells what each member does, in order', async () => {
    const { call, news$, said, until } = await room();
    call.simulateNotice({ kind: 'joined', name: 'Ann' });
    news$.next(messages('Ann', 'hello'));
    await until(() => said.length > 0);
    expect(said).toEqual(['Ann joined']);
  });

  it('collects members in one toast', async () => {
    const { news, news$ } = await room();
    for (const name of ['Ann', 'Bob', 'Ann']) news$.next(messages(name, `from ${name}`));
    const people = ['Ann', 'Bob'].map((name) => ({ who: name, name }));
    expect(news.toast()).toEqual({ kind: 'messages', people, count: 3, line: 'from Ann' });
    news.clear();
    expect(news.toast()).toBeNull();
  });

  it('shows no messages while the chat does', async () => {
    const { news, news$, panel } = await room();
    news$.next(hand('Ann'));
    panel.set('chat');
    news$.next(messages('Ann', 'hello'));
    expect(news.toast()?.kind).toBe('hands');
  });

  it('brings no old messages back when the chat is closed, but keeps hands', async () => {
    const { news, news$, panel } = await room();
    news$.next(messages('Ann', 'hello'));
    panel.set('chat');
    expect(news.toast()).toBeNull();
    news.clearMessages();
    panel.set(null);
    expect(news.toast()).toBeNull();
    news$.next(hand('Ann'));
    news.clearMessages();
    expect(news.toast()?.kind).toBe('hands');
  });
});
