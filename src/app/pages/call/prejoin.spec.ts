import { TestBed } from '@angular/core/testing';
import axe from 'axe-core';

import { CallError } from '../../call/call-state';
import type { InputKind, MediaReason } from '../../media/media';
import { callTexts } from '../../i18n/call';
import { fakeMember } from '../../testing/fake-call';
import { OpenedCallPage, pictureTrack, someCode } from '../../testing/opened-call-page';
import { LONG } from './taking-long';

const opened = async (names: readonly string[] = [], fresh = false): Promise<OpenedCallPage> => {
  const page = await OpenedCallPage.open();
  const others = names.map((name, seat) => fakeMember({ session: `${seat}`, seat, name }));
  page.call.simulateState({ phase: 'prejoin', fresh, others });
  await page.settle();
  return page;
};

/** Opens the list of devices and waits for it. */
const lookAtDevices = async (page: OpenedCallPage): Promise<void> => {
  page.query<HTMLDetailsElement>('details')!.open = true;
  await page.until(() => page.query('parley-input-tuning') !== null);
};

describe('Prejoin', () => {
  it('previews the camera while the call is still being looked up, and prevents joining until then', async () => {
    const page = await OpenedCallPage.open();
    const track = pictureTrack();
    page.media.simulateOn('camera', track);
    await page.settle();
    const video = page.query<HTMLVideoElement>('video[aria-label="Your camera"]');
    expect((video?.srcObject as MediaStream).getVideoTracks() as MediaStreamTrack[]).toEqual([track]);
    expect(video?.muted).toBeTrue();
    expect(page.button('Join now')).toHaveClass('mat-mdc-unelevated-button');
    expect((page.button('Join now') as HTMLButtonElement).disabled).toBeTrue();
    track.stop();
  });

  it('says that the lookup takes long, and where to find out why', async () => {
    TestBed.overrideProvider(LONG, { useValue: 20 });
    const page = await OpenedCallPage.open();
    await page.until(() => page.text('parley-taking-long').startsWith('This is taking longer than usual.'));
    expect(page.query('parley-taking-long a')?.getAttribute('href')).toBe('/check');
    page.call.simulateState({ phase: 'prejoin', fresh: false, others: [] });
    await page.settle();
    expect(page.query('parley-taking-long')).toBeNull();
    page.call.simulatePolling(true);
    await page.settle();
    expect(page.text('form')).toContain('blocking live updates');
  });

  it('joins under the name, and remembers it on this device', async () => {
    const page = await opened();
    const box = page.query<HTMLInputElement>('input#name');
    expect(page.text('label[for=name]')).toBe('Your name');
    box!.value = '  Kim ';
    box!.dispatchEvent(new Event('input'));
    await page.press('Join now');
    expect(page.call.asked.at(-1)).toEqual(['join', 'Kim']);
    expect(localStorage.getItem('parley.name')).toBe('Kim');
  });

  it('joins as a guest if the name has no visible characters, and cleans other names', async () => {
    const page = await opened();
    const box = page.query<HTMLInputElement>('input#name')!;
    const type = (name: string) => {
      box.value = name;
      box.dispatchEvent(new Event('input'));
    };
    type('\u202EmiK\u200B');
    await page.press('Join now');
    expect(page.call.asked.at(-1)).toEqual(['join', 'miK']);
    type('\u3164\u200B\u202E');
    await page.press('Join now');
    expect(page.call.asked.at(-1)).toEqual(['join', '']);
    expect(localStorage.getItem('parley.name')).toBeNull();
  });

  it('starts a call of one’s own, and joins one of another', async () => {
    const page = await opened([], true);
    expect(page.text('h1')).toBe('Start a call');
    expect(page.text('button[type=submit]')).toBe('Start call');
    page.call.simulateState({ phase: 'prejoin', fresh: false, others: [] });
    await page.settle();
    expect(page.text('button[type=submit]')).toBe('Join now');
    page.call.simulateState({ phase: 'joining', fresh: true });
    await page.settle();
    expect(page.text('button[type=submit]')).toBe('Joining…');
  });

  it('shows the remembered name', async () => {
    const page = await OpenedCallPage.open();
    localStorage.setItem('parley.name', 'Kim');
    page.call.simulateState({ phase: 'full' });
    await page.settle();
    page.call.simulateState({ phase: 'prejoin', fresh: false, others: [] });
    await page.settle();
    expect(page.query<HTMLInputElement>('input#name')?.value).toBe('Kim');
  });

  it('keeps a typed name while the network is lost for a moment', async () => {
    const page = await opened();
    const box = () => page.query<HTMLInputElement>('input#name');
    box()!.value = 'Kim';
    box()!.dispatchEvent(new Event('input'));
    page.call.simulateState({ phase: 'failed', error: new CallError('offline') });
    await page.settle();
    expect(box()).toBeNull();
    page.call.simulateState({ phase: 'prejoin', fresh: false, others: [] });
    await page.settle();
    expect(box()?.value).toBe('Kim');
    await page.press('Join now');
    expect(page.call.asked.at(-1)).toEqual(['join', 'Kim']);
  });

  it('keeps a typed name while the person looks at another page', async () => {
    const page = await opened();
    const box = () => page.query<HTMLInputElement>('input#name');
    box()!.value = 'Kim';
    box()!.dispatchEvent(new Event('input'));
    await page.goHome();
    await page.go(someCode);
    page.call.simulateState({ phase: 'prejoin', fresh: false, others: [] });
    await page.settle();
    expect(box()?.value).toBe('Kim');
  });

  for (const near of ['pointerenter', 'pointerdown', 'focus']) {
    it(`prepares on ${near} of Join now`, async () => {
      const page = await opened();
      page.button('Join now').dispatchEvent(new Event(near));
      expect(page.call.asked.at(-1)).toEqual(['prepare']);
    });
  }

  it('shows that it is joining and ignores a second press', async () => {
    const page = await opened();
    page.call.simulateState({ phase: 'joining', fresh: false });
    await page.settle();
    expect((page.button('Joining…') as HTMLButtonElement).disabled).toBeTrue();
    page.query('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    expect(page.call.asked.some(([what]) => what === 'join')).toBeFalse();
  });

  it('says which members are inside', async () => {
    expect((await opened(['Ann'])).text('[role=status]')).toBe('Ann is in the call.');
  });

  it('names guests and counts', async () => {
    expect((await opened(['Ann', ''])).text('[role=status]')).toBe('Ann and Guest are in the call.');
  });

  it('says that nobody is inside, and that the person is the first', async () => {
    const page = await opened();
    expect(page.text('[role=status]')).toBe('No one else is here yet.');
    page.call.simulateState({ phase: 'prejoin', fresh: true, others: [] });
    await page.settle();
    expect(page.text('h1')).toBe('Start a call');
    expect(page.text('[role=status]')).toBe('You’ll be the first one here. You’ll get a link to share.');
  });

  for (const [start, stop, kind] of [
    ['Unmute microphone', 'Mute microphone', 'microphone'],
    ['Start camera', 'Stop camera', 'camera'],
  ] as const) {
    it(`turns the ${kind} on and off with a button that says what a press does`, async () => {
      const page = await opened();
      const toggle = page.button(start);
      expect(toggle.dataset['on']).toBe('false');
      await page.press(start);
      expect(page.media.turned).toEqual([[kind, true]]);
      expect(toggle.dataset['on']).toBe('true');
      expect(page.button(stop)).toBe(toggle);
      expect(stop).toContain(toggle.textContent!.trim());
      await page.press(stop);
      expect(page.media.turned.at(-1)).toEqual([kind, false]);
      expect(toggle.dataset['on']).toBe('false');
      expect(page.button(start)).toBe(toggle);
    });
  }

  for (const kind of ['microphone', 'camera'] as const satisfies readonly InputKind[]) {
    for (const reason of [
      'denied',
      'missing',
      'busy',
      'unsupported',
      'lost',
      'failed',
    ] as const satisfies readonly MediaReason[]) {
      it(`says what to do when the ${kind} is ${reason}, and that it is optional`, async () => {
        const page = await opened();
        page.media.simulateFailure(kind, reason);
        await page.settle();
        const { en } = callTexts;
        const message = page.text('parley-input-trouble');
        expect(message).toContain(en[`media.${kind}.${reason}.title`]);
        expect(message).toContain(en[`media.${kind}.${reason}.text`]);
        expect(message).toContain('You can join without it');
        expect((page.button('Join now') as HTMLButtonElement).disabled).toBeFalse();
        await page.press(`Try ${kind} again`);
        expect(page.media.turned.at(-1)).toEqual([kind, true]);
      });
    }
  }

  it('lists the available devices, and speakers only if they can be selected', async () => {
    const page = await opened();
    await lookAtDevices(page);
    const labels = () =>
      [...page.element.querySelectorAll('details label')].map((label) => label.textContent);
    expect(labels()).toEqual(['Camera', 'Microphone', 'Speaker', 'Video quality']);
    const camera = page.query<HTMLSelectElement>('select');
    expect([...camera!.options].map((option) => option.text.trim())).toEqual([
      'System default',
      'Front camera',
      'Back camera',
    ]);
    camera!.value = 'c2';
    camera!.dispatchEvent(new Event('change'));
    await page.settle();
    expect(page.media.choices).toEqual([['camera', 'c2']]);
    expect(camera!.selectedOptions[0]?.text.trim()).toBe('Back camera');
    page.media.simulateDevices({ cameras: [] });
    await page.settle();
    expect([...camera!.options].map((option) => option.text.trim())).toEqual(['No camera found']);
  });

  it('shows no speakers if they can’t be selected', async () => {
    const page = await OpenedCallPage.open();
    page.call.simulateState({ phase: 'full' });
    await page.settle();
    page.media.canChooseSpeaker = false;
    page.call.simulateState({ phase: 'prejoin', fresh: false, others: [] });
    await page.settle();
    await lookAtDevices(page);
    expect(page.element.querySelectorAll('details label').length).toBe(3);
  });

  it('passes axe, with problems and devices open', async () => {
    const page = await opened(['Ann']);
    page.media.simulateFailure('camera', 'denied');
    await lookAtDevices(page);
    const { violations } = await axe.run(page.element);
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
});
