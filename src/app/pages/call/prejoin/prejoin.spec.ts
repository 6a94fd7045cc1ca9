import { TestBed } from '@angular/core/testing';
import axe from 'axe-core';

import { CallError } from '../../../call/call-state';
import type { InputKind, MediaReason } from '../../../media/media';
import { troublesTexts } from '../../../i18n/troubles';
import { AUDIO_CONTEXT } from '../../../media/sound-level';
import { fakeMember } from '../../../testing/fake-call';
import { OpenedCallPage, pictureTrack, someCode } from '../../../testing/opened-call-page';
import { Drafts } from '../../../ui/drafts';
import { SAVE_FILE } from '../files/save-file';
import { LONG } from '../taking-long';

const opened = async (names: readonly string[] = [], fresh = false): Promise<OpenedCallPage> => {
  const page = await OpenedCallPage.open();
  const others = names.map((name, seat) => fakeMember({ session: `${seat}`, seat, name }));
  page.call.simulateState({ phase: 'prejoin', fresh, asks: false, others });
  await page.settle();
  return page;
};

/** Opens the list of devices and waits for it. */
const lookAtDevices = async (page: OpenedCallPage): Promise<void> => {
  page.query<HTMLDetailsElement>('details')!.open = true;
  await page.until(() => page.query('parley-input-tuning') !== null);
};

/** Opens what a call for later needs, and waits for it. */
const lookAtLater = async (page: OpenedCallPage): Promise<void> => {
  const [, later] = page.element.querySelectorAll('details');
  later!.open = true;
  await page.until(() => page.query('parley-later') !== null);
};

/** An audio context that hears a constant level, 0…1. */
class FakeContext {
  readonly state = 'running';
  closed = false;
  constructor(readonly level: () => number) {}
  createAnalyser() {
    return {
      fftSize: 1024,
      getFloatTimeDomainData: (samples: Float32Array) => samples.fill(this.level()),
    };
  }
  createMediaStreamSource() {
    return { connect: () => undefined, disconnect: () => undefined };
  }
  close() {
    this.closed = true;
    return Promise.resolve();
  }
}

describe('Prejoin', () => {
  it('says beforehand that a member decides, and asks instead of joining', async () => {
    const page = await OpenedCallPage.open();
    page.call.simulateState({ phase: 'prejoin', fresh: false, asks: true, others: [fakeMember()] });
    await page.settle();
    expect(page.text('.asks')).toBe('Someone in the call has to let you in.');
    expect(page.hasButton('Join now')).toBeFalse();
    await page.press('Ask to join');
    expect(page.call.asked.at(-1)![0]).toBe('join');
  });

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

  it('flips the camera, and mirrors only the front one', async () => {
    const page = await OpenedCallPage.open();
    const [front, back] = [pictureTrack(), pictureTrack()];
    front.getSettings = () => ({ facingMode: 'user' });
    back.getSettings = () => ({ facingMode: 'environment' });
    page.media.simulateOn('camera', front);
    await page.settle();
    const video = page.query('video[aria-label="Your camera"]');
    expect(video).toHaveClass('mirrored');
    await page.press('Flip camera');
    expect(page.media.borrowed).toEqual([['camera', 'c2']]);
    page.media.simulateOn('camera', back);
    await page.settle();
    expect(video).not.toHaveClass('mirrored');
    for (const track of [front, back]) track.stop();
  });

  it('says that the lookup takes long, and where to find out why', async () => {
    TestBed.overrideProvider(LONG, { useValue: 20 });
    const page = await OpenedCallPage.open();
    await page.until(() => page.text('parley-taking-long').startsWith('This is taking longer than usual.'));
    expect(page.query('parley-taking-long a')?.getAttribute('href')).toBe('/check');
    page.call.simulateState({ phase: 'prejoin', fresh: false, asks: false, others: [] });
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
    page.call.simulateState({ phase: 'prejoin', fresh: false, asks: false, others: [] });
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
    page.call.simulateState({ phase: 'prejoin', fresh: false, asks: false, others: [] });
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
    page.call.simulateState({ phase: 'prejoin', fresh: false, asks: false, others: [] });
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
    page.call.simulateState({ phase: 'prejoin', fresh: false, asks: false, others: [] });
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
    page.call.simulateState({ phase: 'prejoin', fresh: true, asks: false, others: [] });
    await page.settle();
    expect(page.text('h1')).toBe('Start a call');
    expect(page.text('[role=status]')).toBe('You’ll be the first one here.');
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
      expect(stop).toContain(toggle.textContent.trim());
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
        const { en } = troublesTexts;
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

  it('explains once that both inputs fail for the same reason, and retries both', async () => {
    const page = await opened();
    const groups = () =>
      [...page.element.querySelectorAll('parley-input-trouble')].map((group) =>
        group.getAttribute('aria-label'),
      );
    for (const kind of ['microphone', 'camera'] as const) page.media.simulateFailure(kind, 'denied');
    await page.settle();
    expect(groups()).toEqual(['Camera and microphone blocked']);
    expect(page.hasButton('Dismiss')).toBeFalse();
    await page.press('Try again');
    expect(page.media.turned).toEqual([
      ['microphone', true],
      ['camera', true],
    ]);
    page.media.simulateFailure('microphone', 'denied');
    page.media.simulateFailure('camera', 'busy');
    await page.settle();
    expect(groups()).toEqual(['Microphone blocked', 'Camera in use']);
  });

  it('shows the level of the microphone on its button, only while it is on', async () => {
    let level = 0;
    const contexts: FakeContext[] = [];
    TestBed.overrideProvider(AUDIO_CONTEXT, {
      useValue: () => contexts[contexts.push(new FakeContext(() => level)) - 1],
    });
    const page = await opened();
    const track = pictureTrack();
    const ring = () => page.button('Mute microphone').querySelector<HTMLElement>('.ring')!;
    const width = () => parseFloat(ring().style.getPropertyValue('--level'));
    page.media.simulateOn('microphone', track);
    await page.until(() => contexts.length === 1);
    expect(width()).toBe(0);
    expect(page.button('Mute microphone').hasAttribute('aria-description')).toBeFalse();
    level = 0.1;
    await page.until(() => width() > 0.5);
    expect(ring().classList).toContain('heard');
    expect(page.button('Mute microphone').getAttribute('aria-description')).toBe(
      'Your microphone is picking up sound',
    );
    page.media.simulateMuted('microphone', track);
    await page.until(() => contexts[0]!.closed);
    expect(width()).toBe(0);
    expect(page.button('Mute microphone').hasAttribute('aria-description')).toBeFalse();
    page.media.simulateOff('microphone');
    await page.settle();
    expect(contexts.length).toBe(1);
    track.stop();
  });

  it('leads back to the home page, and closes the devices', async () => {
    const page = await opened();
    expect(page.media.held('camera')).toBeTrue();
    await page.press('Home');
    expect(page.text('h1')).toBe('home');
    expect(page.media.held('camera')).toBeFalse();
    expect(page.media.held('microphone')).toBeFalse();
  });

  it('keeps a typed name when the page is reloaded, until it is used', async () => {
    const page = await opened();
    const box = () => page.query<HTMLInputElement>('input#name');
    box()!.value = 'Kim';
    box()!.dispatchEvent(new Event('input'));
    // A reload forgets everything but what the browser stores.
    TestBed.inject(Drafts).set('name', null);
    await page.goHome();
    await page.go(someCode);
    page.call.simulateState({ phase: 'prejoin', fresh: false, asks: false, others: [] });
    await page.settle();
    expect(box()?.value).toBe('Kim');
    await page.press('Join now');
    expect(page.call.asked.at(-1)).toEqual(['join', 'Kim']);
    expect(sessionStorage.length).toBe(0);
  });

  it('doesn’t claim to know who is inside while there is no network', async () => {
    const onLine = spyOnProperty(navigator, 'onLine').and.returnValue(true);
    const page = await opened(['Ann']);
    expect(page.text('[role=status]')).toBe('Ann is in the call.');
    onLine.and.returnValue(false);
    window.dispatchEvent(new Event('offline'));
    await page.settle();
    expect(page.text('[role=status]')).toBe('You’re offline, so Parley can’t tell who’s in the call.');
    onLine.and.returnValue(true);
    window.dispatchEvent(new Event('online'));
    await page.settle();
    expect(page.text('[role=status]')).toBe('Ann is in the call.');
  });

  describe('of a call for later', () => {
    const saved: { file: Blob; name: string }[] = [];
    const openedLater = async (): Promise<OpenedCallPage> => {
      saved.length = 0;
      TestBed.overrideProvider(SAVE_FILE, {
        useValue: (file: Blob, name: string) => saved.push({ file, name }),
      });
      const page = await opened([], true);
      await lookAtLater(page);
      return page;
    };
    const setStart = (page: OpenedCallPage, value: string) => {
      const box = page.query<HTMLInputElement>('#later-start')!;
      box.value = value;
      box.dispatchEvent(new Event('input'));
      return box;
    };

    it('offers the link, and says how long it works', async () => {
      const page = await openedLater();
      expect(page.query<HTMLInputElement>('#call-link')?.value).toBe(`${location.origin}/call#${someCode}`);
      expect(page.text('parley-later p')).toContain('doesn’t expire until the call starts');
      expect(page.hasButton('Copy link')).toBeTrue();
      const { violations } = await axe.run(page.element);
      expect(violations.map(({ id }) => id)).toEqual([]);
    });

    it('offers nothing for a call that has started', async () => {
      const page = await opened(['Ann']);
      expect(page.element.querySelectorAll('details').length).toBe(1);
      page.call.simulateState({ phase: 'joining', fresh: true });
      await page.settle();
      expect(page.element.querySelectorAll('details').length).toBe(1);
    });

    it('saves the link as a calendar file, and revises the same event', async () => {
      const page = await openedLater();
      setStart(page, '2126-03-04T05:06');
      page.query<HTMLSelectElement>('#later-length')!.value = '90';
      await page.press('Save calendar file');
      await page.press('Save calendar file');
      expect(saved.map(({ name }) => name)).toEqual(Array(2).fill('parley-call-2126-03-04.ics'));
      expect(saved[0]!.file.type).toBe('text/calendar;charset=utf-8');
      const [first, second] = await Promise.all(saved.map(({ file }) => file.text()));
      const start = new Date(2126, 2, 4, 5, 6).toISOString().replace(/[-:]|\.000/g, '');
      expect(first).toContain(`DTSTART:${start}`);
      expect(first).toContain('DURATION:PT90M');
      expect(first).toContain(`URL:${location.origin}/call#${someCode}`);
      expect(first!.replaceAll('\r\n ', '')).toContain(`call:\\n${location.origin}/call#${someCode}`);
      const uid = /UID:.+/.exec(first!)![0];
      expect(second).toContain(uid);
      expect(second).toContain('SEQUENCE:1');
      expect(page.text('parley-later .saved')).toContain('Open the file');
    });

    it('refuses a time that is missing or has passed', async () => {
      const page = await openedLater();
      for (const [value, error] of [
        ['2020-01-01T10:00', 'That time has passed. Choose a later one.'],
        ['', 'Enter a full date and time.'],
      ] as const) {
        const box = setStart(page, value);
        await page.press('Save calendar file');
        expect(page.text('#later-error')).toBe(error);
        expect(box.getAttribute('aria-invalid')).toBe('true');
        expect(document.activeElement).toBe(box);
      }
      expect(saved).toEqual([]);
    });

    it('doesn’t start the call when Enter is pressed in its boxes', async () => {
      const page = await openedLater();
      const box = setStart(page, '2126-03-04T05:06');
      const key = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });
      box.dispatchEvent(key);
      await page.settle();
      expect(key.defaultPrevented).toBeTrue();
      expect(saved.length).toBe(1);
    });
  });

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
    page.call.simulateState({ phase: 'prejoin', fresh: false, asks: false, others: [] });
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
