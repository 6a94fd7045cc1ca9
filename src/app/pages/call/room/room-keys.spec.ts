import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { Call } from '../../../call/call';
import { I18n } from '../../../i18n/i18n';
import type { InputKind } from '../../../media/media';
import { FakeCall } from '../../../testing/fake-call';
import { Announcer } from '../../../ui/announcer';
import { OwnCorner } from '../stage/own-corner';
import type { PanelKind } from './panels';
import { injectKeys } from './room-keys';
import type { RoomScene } from './room-scene';

describe('injectKeys', () => {
  const room = async () => {
    localStorage.clear();
    const call = new FakeCall();
    TestBed.configureTestingModule({ providers: [{ provide: Call, useValue: call }] });
    await TestBed.inject(I18n).use('en');
    const did: string[] = [];
    const seen = signal(true);
    const open = signal<PanelKind | null>(null);
    spyOn(TestBed.inject(Announcer), 'say').and.callFake((text) => did.push(text));
    const scene = {
      state: signal({ isHost: false, members: [] }),
      seen,
      inputs: {
        on: { microphone: signal(true), camera: signal(false) },
        toggle: (kind: InputKind) => did.push(kind),
      },
      screens: { toggle: () => did.push('screen') },
      gestures: { toggleHand: () => did.push('hand') },
    } as unknown as RoomScene;
    const panels = {
      open,
      asked: signal(true),
      close: () => void did.push('close'),
      toggle: (kind: PanelKind) => void did.push(`panel ${kind}`),
      release: () => undefined,
    };
    const handle = TestBed.runInInjectionContext(() => injectKeys(scene, panels));
    /** What a key does; empty if it is left to the browser. */
    const press = (key: string, init: KeyboardEventInit = {}) => {
      did.length = 0;
      const event = new KeyboardEvent('keydown', { key, cancelable: true, ...init });
      handle(event);
      return { did: [...did], prevented: event.defaultPrevented };
    };
    return { call, seen, open, press };
  };
  afterEach(() => localStorage.clear());

  for (const [key, did] of [
    ['m', ['microphone', 'Microphone off']],
    ['c', ['camera', 'Camera on']],
    ['d', ['screen']],
    ['h', ['hand']],
    ['t', ['panel chat']],
    ['p', ['panel people']],
    ['i', ['panel invite']],
    ['s', ['panel statistics']],
    ['?', ['panel shortcuts']],
  ] as const) {
    it(`turns ${key} into ${did.join(', ')}`, async () => {
      const { press } = await room();
      expect(press(key)).toEqual({ did: [...did], prevented: true });
    });
  }

  it('moves the own picture, and leaves', async () => {
    const { call, press } = await room();
    press('o');
    expect(TestBed.inject(OwnCorner).at()).toBe('bottom-start');
    press('L', { shiftKey: true });
    expect(call.asked).toEqual([['leave']]);
  });

  it('closes the open panel with Escape, and leaves Escape alone without one', async () => {
    const { open, press } = await room();
    expect(press('Escape')).toEqual({ did: [], prevented: false });
    open.set('chat');
    expect(press('Escape').did).toEqual(['close']);
  });

  it('does nothing while the room is only rendered out of sight', async () => {
    const { seen, open, press } = await room();
    seen.set(false);
    open.set('chat');
    for (const key of ['m', '?', 'Escape']) expect(press(key)).toEqual({ did: [], prevented: false });
  });
});
