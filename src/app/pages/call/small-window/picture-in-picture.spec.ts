import { ApplicationRef, DestroyRef, EnvironmentInjector, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import axe from 'axe-core';

import { I18n } from '../../../i18n/i18n';
import { fakeMember } from '../../../testing/fake-call';
import { FakeSmallWindows } from '../../../testing/fake-small-windows';
import { OpenedCallPage, pictureTrack } from '../../../testing/opened-call-page';
import type { Speech } from '../../../speaking/speech';
import { memberView } from '../stage/member-view';
import { SMALL_WINDOWS, type SmallScene, type SmallWindows } from './picture-in-picture';
import { fillSmallWindow } from './small-window';

describe('PictureInPicture', () => {
  let windows: FakeSmallWindows;
  let track: MediaStreamTrack;

  const seated = async (provided: SmallWindows | null = windows) => {
    TestBed.overrideProvider(SMALL_WINDOWS, { useValue: provided });
    const page = await OpenedCallPage.open();
    page.call.simulateSeated({ members: [fakeMember({ stream: new MediaStream([track]) })] });
    await page.settle();
    await page.press('More');
    await page.until(() => page.hasButton('Picture in picture'));
    return page;
  };

  const takenOut = async () => {
    const page = await seated();
    await page.press('Picture in picture');
    await page.until(() => windows.button('Leave') !== undefined);
    return page;
  };

  beforeEach(() => {
    windows = new FakeSmallWindows();
    track = pictureTrack();
  });
  afterEach(() => {
    windows.simulateClose();
    track.stop();
  });

  it('shows the peer, muted, with name and state, and leaves the page unchanged', async () => {
    const page = await takenOut();
    const video = windows.element.querySelector('video')!;
    expect((video.srcObject as MediaStream).getTracks()).toEqual([track]);
    expect(video.muted).toBeTrue();
    expect(page.query<HTMLVideoElement>('[aria-label=Ann] video')?.muted).toBeFalse();
    expect(windows.text('h1')).toBe('Ann');
    expect(windows.text('[role=status]')).toBe('Connected');
    expect(windows.window!.document.title).toBe('Ann');
    page.call.simulateStatus('reconnecting');
    await page.settle();
    expect(windows.text('[role=status]')).toBe('Reconnecting');
    page.call.simulateSeated({ members: [fakeMember({ camera: false })] });
    await page.settle();
    expect(windows.text('.avatar')).toBe('A');
    expect(video.srcObject).toBeNull();
  });

  it('has controls that are named, large enough, and work', async () => {
    const page = await takenOut();
    for (const name of ['Unmute microphone', 'Start camera', 'Leave']) {
      expect(windows.button(name).offsetHeight).withContext(name).toBeGreaterThanOrEqual(44);
      expect(windows.button(name).offsetWidth).withContext(name).toBeGreaterThanOrEqual(44);
    }
    windows.button('Unmute microphone').click();
    await page.settle();
    expect(page.media.turned).toEqual([['microphone', true]]);
    expect(windows.button('Mute microphone').dataset['on']).toBe('true');
    windows.button('Start camera').click();
    await page.settle();
    expect(page.media.turned.at(-1)).toEqual(['camera', true]);
    windows.button('Leave').click();
    expect(page.call.asked.at(-1)).toEqual(['leave']);
  });

  it('handles the keys of its controls, and no others', async () => {
    const page = await takenOut();
    const key = async (init: KeyboardEventInit) => {
      windows.window!.document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...init }));
      await page.settle();
    };
    await key({ key: 'm' });
    await key({ key: 'c' });
    await key({ key: 't' });
    expect(page.media.turned).toEqual([
      ['microphone', true],
      ['camera', true],
    ]);
    expect(page.query('parley-chat-panel')).toBeNull();
    await key({ key: 'L', shiftKey: true });
    expect(page.call.asked.at(-1)).toEqual(['leave']);
  });

  it('has the page’s styles, theme and language', async () => {
    const page = await takenOut();
    const root = windows.element;
    expect(getComputedStyle(windows.element.querySelector('.controls')!).display).toBe('flex');
    expect(root.lang).toBe('en');
    document.documentElement.dataset['theme'] = 'dark';
    await TestBed.inject(I18n).use('zh');
    await page.until(() => root.lang === 'zh-Hans');
    expect(root.dataset['theme']).toBe('dark');
    expect(windows.button('离开')).toBeDefined();
    delete document.documentElement.dataset['theme'];
    await TestBed.inject(I18n).use('en');
    await page.until(() => root.lang === 'en' && root.dataset['theme'] === undefined);
  });

  it('closes on the same button, and opens again', async () => {
    const page = await takenOut();
    expect(page.button('Picture in picture').getAttribute('aria-pressed')).toBe('true');
    await page.press('Picture in picture');
    expect(windows.window).toBeNull();
    expect(page.button('Picture in picture').getAttribute('aria-pressed')).toBe('false');
    await page.press('Picture in picture');
    await page.until(() => windows.button('Leave') !== undefined);
    expect(windows.text('h1')).toBe('Ann');
  });

  it('can be closed by the person, and leaves nothing behind', async () => {
    const page = await takenOut();
    const video = windows.element.querySelector('video')!;
    windows.simulateClose();
    await page.settle();
    expect(page.button('Picture in picture').getAttribute('aria-pressed')).toBe('false');
    page.call.simulateSeated({ members: [fakeMember({ camera: false })] });
    await page.settle();
    // After its removal, the window no longer follows the call.
    expect((video.srcObject as MediaStream).getTracks()).toEqual([track]);
  });

  it('closes with the call', async () => {
    const page = await takenOut();
    await page.goHome();
    expect(windows.window).toBeNull();
  });

  it('closes if the call ends before the window is filled', async () => {
    const page = await seated();
    page.button('Picture in picture').click();
    await page.goHome();
    await page.until(() => windows.window === null);
    expect(windows.window).toBeNull();
  });

  it('stays closed when the browser refuses', async () => {
    windows.refuses = true;
    const page = await seated();
    await page.press('Picture in picture');
    expect(page.button('Picture in picture').getAttribute('aria-pressed')).toBe('false');
  });

  it('shows the video only if the browser has no such windows', async () => {
    const request = spyOn(HTMLVideoElement.prototype, 'requestPictureInPicture').and.resolveTo();
    const page = await seated(null);
    await page.press('Picture in picture');
    expect(request.calls.mostRecent().object as unknown).toBe(page.query('[aria-label=Ann] video'));
  });

  describe('in a call of several', () => {
    const several = ['Ann', 'Ben', 'Cem', 'Dana', 'Eve', 'Fay', 'Gus'];
    const names = () =>
      [...windows.element.querySelectorAll('.name')].map((name) => name.textContent?.trim());
    const speech = signal<Speech>({ speaker: null, speaking: [] });
    let empty: () => void;
    const settle = () => TestBed.inject(ApplicationRef).whenStable();
    const filled = async () => {
      await TestBed.inject(I18n).use('en');
      speech.set({ speaker: null, speaking: [] });
      const members = several.map((name) =>
        memberView(fakeMember({ session: name, name, stream: null }), 'Guest'),
      );
      const scene: SmallScene = {
        others: signal(members),
        speech,
        status: signal('Connected'),
        microphone: signal(true),
        camera: signal(true),
        act: () => undefined,
        out: signal(true),
        video: () => null,
        destroyRef: TestBed.inject(DestroyRef),
      };
      const small = await windows.requestWindow({ width: 360, height: 340 });
      empty = fillSmallWindow(small, TestBed.inject(EnvironmentInjector), scene);
      await settle();
    };
    const speak = async (speaker: string) => {
      speech.set({ speaker, speaking: [speaker] });
      await settle();
    };
    afterEach(() => empty());

    it('shows and names as many as fit', async () => {
      await filled();
      expect(names()).toEqual(['Ann', 'Ben', 'Cem', 'Dana']);
      const frame = windows.window!.frameElement as HTMLIFrameElement;
      const boxes = [...windows.element.querySelectorAll('.pictures > .picture')].map((each) =>
        each.getBoundingClientRect(),
      );
      for (const { width, height, right, bottom } of boxes) {
        expect(width).toBeGreaterThanOrEqual(150);
        expect(height).toBeGreaterThanOrEqual(100);
        expect(right).toBeLessThanOrEqual(frame.clientWidth);
        expect(bottom).toBeLessThanOrEqual(windows.button('Leave').getBoundingClientRect().top);
      }
      [frame.width, frame.height] = ['200', '240'];
      while (names().length === 4) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        await settle();
      }
      // One picture needs no second name.
      expect(names()).toEqual([]);
      expect(windows.text('h1')).toBe('Ann');
    });

    it('names who speaks, and keeps the pictures where they are', async () => {
      await filled();
      await speak('Ben');
      expect(windows.text('h1')).toBe('Ben');
      expect(windows.text('.speaking .name')).toBe('Ben');
      await speak('Gus');
      expect([windows.text('h1'), windows.window!.document.title]).toEqual(['Gus', 'Gus']);
      expect(names()).toEqual(['Ann', 'Ben', 'Cem', 'Gus']);
      // Their own voice is no one's to look at: the last other speaker stays.
      await speak('me00000000000000');
      expect(windows.text('h1')).toBe('Gus');
    });
  });

  it('passes axe', async () => {
    await takenOut();
    const small = windows.window as Window & { axe?: typeof axe };
    const script = small.document.createElement('script');
    script.textContent = axe.source;
    small.document.head.append(script);
    const { violations } = await small.axe!.run(small.document);
    expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
  });
});
