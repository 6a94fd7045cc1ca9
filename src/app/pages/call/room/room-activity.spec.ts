import axe from 'axe-core';

import { Activity } from '../../../activity/activity';
import { fakeMember } from '../../../testing/fake-call';
import { controlPair, FakePeers, setOpen, settled } from '../../../testing/fake-peers';
import { OpenedCallPage } from '../../../testing/opened-call-page';
import { asksBeforeLeaving } from '../../../testing/leaving';

/** Kim's page, and Ann at the other end of a fake channel. */
const openWithAnn = async () => {
  sessionStorage.clear();
  const page = await OpenedCallPage.open();
  const ann = fakeMember();
  const [here, there] = controlPair();
  page.peers.simulateSelf('me00000000000000', 'Kim');
  page.call.simulateSeated({ members: [ann] });
  page.peers.simulatePeers([ann.session, 'Ann', here]);
  const theirs = new FakePeers();
  theirs.simulateSelf(ann.session, 'Ann');
  theirs.simulatePeers(['me00000000000000', 'Kim', there]);
  const activity = await Activity.of(theirs, null, theirs.self.value!);
  setOpen([here, there], true);
  await page.until(() => here.sent.length > 0);
  return { page, ann: activity, there };
};

const badge = (page: OpenedCallPage) => page.query('.badge')?.dataset['count'] ?? '';
const box = (page: OpenedCallPage) => page.query<HTMLTextAreaElement>('textarea')!;
const messages = (page: OpenedCallPage) =>
  [...page.element.querySelectorAll('.message .text')].map((text) => text.textContent?.trim());
const said = () => document.querySelector('.cdk-live-announcer-element')?.textContent ?? '';
const open = async (page: OpenedCallPage) => {
  await page.press('Chat');
  await page.until(() => page.query('textarea') !== null);
};
const type = async (page: OpenedCallPage, text: string) => {
  box(page).value = text;
  box(page).dispatchEvent(new Event('input'));
  await page.settle();
};

describe('Room, with another member', () => {
  it('opens the chat with the focus in the box, and returns the focus', async () => {
    const { page } = await openWithAnn();
    page.button('Chat').focus();
    await open(page);
    expect(document.activeElement).toBe(box(page));
    expect(page.button('Chat').getAttribute('aria-pressed')).toBe('true');
    await page.key('Escape', {}, box(page));
    expect(document.activeElement).toBe(page.button('Chat'));
  });

  it('sends on Enter, breaks the line on Shift and Enter, and waits for the input method', async () => {
    const { page, ann } = await openWithAnn();
    await open(page);
    await type(page, 'hello');
    await page.key('Enter', { isComposing: true }, box(page));
    // Safari ends the composition before the key event that ended it.
    await page.key('Enter', { keyCode: 229 }, box(page));
    await page.key('Enter', { shiftKey: true }, box(page));
    expect(messages(page)).toEqual([]);
    await page.key('Enter', {}, box(page));
    await settled();
    await page.settle();
    expect(messages(page)).toEqual(['hello']);
    expect(box(page).value).toBe('');
    expect(page.text('.author')).toBe('You');
    ann.chat.write('hi yourself');
    await settled();
    await page.settle();
    expect(messages(page)).toEqual(['hello', 'hi yourself']);
    expect(page.query('.delivery')).toBeNull();
  });

  it('continues the chat after an entry with an impossible time', async () => {
    const { page, ann, there } = await openWithAnn();
    await open(page);
    ann.chat.write('before');
    await page.until(() => messages(page).length > 0);
    const opened = there.sent.find((message) => message.type === 'log-open');
    if (opened?.type !== 'log-open') return fail('no log was opened');
    const log = { type: 'log', log: 'chat', id: opened['id'], oldest: 1, first: 2, now: 0 } as const;
    there.send({ ...log, entries: [{ text: 'hostile', at: -1e300 }] });
    there.send({ ...log, first: 3, entries: [{ text: 'after', at: 1 }] });
    await page.until(() => messages(page).includes('after'));
    expect(messages(page)).not.toContain('hostile');
    expect(messages(page).length).toBe(2);
  });

  it('sends a message once the chat has loaded, unless it was changed in the meantime', async () => {
    sessionStorage.clear();
    const page = await OpenedCallPage.open();
    page.call.simulateSeated();
    await page.settle();
    await open(page);
    await type(page, 'too ear');
    await page.key('Enter', {}, box(page));
    await type(page, 'too early');
    await page.key('Enter', {}, box(page));
    expect(box(page).value).toBe('too early');
    page.peers.simulateSelf('me00000000000000', 'Kim');
    await page.until(() => messages(page).length > 0);
    expect(messages(page)).toEqual(['too early']);
    expect(box(page).value).toBe('');
  });

  it('keeps an unsent message while the panel is closed, and shows it in no other call', async () => {
    const { page } = await openWithAnn();
    await open(page);
    await type(page, 'half a');
    await page.key('Escape', {}, box(page));
    await page.until(() => page.query('textarea') === null);
    await open(page);
    expect(box(page).value).toBe('half a');
    await page.key('Enter', {}, box(page));
    await page.until(() => messages(page).length > 0);
    expect(box(page).value).toBe('');
    await type(page, 'another');
    await page.go('0000-0000-0000-0000');
    page.call.simulateSeated({ members: [fakeMember()] });
    await page.settle();
    if (page.query('textarea') === null) await open(page);
    expect(box(page).value).toBe('');
  });

  it('shows the number of unread messages on the button, and announces it', async () => {
    const { page, ann } = await openWithAnn();
    expect(badge(page)).toBe('');
    ann.chat.write('psst');
    await page.until(() => badge(page) === '1');
    expect(page.button('Chat').getAttribute('aria-description')).toBe('1 unread message');
    await page.until(() => said() === 'Message from Ann: psst');
    await open(page);
    await page.until(() => badge(page) === '');
    expect(messages(page)).toEqual(['psst']);
  });

  it('turns addresses into links, and nothing else', async () => {
    const { page, ann } = await openWithAnn();
    await open(page);
    ann.chat.write('<img src=x onerror=alert(1)> javascript:alert(1) https://example.org/x');
    await page.until(() => messages(page).length > 0);
    const links = [...page.element.querySelectorAll<HTMLAnchorElement>('.text a')];
    expect(links.map(({ href, rel, target }) => [href, rel, target])).toEqual([
      ['https://example.org/x', 'noopener noreferrer', '_blank'],
    ]);
    expect(page.query('.text img')).toBeNull();
    expect(messages(page)[0]).toContain('<img src=x');
  });

  it('says when a message is too long, and does not send it', async () => {
    const { page } = await openWithAnn();
    await open(page);
    await type(page, 'x'.repeat(4_012));
    expect(page.text('.limit')).toBe('A message can have up to 4,000 characters. This one is 12 too long.');
    await page.press('Send');
    expect(messages(page)).toEqual([]);
    expect(box(page).value.length).toBe(4_012);
  });

  it('inserts an emoji at the caret', async () => {
    const { page } = await openWithAnn();
    await open(page);
    await type(page, 'ab');
    box(page).setSelectionRange(1, 1);
    await page.press('Emoji');
    await page.press('🎉');
    expect(box(page).value).toBe('a🎉b');
    await page.key('Escape', {}, page.button('🎉'));
    expect(page.hasButton('🎉')).toBeFalse();
    expect(page.query('textarea')).not.toBeNull();
  });

  it('shows who is typing', async () => {
    const { page, ann } = await openWithAnn();
    await open(page);
    ann.chat.typing(true);
    await page.until(() => page.text('.typing') === 'Ann is typing…');
    ann.chat.write('done');
    await page.until(() => page.text('.typing') === '');
  });

  it('says that no member has received a message yet', async () => {
    const page = await OpenedCallPage.open();
    page.peers.simulateSelf('me00000000000000', 'Kim');
    page.call.simulateSeated();
    await page.settle();
    await open(page);
    await type(page, 'for later');
    await page.until(() => page.button('Send').getAttribute('aria-disabled') === 'false');
    await page.press('Send');
    await page.until(() => messages(page).length === 1);
    expect(page.text('.delivery')).toContain('People who join later can read this');
  });

  it('shows raised hands on tiles and in People, the first one first', async () => {
    const { page, ann } = await openWithAnn();
    ann.raiseHand(true);
    await page.until(() => page.text('[aria-label=Ann]').includes('Hand raised'));
    await page.until(() => said() === 'Ann raised a hand');
    await page.key('h');
    await page.until(() => page.text('[aria-label="Kim (you)"]').includes('Hand raised'));
    await page.key('p');
    expect([...page.element.querySelectorAll('li .name')].map(({ textContent }) => textContent)).toEqual([
      'Ann',
      'Kim (you)',
    ]);
    await page.key('h');
    await page.until(() => !page.text('[aria-label="Kim (you)"]').includes('Hand raised'));
  });

  it('shows a message in a toast that opens the chat, and shows none while the chat is open', async () => {
    const { page, ann } = await openWithAnn();
    const toast = () => page.query('parley-news-toast button');
    ann.chat.write('first line\nsecond line');
    await page.until(() => toast() !== null);
    expect(page.text('parley-news-toast .words')).toContain('first line');
    expect(page.text('parley-news-toast .words')).not.toContain('second line');
    expect(toast()!.closest('[role=status], [aria-live]')).toBeNull();
    toast()!.click();
    await page.until(() => page.query('textarea') !== null);
    expect(toast()).toBeNull();
    ann.chat.write('another');
    await page.until(() => messages(page).includes('another'));
    expect(toast()).toBeNull();
  });

  it('shows a raised hand in a toast and on the People button', async () => {
    const { page, ann } = await openWithAnn();
    ann.raiseHand(true);
    await page.until(() => page.text('parley-news-toast strong').includes('raised a hand'));
    expect(page.button('People').getAttribute('aria-description')).toBe('1 raised hand');
    expect(page.button('People').querySelector<HTMLElement>('.badge')?.dataset['count']).toBe('1');
    const toast = page.button('People').ownerDocument.querySelector('parley-news-toast')!;
    await page.key('Escape', {}, toast);
    expect(page.query('parley-news-toast')).toBeNull();
    ann.raiseHand(false);
    await page.until(() => page.button('People').getAttribute('aria-description') === null);
  });

  it('says who can see the call, with the lock beside the status', async () => {
    const { page } = await openWithAnn();
    const lock = page.button('Who can see this call');
    expect(lock.offsetHeight).toBeGreaterThanOrEqual(44);
    lock.focus();
    await page.press('Who can see this call');
    await page.until(() => page.text('parley-privacy-panel').includes('encrypted between the browsers'));
    expect(lock.getAttribute('aria-expanded')).toBe('true');
    await page.key('Escape');
    expect(page.query('parley-privacy-panel')).toBeNull();
    expect(document.activeElement).toBe(lock);
  });

  it('raises and lowers the hand with a button that says which', async () => {
    const { page } = await openWithAnn();
    await page.press('More');
    await page.until(() => page.hasButton('Raise hand'));
    await page.press('Raise hand');
    await page.until(() => page.hasButton('Lower hand'));
    expect(page.button('Lower hand').hasAttribute('aria-pressed')).toBeFalse();
    await page.press('Lower hand');
    await page.until(() => page.hasButton('Raise hand'));
  });

  it('sends reactions from More, shown at the lower edge of both tiles', async () => {
    const { page, ann } = await openWithAnn();
    await page.press('More');
    await page.until(() => page.hasButton('🎉'));
    await page.press('🎉');
    await page.until(() => page.text('[aria-label="Kim (you)"] parley-tile-reactions') === '🎉');
    ann.react('👍');
    await page.until(() => page.text('[aria-label=Ann] parley-tile-reactions') === '👍');
    await page.until(() => said() === 'Ann reacted 👍');
  });

  it('unmutes while Space is held, and mutes again', async () => {
    const { page } = await openWithAnn();
    const up = async () => {
      document.body.dispatchEvent(new KeyboardEvent('keyup', { key: ' ', bubbles: true }));
      await page.settle();
    };
    await page.key(' ');
    await page.key(' ', { repeat: true });
    await up();
    expect(page.media.turned).toEqual([
      ['microphone', true],
      ['microphone', false],
    ]);
    await page.key(' ');
    window.dispatchEvent(new Event('blur'));
    await page.settle();
    expect(page.media.turned.length).toBe(4);
    // In a text box, Space is a space; while the microphone is on, it does nothing.
    await open(page);
    await page.key(' ', {}, box(page));
    expect(page.media.turned.length).toBe(4);
    const context = new AudioContext();
    page.media.simulateOn('microphone', context.createMediaStreamDestination().stream.getAudioTracks()[0]!);
    await page.settle();
    await page.key(' ');
    await up();
    expect(page.media.turned.length).toBe(4);
    await context.close();
  });

  it('unmutes on Space right after a mouse press on a button', async () => {
    const { page } = await openWithAnn();
    const microphone = page.button('Unmute microphone');
    // Chromium shows the ring from the first key on: what counts is the state when the focus came.
    const focus = (button: HTMLElement, visible: boolean) => {
      spyOn(button, 'matches').and.returnValues(visible, true);
      button.dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
    };
    const byMouse = (button: HTMLElement) => {
      button.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
      focus(button, false);
    };
    const key = (type: 'keydown' | 'keyup', target: HTMLElement) => {
      const event = new KeyboardEvent(type, { key: ' ', bubbles: true, cancelable: true });
      target.dispatchEvent(event);
      return event.defaultPrevented;
    };
    byMouse(microphone);
    // Firefox presses the button on keyup, Chromium if both events are left to it.
    expect([key('keydown', microphone), key('keyup', microphone)]).toEqual([true, true]);
    expect(page.media.turned).toEqual([
      ['microphone', true],
      ['microphone', false],
    ]);
    // While the microphone is on, Space does nothing, and doesn't turn it off.
    await page.press('Unmute microphone');
    expect([key('keydown', microphone), key('keyup', microphone)]).toEqual([true, true]);
    expect(page.media.turned.length).toBe(3);
    await page.press('Mute microphone');

    // Space presses the element that the keyboard moved the focus to.
    const camera = page.button('Start camera');
    focus(camera, true);
    expect([key('keydown', camera), key('keyup', camera)]).toEqual([false, false]);
    expect(page.media.turned.length).toBe(4);
    // Until the mouse presses it.
    camera.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    expect([key('keydown', camera), key('keyup', camera)]).toEqual([true, true]);
    expect(page.media.turned.length).toBe(6);
  });

  it('turns the microphone off for the next call when the call ends while Space is held', async () => {
    const { page } = await openWithAnn();
    await page.key(' ');
    await page.goHome();
    expect(page.media.turned).toEqual([
      ['microphone', true],
      ['microphone', false],
    ]);
  });

  it('says that the person is heard once the track is sent, and asks them to wait before', async () => {
    const { page } = await openWithAnn();
    const status = () => page.text('[role=status]');
    await page.key(' ');
    expect(status()).toBe('Wait, your microphone is starting');
    const context = new AudioContext();
    const [track] = context.createMediaStreamDestination().stream.getAudioTracks();
    page.media.simulateOn('microphone', track!);
    await page.settle();
    expect(status()).toBe('Wait, your microphone is starting');
    page.peers.simulateSending(track!);
    await page.until(() => status() === 'You’re heard while you hold Space');
    window.dispatchEvent(new Event('blur'));
    await page.until(() => status() === 'Connected');
    await context.close();
  });

  it('follows the system’s buttons, as far as the browser supports them', async () => {
    const { page } = await openWithAnn();
    expect([...page.mediaSession.handlers.keys()]).toEqual(['togglemicrophone', 'togglecamera']);
    page.mediaSession.handlers.get('togglemicrophone')!();
    await page.settle();
    expect(page.media.turned).toEqual([['microphone', true]]);
    expect(page.mediaSession.active).toContain('microphone true');
    await page.goHome();
    expect(page.mediaSession.handlers.size).toBe(0);
  });

  it('passes axe in the chat', async () => {
    const { page, ann } = await openWithAnn();
    await open(page);
    ann.chat.write('hello https://example.org');
    await type(page, 'x'.repeat(4_012));
    await page.press('Emoji');
    await page.until(() => messages(page).length > 0);
    const { violations } = await axe.run(page.element);
    expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
  });

  it('says why a recording does not start, starts it at the next press, and asks before cutting it off', async () => {
    const { page } = await openWithAnn();
    spyOn(HTMLAnchorElement.prototype, 'click');
    const start = spyOn(MediaRecorder.prototype, 'start').and.throwError(
      new DOMException('no', 'UnknownError'),
    );
    await page.press('More');
    await page.until(() => page.hasButton('Record call'));
    expect(asksBeforeLeaving()).toBeFalse();
    await page.press('Record call');
    await page.until(() => page.text('.troubles') !== '');
    expect(page.text('.troubles')).toBe('The recording couldn’t start. Try again.');
    expect(page.text('.recording')).toBe('');
    expect(asksBeforeLeaving()).toBeFalse();

    start.and.callThrough();
    await page.press('Record call');
    await page.until(() => page.text('.recording') === 'You’re recording');
    expect(page.text('.troubles')).toBe('');
    expect(asksBeforeLeaving()).toBeTrue();
    await page.press('Stop recording');
    // A recording this short may hold nothing to save.
    await page.until(() => page.hasButton('Record call') && page.text('.recording') === '');
    expect(asksBeforeLeaving()).toBeFalse();
  });

  it('asks before the page is closed while a file is being transferred', async () => {
    const { page, there } = await openWithAnn();
    there.send({ type: 'file-offer', id: 'abcdefgh23456723', name: 'a.txt', size: 5, media: '', path: '' });
    await page.until(() => page.hasButton('Accept'));
    expect(asksBeforeLeaving()).toBeFalse();
    await page.press('Accept');
    await page.until(() => page.hasButton('Cancel'));
    expect(asksBeforeLeaving()).toBeTrue();
    await page.press('Cancel');
    await page.until(() => !page.hasButton('Cancel'));
    expect(asksBeforeLeaving()).toBeFalse();
  });
});
