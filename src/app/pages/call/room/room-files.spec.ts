import axe from 'axe-core';

import type { FileMessage } from '../../../files/file-messages';
import { fakeMember } from '../../../testing/fake-call';
import { controlPair, setOpen } from '../../../testing/fake-peers';
import { OpenedCallPage } from '../../../testing/opened-call-page';

/** Kim's page, and Ann's end of a fake channel. */
const openWithAnn = async () => {
  const page = await OpenedCallPage.open();
  const ann = fakeMember();
  const [here, there] = controlPair();
  page.peers.simulateSelf('me00000000000000', 'Kim');
  page.call.simulateSeated({ members: [ann] });
  page.peers.simulatePeers([ann.session, 'Ann', here]);
  setOpen([here, there], true);
  await page.settle();
  const sent = (type: FileMessage['type']) => here.sent.some((message) => message.type === type);
  return { page, there, sent };
};

const openChat = async (page: OpenedCallPage) => {
  await page.press('Chat');
  await page.until(() => page.query('textarea') !== null);
};
const write = async (page: OpenedCallPage, text: string) => {
  const box = page.query<HTMLTextAreaElement>('textarea')!;
  box.value = text;
  box.dispatchEvent(new Event('input'));
  await page.key('Enter', {}, box);
  await page.until(() => page.text('[role=log]').includes(text));
};
const choose = async (page: OpenedCallPage, ...names: string[]) => {
  const input = page.query<HTMLInputElement>('parley-chat-panel input[type=file]')!;
  const chosen = new DataTransfer();
  for (const name of names) chosen.items.add(new File(['0123456789'], name));
  input.files = chosen.files;
  input.dispatchEvent(new Event('change'));
  await page.settle();
};
const offer = (id: string, name: string) =>
  ({ type: 'file-offer', id, name, size: 10, media: '', path: '' }) as const;
const cards = (page: OpenedCallPage) => [
  ...page.element.querySelectorAll<HTMLElement>('[role=log] [role=group]'),
];
const panel = (page: OpenedCallPage) => page.query('[data-panel]')?.dataset['panel'];
const said = () => document.querySelector('.cdk-live-announcer-element')?.textContent ?? '';
const snack = () => document.querySelector('mat-snack-bar-container')?.textContent ?? '';

describe('Room, with files', () => {
  it('says at the paperclip why no files can be sent while no one else is here', async () => {
    const page = await OpenedCallPage.open();
    page.call.simulateSeated();
    await page.settle();
    await openChat(page);
    const chooser = spyOn(HTMLInputElement.prototype, 'click');
    const clip = page.button('Attach files');
    expect(clip.offsetWidth).toBeGreaterThanOrEqual(44);
    expect(clip.offsetHeight).toBeGreaterThanOrEqual(44);
    expect(clip.getAttribute('aria-disabled')).toBe('true');
    expect(clip.getAttribute('aria-description')).toContain('You can send files once someone joins');
    await page.press('Attach files');
    await page.until(() => snack().includes('You can send files once someone joins'));
    expect(chooser).not.toHaveBeenCalled();
  });

  it('offers the chosen files as cards among the messages, and stays in the chat', async () => {
    const { page, sent } = await openWithAnn();
    await openChat(page);
    await write(page, 'here it comes');
    const chooser = spyOn(HTMLInputElement.prototype, 'click');
    await page.press('Attach files');
    expect(chooser).toHaveBeenCalledTimes(1);
    await choose(page, 'one.txt', 'two.txt');
    await page.until(() => cards(page).length === 2 && sent('file-offer'));
    await page.until(() => said() === '2 files offered to everyone here');
    await write(page, 'that was it');
    expect(panel(page)).toBe('chat');
    const entries = [...page.element.querySelectorAll('[role=log] .text, [role=log] [role=group] .name')];
    expect(entries.map(({ textContent }) => textContent?.trim())).toEqual([
      'here it comes',
      'one.txt',
      'two.txt',
      'that was it',
    ]);
    expect(cards(page)[0]!.textContent).toContain('to Ann');
    cards(page)[0]!.querySelector('button')!.click();
    await page.until(() => cards(page)[0]!.dataset['phase'] === 'ended');
    expect(sent('file-cancel')).toBeTrue();
  });

  it('shows an offer as a card in the open chat, announced once and without another notice', async () => {
    const { page, there, sent } = await openWithAnn();
    await openChat(page);
    there.send(offer('f000000000000001', 'a.bin'));
    await page.until(() => cards(page).length === 1 && said().includes('a.bin'));
    const [card] = cards(page) as [HTMLElement];
    expect(document.getElementById(card.getAttribute('aria-labelledby')!)?.textContent?.trim()).toBe('a.bin');
    // The log would announce it a second time, and then each change of its progress.
    expect(card.closest('[aria-live]')?.getAttribute('aria-live')).toBe('off');
    expect(snack()).toBe('');
    expect(panel(page)).toBe('chat');
    const { violations } = await axe.run(page.query('parley-chat-panel')!);
    expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
    page.button('Decline').focus();
    await page.press('Decline');
    await page.until(() => card.dataset['phase'] === 'ended');
    // Not lost to the page, where keys would do something else.
    expect(document.activeElement).toBe(card);
    expect(sent('file-decline')).toBeTrue();
    // The card and the row in the files panel are the same transfer.
    await page.press('Clear');
    expect(cards(page)).toEqual([]);
  });

  it('opens the files panel by itself when no other panel is open', async () => {
    const { page, there } = await openWithAnn();
    there.send(offer('f000000000000001', 'a.bin'));
    await page.until(() => page.text('[data-panel=files] li').includes('a.bin'));
    await page.press('Chat');
    await page.until(() => cards(page).length === 1);
    expect(cards(page)[0]!.dataset['phase']).toBe('offered');
  });

  it('shows an offer that was waiting when the member came back', async () => {
    const { page, there } = await openWithAnn();
    there.send(offer('f000000000000001', 'a.bin'));
    await page.until(() => page.text('[data-panel=files] li').includes('a.bin'));
    page.call.simulateState({ phase: 'left', duration: 1000 });
    await page.settle();
    expect(page.query('parley-room')).toBeNull();
    page.call.simulateSeated({ members: [fakeMember()] });
    await page.until(() => page.text('[data-panel=files] li').includes('a.bin'));
    expect(page.hasButton('Leave')).toBeTrue();
  });

  it('tells of an offer over another panel, with a button that shows the file', async () => {
    const { page, there } = await openWithAnn();
    await page.press('People');
    there.send(offer('f000000000000001', 'a.bin'));
    await page.until(() => snack().includes('a.bin'));
    expect(panel(page)).toBe('people');
    document.querySelector<HTMLElement>('mat-snack-bar-container button')!.click();
    await page.until(() => page.text('[data-panel=files] li').includes('a.bin'));
  });
});
