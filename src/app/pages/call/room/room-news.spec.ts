import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { BehaviorSubject, Subject } from 'rxjs';

import type { Activity, ActivityNews } from '../../../activity/activity';
import { I18n } from '../../../i18n/i18n';
import { Announcer } from '../../../ui/announcer';
import { Sounds } from '../../../ui/sounds';
import type { PanelKind } from './panels';
import { injectNews } from './room-news';

describe('injectNews', () => {
  const messages = (name: string, ...texts: string[]) =>
    ({
      kind: 'messages',
      name,
      history: false,
      messages: texts.map((text) => ({ name, text })),
    }) as unknown as ActivityNews;

  const room = async () => {
    await TestBed.inject(I18n).use('en');
    const said: string[] = [];
    const played: string[] = [];
    spyOn(TestBed.inject(Announcer), 'say').and.callFake((text) => said.push(text));
    spyOn(TestBed.inject(Sounds), 'play').and.callFake(async (sound) => void played.push(sound));
    const news$ = new Subject<ActivityNews>();
    const loaded$ = new BehaviorSubject<Activity | null>(null);
    const panel = signal<PanelKind | null>(null);
    const news = TestBed.runInInjectionContext(() => injectNews({ loaded$ }, panel));
    loaded$.next({ news$ } as unknown as Activity);
    return { news, news$, panel, said, played };
  };

  it('announces what each member does', async () => {
    const { news$, said, played } = await room();
    news$.next(messages('Ann', 'hello'));
    news$.next(messages('Ann', 'one', 'two'));
    news$.next({ kind: 'hand', name: '' });
    news$.next({ kind: 'reaction', name: 'Bob', emoji: '👍' });
    expect(said).toEqual([
      'Message from Ann: hello',
      '2 messages from Ann',
      'Guest raised a hand',
      'Bob reacted 👍',
    ]);
    expect(played).toEqual(['message', 'message']);
  });

  it('reads out no more than the beginning of a message', async () => {
    const { news$, said } = await room();
    news$.next(messages('Ann', '😀'.repeat(300)));
    expect(said).toEqual([`Message from Ann: ${'😀'.repeat(200)}`]);
  });

  it('collects members in one toast', async () => {
    const { news, news$ } = await room();
    for (const name of ['Ann', 'Bob', 'Ann']) news$.next(messages(name, `from ${name}`));
    expect(news.toast()).toEqual({ kind: 'messages', names: ['Ann', 'Bob'], count: 3, line: 'from Ann' });
    news.clear();
    expect(news.toast()).toBeNull();
  });

  it('neither shows nor reads out messages while the chat does', async () => {
    const { news, news$, panel, said, played } = await room();
    news$.next({ kind: 'hand', name: 'Ann' });
    panel.set('chat');
    news$.next(messages('Ann', 'hello'));
    expect(news.toast()?.kind).toBe('hands');
    expect(said).toEqual(['Ann raised a hand']);
    expect(played).toEqual(['message']);
  });

  it('brings no old messages back when the chat is closed, but keeps hands', async () => {
    const { news, news$, panel } = await room();
    news$.next(messages('Ann', 'hello'));
    panel.set('chat');
    expect(news.toast()).toBeNull();
    news.clearMessages();
    panel.set(null);
    expect(news.toast()).toBeNull();
    news$.next({ kind: 'hand', name: 'Ann' });
    news.clearMessages();
    expect(news.toast()?.kind).toBe('hands');
  });
});
