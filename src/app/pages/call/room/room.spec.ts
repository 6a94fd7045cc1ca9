import { TestBed } from '@angular/core/testing';
import axe from 'axe-core';
import { firstValueFrom, Subject } from 'rxjs';

import { I18n } from '../../../i18n/i18n';
import { Parts } from '../../../loading/parts';
import { IdleTime } from '../../../pwa/idle-time';
import { fakeMember, fakeSeated, fakeStatistics } from '../../../testing/fake-call';
import { fakeDevice } from '../../../testing/fake-local-media';
import { OpenedCallPage, pictureTrack, someCode } from '../../../testing/opened-call-page';
import { LONG } from '../taking-long';

const ann = fakeMember();
const bob = fakeMember({ session: 'bob0000000000000', seat: 2, name: 'Bob' });

const seated = async (state: Parameters<OpenedCallPage['call']['simulateSeated']>[0] = {}) => {
  const page = await OpenedCallPage.open();
  page.call.simulateSeated(state);
  await page.settle();
  return page;
};
const tiles = (page: OpenedCallPage) =>
  [...page.element.querySelectorAll('article')].map((tile) => tile.getAttribute('aria-label'));
const status = (page: OpenedCallPage) => page.text('[role=status]');

describe('Room', () => {
  it('shows each person as an article with a video, and marks the person’s own', async () => {
    const page = await seated({ seats: 4, members: [ann, bob] });
    expect(tiles(page)).toEqual(['Ann', 'Bob', 'Kim (you)']);
    expect(page.element.querySelectorAll('article video').length).toBe(3);
    expect(page.query<HTMLVideoElement>('article[aria-label="Kim (you)"] video')?.muted).toBeTrue();
    expect(page.query<HTMLVideoElement>('article[aria-label="Ann"] video')?.muted).toBeFalse();
  });

  it('isolates a right-to-left name from the text around it', async () => {
    const dana = { ...ann, name: 'דנה' };
    const page = await seated({ seats: 4, members: [dana] });
    const name = page.query('article[aria-label="דנה"] .name .text');
    expect(name?.querySelector('bdi')?.textContent).toBe('דנה');
    page.call.simulateLeft(dana.session);
    await page.settle();
    expect(status(page)).toBe('\u2068דנה\u2069 left');
  });

  it('keeps a remark with a long name in one line of a narrow page, beside the timer', async () => {
    const long = { ...ann, name: 'Wolfeschlegelsteinhausenbergerdorffmann' };
    const page = await seated({ seats: 4, members: [long] });
    page.query('parley-room')!.style.inlineSize = '20rem';
    const bar = page.query('.bar')!;
    const before = bar.getBoundingClientRect();
    page.call.simulateLeft(long.session);
    await page.settle();
    expect(status(page)).toContain('left');
    expect(bar.getBoundingClientRect().height).toBe(before.height);
    expect(page.query('parley-call-timer')!.getBoundingClientRect().right).toBeLessThanOrEqual(before.right);
  });

  it('lays out one person alone, two as large and small, more as equals', async () => {
    const page = await seated({ seats: 4 });
    const mode = () => page.query('parley-stage')?.dataset['mode'];
    expect(mode()).toBe('alone');
    page.call.simulateSeated({ seats: 4, members: [ann] });
    await page.settle();
    expect(mode()).toBe('pair');
    page.call.simulateSeated({ seats: 4, members: [ann, bob] });
    await page.settle();
    expect(mode()).toBe('grid');
  });

  it('keeps the same video element when others join and leave', async () => {
    const page = await seated({ seats: 4, members: [ann] });
    const [video, own] = [page.query('[aria-label=Ann] video'), page.query('[aria-label="Kim (you)"] video')];
    page.call.simulateSeated({ seats: 4, members: [bob, ann] });
    await page.settle();
    expect(page.query('[aria-label=Ann] video')).toBe(video);
    expect(page.query('[aria-label="Kim (you)"] video')).toBe(own);
  });

  it('prepares the lists of names once nothing else is to be done', async () => {
    const come$ = new Subject<void>();
    TestBed.overrideProvider(IdleTime, { useValue: { come$, hold: () => () => undefined } });
    const prepare = spyOn(I18n.prototype, 'prepareLists');
    await seated({ seats: 4, members: [ann] });
    expect(prepare).not.toHaveBeenCalled();
    come$.next();
    expect(prepare).toHaveBeenCalledOnceWith();
  });

  it('has a toolbar whose buttons are named and large enough', async () => {
    const page = await seated();
    const toolbar = page.query('[role=toolbar]');
    expect(toolbar?.getAttribute('aria-label')).toBe('Call controls');
    const buttons = [...(toolbar?.querySelectorAll('button') ?? [])];
    expect(buttons.map((button) => button.textContent?.trim())).toEqual([
      'Unmute',
      'Start camera',
      'Share screen',
      'Chat',
      'People',
      'Invite',
      'More',
      'Leave',
    ]);
    for (const button of buttons.filter(({ offsetParent }) => offsetParent)) {
      expect(button.offsetHeight).toBeGreaterThanOrEqual(44);
      expect(button.offsetWidth).toBeGreaterThanOrEqual(44);
    }
  });

  it('shows that a panel is loading, if that takes a moment', async () => {
    const page = await seated();
    let arrive: (part: unknown) => void = () => undefined;
    spyOn(TestBed.inject(Parts), 'load').and.returnValue(new Promise((resolve) => (arrive = resolve)));
    page.button('People').click();
    const shown = () => page.query('parley-arriving');
    while (!shown()) await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(shown()!.getAnimations()[0]?.effect?.getTiming().delay).toBe(300);
    expect(shown()!.textContent).toBe('Loading…');
    while (getComputedStyle(shown()!).visibility !== 'visible') {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    arrive(null);
    await page.until(() => shown() === null);
    expect(page.query('parley-people-panel')).not.toBeNull();
  });

  it('says when the seat takes long, and that live updates are blocked', async () => {
    TestBed.overrideProvider(LONG, { useValue: 20 });
    const page = await OpenedCallPage.open();
    page.call.simulateState({ ...fakeSeated(), phase: 'entering' });
    await page.until(() => page.text('.troubles').startsWith('Joining is taking longer than usual.'));
    page.call.simulateSeated();
    await page.until(() => page.text('.troubles') === '');
    page.call.simulatePolling(true);
    await page.settle();
    expect(page.text('.troubles')).toContain('blocking live updates');
  });

  it('moves along the toolbar with arrow keys', async () => {
    const page = await seated();
    page.button('Unmute microphone').focus();
    await page.key('ArrowRight', {}, page.button('Unmute microphone'));
    expect(document.activeElement).toBe(page.button('Start camera'));
    await page.key('ArrowLeft', {}, page.button('Start camera'));
    await page.key('ArrowLeft', {}, page.button('Unmute microphone'));
    expect(document.activeElement).toBe(page.button('Leave'));
  });

  it('shows the state of the call', async () => {
    const page = await seated();
    expect(status(page)).toBe('Waiting for others');
    page.call.simulateSeated({ members: [fakeMember({ status: 'waiting' })] });
    await page.settle();
    expect(status(page)).toBe('Connecting');
    for (const [now, words] of [
      ['connecting', 'Connecting'],
      ['connected', 'Connected'],
      ['reconnecting', 'Reconnecting'],
      ['failed', 'Connection failed'],
    ] as const) {
      page.call.simulateStatus(now);
      await page.settle();
      expect(status(page)).toBe(words);
    }
  });

  it('says who left, and after a while that the person is waiting again', async () => {
    jasmine.clock().install();
    try {
      const page = await OpenedCallPage.open();
      page.call.simulateSeated({ members: [ann] });
      await page.settle();
      page.call.simulateLeft(ann.session);
      await page.settle();
      expect(status(page)).toBe('Ann left');
      expect(tiles(page)).toEqual(['Kim (you)']);
      jasmine.clock().tick(6001);
      await page.settle();
      expect(status(page)).toBe('Waiting for others');
    } finally {
      jasmine.clock().uninstall();
    }
  });

  it('distinguishes a crash from a departure, and reports tampering', async () => {
    const page = await seated({ members: [ann] });
    page.call.simulateLeft(ann.session, 'lost');
    await page.settle();
    expect(status(page)).toBe('Ann lost connection');
    page.call.simulateNotice({ kind: 'tampered', count: 3 });
    await page.settle();
    expect(status(page)).toContain('(3)');
  });

  it('shows muted microphones, cameras that are off, and connections in trouble', async () => {
    const page = await seated({
      members: [fakeMember({ microphone: false, camera: false, status: 'reconnecting' })],
    });
    const tile = page.text('article[aria-label=Ann]');
    expect(tile).toContain('Microphone off');
    expect(tile).toContain('Reconnecting');
    expect(page.text('article[aria-label=Ann] .avatar')).toBe('A');
    page.call.simulateSeated({ members: [ann] });
    await page.settle();
    expect(page.text('article[aria-label=Ann]')).not.toContain('Microphone off');
  });

  it('says why there is no path to a peer, what to do, and where to look closer', async () => {
    const page = await seated({ members: [fakeMember({ status: 'connecting', obstacle: 'relayRefused' })] });
    const tile = page.element.querySelector('article[aria-label="Ann"]')!;
    expect(tile.textContent).toContain('The relay rejected your credentials');
    expect(tile.textContent).toContain('Reload the page.');
    const link = tile.querySelector('a')!;
    expect(link.getAttribute('href')).toBe('/check?found=relayRefused');
    // It opens in a new tab, so that the call continues.
    expect(link.target).toBe('_blank');
  });

  it('names both lists if there is no common codec', async () => {
    const mismatch = { kind: 'video', ours: ['video/VP9', 'video/VP8'], theirs: ['video/AV1'] } as const;
    const page = await seated({ members: [fakeMember({ mismatch })] });
    const tile = page.text('article[aria-label=Ann]');
    expect(tile).toContain('No video format in common');
    expect(tile).toContain('Yours: VP9, VP8');
    expect(tile).toContain('Theirs: AV1');
  });

  it('toggles microphone and camera with buttons and keys', async () => {
    const page = await seated();
    await page.press('Unmute microphone');
    expect(page.media.turned).toEqual([['microphone', true]]);
    const microphone = page.button('Mute microphone');
    expect(microphone.textContent?.trim()).toBe('Mute');
    expect(microphone.dataset['on']).toBe('true');
    expect(microphone.hasAttribute('aria-pressed')).toBeFalse();
    await page.key('m');
    await page.key('c');
    expect(page.media.turned.slice(1)).toEqual([
      ['microphone', false],
      ['camera', true],
    ]);
  });

  it('leaves with the button and with Shift and L, never with L alone', async () => {
    const page = await seated();
    await page.key('l');
    expect(page.call.asked.some(([what]) => what === 'leave')).toBeFalse();
    await page.key('L', { shiftKey: true });
    await page.press('Leave');
    expect(page.call.asked.slice(-2)).toEqual([['leave'], ['leave']]);
  });

  it('opens the invite panel for a host who waits alone, and closes it when a member joins', async () => {
    const page = await seated();
    expect(page.text('[data-testid=call-code]')).toBe(someCode);
    expect(page.query('section')?.contains(document.activeElement)).toBeFalse();
    page.call.simulateSeated({ members: [ann] });
    await page.settle();
    expect(page.query('section')).toBeNull();
  });

  it('does not open the invite panel for a caller: it is known who will come', async () => {
    const page = await seated();
    await page.go('0000-0000-0000-0000', 'new', 'Ann');
    page.call.simulateSeated();
    await page.settle();
    expect(page.query('section')).toBeNull();
    await page.press('Invite');
    expect(page.text('[data-testid=call-code]')).toBe('0000-0000-0000-0000');
  });

  it('does not open the invite panel for a guest, and not again once closed', async () => {
    const page = await seated({ isHost: false });
    expect(page.query('section')).toBeNull();
    page.call.simulateSeated();
    await page.settle();
    await page.press('Close');
    page.call.simulateSeated({ members: [ann] });
    page.call.simulateLeft(ann.session);
    await page.settle();
    expect(page.query('section')).toBeNull();
  });

  it('moves the focus into a panel that the person opened, and back when Escape closes it', async () => {
    const page = await seated({ members: [ann] });
    page.button('Invite').focus();
    await page.press('Invite');
    expect(document.activeElement?.textContent).toBe('Invite');
    expect(page.button('Invite').getAttribute('aria-expanded')).toBe('true');
    await page.key('Escape');
    expect(page.query('section')).toBeNull();
    expect(document.activeElement).toBe(page.button('Invite'));
  });

  it('copies the link, and says so', async () => {
    const write = spyOn(navigator.clipboard, 'writeText').and.resolveTo();
    const page = await seated();
    await page.press('Copy link');
    await page.settle();
    expect(write).toHaveBeenCalledOnceWith(`${location.origin}/call#${someCode}`);
    expect(page.text('.copied')).toBe('Link copied');
  });

  it('selects the link for copying by hand if copying is refused', async () => {
    spyOn(navigator.clipboard, 'writeText').and.rejectWith(new DOMException('', 'NotAllowedError'));
    spyOn(document, 'execCommand').and.returnValue(false);
    const page = await seated();
    await page.press('Copy link');
    await page.settle();
    const link = page.query<HTMLInputElement>('#call-link');
    expect(page.text('.copied')).toContain('copy it yourself');
    expect(link?.selectionEnd).toBe(link?.value.length ?? -1);
  });

  it('draws the link as a QR code', async () => {
    const page = await seated();
    await page.until(() => page.query('parley-qr-code path') !== null);
    expect(page.query('parley-qr-code svg')?.getAttribute('aria-label')).toBe('QR code of the link');
    expect(page.query('parley-qr-code path')?.getAttribute('d')).toMatch(/^M4 4h7v1/);
  });

  it('says when new members can’t join', async () => {
    const page = await seated({ members: [ann] });
    await page.press('Invite');
    expect(page.text('.obstacle')).toContain('The call is full');
    page.call.simulateSeated({ door: 'closed' });
    await page.settle();
    expect(page.text('.obstacle')).toContain('is locked');
    expect(page.text('.closed')).toBe('Locked');
  });

  it('shows the figures of a member and the cost of the call', async () => {
    const page = await seated({ members: [ann] });
    page.call.simulateCost({ writes: 3, reads: 5, deletes: 1 });
    await page.key('s');
    await page.until(() => page.query('parley-member-statistics') !== null);
    page.call.simulateStatistics(ann.session, fakeStatistics({ roundTripTime: 77, local: 'relay' }));
    await page.settle();
    expect(page.text('[data-figure=round-trip]')).toBe('77 ms');
    expect(page.text('[data-figure=path]')).toBe(
      'Through a relay (relay to srflx, UDP) No direct path was found. The relay can see that you’re in a call, but not what you say or show.',
    );
    expect(page.text('parley-member-statistics table')).toContain('VP9');
    expect(page.text('parley-member-statistics table')).toContain('1280 × 720');
    expect(page.text('parley-member-statistics table')).toContain('1.2 Mbit/s');
    expect(['writes', 'reads', 'deletes'].map((cost) => page.text(`[data-cost=${cost}]`))).toEqual([
      '3',
      '5',
      '1',
    ]);
    await page.until(() => page.query('parley-plot canvas') !== null);
    expect(page.element.querySelectorAll('parley-plot canvas').length).toBe(3);
  });

  it('lists its shortcuts, and ignores them during typing', async () => {
    const page = await seated();
    await page.key('?', { shiftKey: true });
    expect([...page.element.querySelectorAll('kbd')].map((key) => key.textContent)).toContain('Esc');
    await page.press('Invite');
    await page.key('m', {}, page.query('#call-link') ?? document);
    expect(page.media.turned).toEqual([]);
  });

  it('moves the self-view from corner to corner and remembers it', async () => {
    const page = await seated({ members: [ann] });
    const corner = () => page.query('parley-stage')?.dataset['corner'];
    expect(corner()).toBe('bottom-end');
    await page.press('Move your video to another corner');
    expect(corner()).toBe('bottom-start');
    await page.key('o');
    expect(corner()).toBe('top-start');
    expect(localStorage.getItem('parley.ownCorner')).toBe('top-start');
  });

  it('hides the person’s own picture from More, and shows it again', async () => {
    const track = pictureTrack();
    const page = await seated({ members: [ann] });
    page.media.simulateOn('camera', track);
    const own = 'article[aria-label="Kim (you)"]';
    await page.press('More');
    await page.press('Hide my picture');
    expect(page.query(own)).not.toHaveClass('pictured');
    expect(page.text(own)).toContain('Camera on');
    await page.press('Show my picture');
    expect(page.query(own)).toHaveClass('pictured');
    expect(page.text(own)).not.toContain('Camera on');
    track.stop();
  });

  it('keeps problems with devices and the database visible during the call', async () => {
    const page = await seated({ members: [ann], signaling: false });
    page.media.simulateFailure('camera', 'lost');
    await page.settle();
    expect(page.text('.troubles')).toContain('Camera disconnected');
    expect(page.text('.troubles')).toContain('Parley’s database can’t be reached');
    await page.press('Try camera again');
    expect(page.media.turned).toEqual([['camera', true]]);
  });

  it('hides a dismissed problem with devices until its cause changes', async () => {
    const page = await seated({ members: [ann] });
    for (const kind of ['microphone', 'camera'] as const) page.media.simulateFailure(kind, 'denied');
    await page.settle();
    expect(page.element.querySelectorAll('parley-input-trouble').length).toBe(1);
    await page.press('Dismiss');
    expect(page.query('parley-input-trouble')).toBeNull();
    expect(document.activeElement).toBe(page.button('Unmute microphone'));
    page.media.simulateFailure('camera', 'busy');
    await page.settle();
    expect(page.text('parley-input-trouble')).toContain('Camera in use');
  });

  it('says that the system mutes an input, on the button too, and how to be heard again', async () => {
    const context = new AudioContext();
    const [track] = context.createMediaStreamDestination().stream.getAudioTracks();
    const page = await seated({ members: [ann] });
    page.media.turn('microphone', true);
    page.media.simulateMuted('microphone', track!);
    await page.settle();
    expect(page.text('.troubles')).toContain('Your device muted your microphone');
    expect(page.text('.troubles')).toContain('End the call or flip the switch');
    const button = page.button('Mute microphone');
    expect(button.getAttribute('aria-description')).toBe('Your device muted your microphone');
    expect(button.classList).toContain('off');
    expect(page.text('article[aria-label="Kim (you)"]')).toContain('Microphone off');
    await page.until(() =>
      (document.querySelector('.cdk-live-announcer-element')?.textContent ?? '').includes(
        'Your device muted your microphone',
      ),
    );
    await page.press('Try microphone again');
    expect(page.media.reopened).toEqual(['microphone']);
    // Pressing it turns the microphone off for good.
    await page.press('Mute microphone');
    expect(page.media.turned.at(-1)).toEqual(['microphone', false]);
    page.media.simulateOn('microphone', track!);
    await page.settle();
    expect(page.text('.troubles')).not.toContain('muted');
    await context.close();
  });

  const headset = {
    microphone: fakeDevice('audioinput', 'm3', 'New headset', 'headset'),
    speaker: fakeDevice('audiooutput', 's3', 'New headset', 'headset'),
  };
  const plugged = async () => {
    const page = await seated({ members: [ann] });
    await page.until(() => page.query('parley-device-hints') !== null);
    const { microphones, speakers } = await firstValueFrom(page.media.devices$);
    page.media.simulateDevices({
      microphones: [...microphones, headset.microphone],
      speakers: [...speakers, headset.speaker],
    });
    await page.settle();
    return page;
  };

  it('offers a headset that is plugged in, and uses it after one press', async () => {
    const page = await plugged();
    expect(page.text('[data-hint=new]')).toContain('New headset is connected.');
    expect(page.button('Use it').offsetHeight).toBeGreaterThanOrEqual(36);
    await page.press('Use it');
    expect(page.media.choices).toEqual([
      ['microphone', 'm3'],
      ['speaker', 's3'],
    ]);
    expect(page.query('[data-hint=new]')).toBeNull();
  });

  it('does not offer a headset again once it was declined, until it is plugged in again', async () => {
    const page = await plugged();
    await page.press('Not now');
    expect(page.query('[data-hint=new]')).toBeNull();
    const { microphones, speakers } = await firstValueFrom(page.media.devices$);
    page.media.simulateDevices({ microphones: microphones.slice(0, 2), speakers: speakers.slice(0, 2) });
    await page.settle();
    page.media.simulateDevices({ microphones, speakers });
    await page.settle();
    expect(page.text('[data-hint=new]')).toContain('New headset');
  });

  it('shows the devices in use, and allows choosing again the one that failed', async () => {
    const context = new AudioContext();
    const [track] = context.createMediaStreamDestination().stream.getAudioTracks();
    track!.getSettings = () => ({ deviceId: 'm1' });
    const page = await seated({ members: [ann] });
    const list = async () => {
      await page.until(() => page.element.querySelectorAll('parley-device-picker select').length > 2);
      return page.element.querySelectorAll<HTMLSelectElement>('parley-device-picker select')[1]!;
    };
    const selected = (select: HTMLSelectElement) => select.selectedOptions[0]?.text;
    page.media.simulateOn('microphone', track!);
    await page.press('More');
    await page.until(() => page.hasButton('Devices'));
    await page.press('Devices');
    const microphones = await list();
    expect(selected(microphones)).toBe('System default (Built-in microphone)');
    // The headset was chosen and could not be opened.
    page.media.choose('microphone', 'm2');
    await page.settle();
    expect(selected(microphones)).toBe('Built-in microphone');
    microphones.value = 'm2';
    microphones.dispatchEvent(new Event('change'));
    expect(page.media.choices).toEqual([
      ['microphone', 'm2'],
      ['microphone', 'm2'],
    ]);
    await context.close();
  });

  it('marks the first frame of members only', async () => {
    performance.clearMarks('call:first-frame');
    const [theirs, own] = [pictureTrack(), pictureTrack()];
    const page = await seated({ members: [fakeMember({ stream: new MediaStream([theirs]) })] });
    page.media.simulateOn('camera', own);
    const marks = () => performance.getEntriesByName('call:first-frame') as PerformanceMark[];
    await page.until(() => marks().length > 0);
    expect(marks().map(({ detail }) => detail as unknown)).toEqual([{ session: ann.session }]);
    theirs.stop();
    own.stop();
  });

  it('asks for a press if the browser does not play sound by itself', async () => {
    const track = pictureTrack();
    const play = spyOn(HTMLMediaElement.prototype, 'play').and.rejectWith(
      new DOMException('', 'NotAllowedError'),
    );
    const page = await seated({ members: [fakeMember({ stream: new MediaStream([track]) })] });
    await page.until(() => page.hasButton('Play sound'));
    play.and.resolveTo();
    await page.press('Play sound');
    await page.until(() => !page.hasButton('Play sound'));
    expect(page.hasButton('Play sound')).toBeFalse();
    track.stop();
  });

  it('plays sound through the chosen speaker', async () => {
    const sink = spyOn(HTMLMediaElement.prototype, 'setSinkId').and.resolveTo();
    const page = await seated({ members: [ann] });
    page.media.choose('speaker', 's2');
    await page.settle();
    expect(sink.calls.mostRecent().args).toEqual(['s2']);
    expect(sink.calls.mostRecent().object as unknown).toBe(page.query('[aria-label=Ann] video'));
  });

  const tuning = async () => {
    const page = await seated({ members: [ann] });
    await page.press('More');
    await page.until(() => page.hasButton('Devices'));
    await page.press('Devices');
    await page.until(() => page.query('parley-input-tuning') !== null);
    return page;
  };
  const pictureList = (page: OpenedCallPage) => page.query<HTMLSelectElement>('parley-input-tuning select')!;

  it('offers picture sizes, and says if the camera can’t', async () => {
    const page = await tuning();
    const list = pictureList(page);
    expect(page.text(`label[for=${list.id}]`)).toBe('Video quality');
    expect([...list.options].map(({ text }) => text)).toEqual([
      'High (1280 × 720)',
      'Medium (640 × 360)',
      'Low (320 × 180)',
    ]);
    expect(list.value).toBe('high');
    list.value = 'low';
    list.dispatchEvent(new Event('change'));
    await page.settle();
    expect(page.media.tunings).toEqual([['picture', 'low']]);
    expect(list.value).toBe('low');
    const track = pictureTrack();
    const apply = spyOn(track, 'applyConstraints').and.resolveTo();
    page.media.simulateOn('camera', track);
    await page.settle();
    apply.and.rejectWith(new OverconstrainedError('width'));
    list.value = 'medium';
    list.dispatchEvent(new Event('change'));
    await page.until(() => page.query('[role=alert]') !== null);
    expect(page.text('[role=alert]')).toBe('Your camera doesn’t support this size. Nothing has changed.');
    expect(list.value).toBe('low');
    apply.and.resolveTo();
    list.value = 'high';
    list.dispatchEvent(new Event('change'));
    await page.until(() => page.query('[role=alert]') === null);
    expect(page.media.tunings.at(-1)).toEqual(['picture', 'high']);
    expect(list.value).toBe('high');
    track.stop();
  });

  it('offers blur and noise suppression if the devices support them, and follows the system', async () => {
    const track = pictureTrack();
    const settings = { backgroundBlur: false };
    track.getCapabilities = () => ({ backgroundBlur: [false, true] });
    track.getSettings = () => settings;
    const page = await tuning();
    expect(page.hasButton('Blur background')).toBeFalse();
    page.media.simulateOn('camera', track);
    await page.settle();
    const blur = page.button('Blur background');
    expect(page.hasButton('Reduce noise')).toBeFalse();
    expect(blur.getAttribute('aria-checked')).toBe('false');
    expect(blur.offsetHeight).toBeGreaterThanOrEqual(44);
    track.applyConstraints = ({ backgroundBlur } = {}) => {
      settings.backgroundBlur = (backgroundBlur as ConstrainBooleanParameters).exact!;
      return Promise.resolve();
    };
    await page.press('Blur background');
    await page.until(() => blur.getAttribute('aria-checked') === 'true');
    expect(page.media.tunings[0]).toEqual(['backgroundBlur', true]);
    settings.backgroundBlur = false;
    track.dispatchEvent(new Event('configurationchange'));
    await page.settle();
    expect(blur.getAttribute('aria-checked')).toBe('false');
    expect(page.media.tunings.at(-1)).toEqual(['backgroundBlur', false]);
    const { violations } = await axe.run(page.element);
    expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
    // If a camera always blurs, or never does, there is nothing to switch.
    track.getCapabilities = () => ({ backgroundBlur: [true] });
    track.dispatchEvent(new Event('configurationchange'));
    await page.settle();
    expect(page.hasButton('Blur background')).toBeFalse();
    track.stop();
  });

  it('offers its own blur where the camera has none, with what it costs', async () => {
    const track = pictureTrack();
    const page = await tuning();
    page.media.simulateOn('camera', track);
    await page.settle();
    expect(page.hasButton('Blur background')).toBeFalse();
    page.media.simulateBlur({ status: 'off', slow: null });
    await page.settle();
    const blur = page.button('Blur background');
    const description = () => page.text(`#${blur.getAttribute('aria-describedby')}`);
    expect(blur.getAttribute('aria-checked')).toBe('false');
    expect(blur.offsetHeight).toBeGreaterThanOrEqual(44);
    expect(description()).toContain('on this device');
    await page.press('Blur background');
    expect(page.media.tunings).toEqual([['backgroundBlur', true]]);
    page.media.simulateBlur({ status: 'starting' });
    await page.settle();
    expect(blur.getAttribute('aria-checked')).toBe('true');
    expect(description()).toContain('Your camera is paused');
    for (const [share, percent] of [
      [0.281, 30],
      [0.004, 5],
      [0.5, 50],
    ] as const) {
      page.media.simulateBlur({ status: 'on', share });
      await page.settle();
      expect(description()).toBe(`Uses about ${percent}% of one processor core.`);
    }
    const { violations } = await axe.run(page.element);
    expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
    await page.press('Blur background');
    expect(page.media.tunings.at(-1)).toEqual(['backgroundBlur', false]);
    track.stop();
  });

  it('leaves blur out where it was too slow, and says so where the browser can’t', async () => {
    const page = await tuning();
    page.media.tune('backgroundBlur', true);
    page.media.simulateBlur({ status: 'failed', reason: 'slow', share: 0.83 });
    await page.settle();
    expect(page.text('parley-background-blur')).toContain('about 85% of one processor core');
    await page.press('Blur background');
    page.media.simulateBlur({ status: 'off', slow: 0.83 });
    await page.settle();
    expect(page.hasButton('Blur background')).toBeFalse();
    expect(page.text('parley-background-blur')).toContain('Background blur is off: it would take about 85%');
    page.media.simulateBlur({ status: 'unsupported' });
    await page.settle();
    expect(page.hasButton('Blur background')).toBeFalse();
    expect(page.text('parley-background-blur')).toContain('This browser can’t blur your background.');
  });

  it('says that the camera is off because it can’t be blurred, and offers to turn off blur', async () => {
    const page = await seated({ members: [ann] });
    for (const [trouble, words] of [
      ['slow', 'too much of this device’s processor'],
      ['unsupported', 'This browser can’t blur'],
      ['failed', 'turn on the camera to try again'],
    ] as const) {
      page.media.simulateHeld(trouble);
      await page.settle();
      const group = page.query('[role=group][aria-label="Camera off: no background blur"]');
      expect(group?.textContent).toContain(words);
      expect(page.button('Start camera').dataset['on']).toBe('false');
    }
    await page.press('Start camera');
    expect(page.media.turned.at(-1)).toEqual(['camera', true]);
    page.media.simulateHeld('failed');
    await page.settle();
    await page.press('Turn off blur');
    expect(page.media.tunings.at(-1)).toEqual(['backgroundBlur', false]);
  });

  it('does nothing for single keys once they are turned off, and says where to turn them on again', async () => {
    const page = await seated();
    await page.key('?');
    await page.press('Single-key shortcuts');
    expect(localStorage.getItem('parley.shortcuts')).toBe('off');
    await page.key('Escape');
    for (const key of ['?', 'm', 'p']) await page.key(key);
    expect(page.query('[data-panel]')).toBeNull();
    await page.press('More');
    await page.press('Keyboard shortcuts');
    await page.press('Single-key shortcuts');
    expect(localStorage.getItem('parley.shortcuts')).toBeNull();
    await page.key('p');
    expect(page.text('[data-panel] h2')).toBe('People');
  });

  for (const [name, prepare] of [
    ['alone', () => Promise.resolve()],
    ['more', (page: OpenedCallPage) => page.press('More')],
    ['people', (page: OpenedCallPage) => page.key('p')],
    ['statistics', (page: OpenedCallPage) => page.key('s')],
    ['shortcuts', (page: OpenedCallPage) => page.key('?')],
  ] as const) {
    it(`passes axe: ${name}`, async () => {
      const page = await seated(name === 'alone' ? {} : { members: [fakeMember({ microphone: false })] });
      await prepare(page);
      const { violations } = await axe.run(page.element);
      expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
    });
  }
});
