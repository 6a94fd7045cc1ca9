import axe from 'axe-core';

import type { FileMessage } from '../../../files/file-messages';
import { fakeMember } from '../../../testing/fake-call';
import { controlPair, type FakeControl, setOpen } from '../../../testing/fake-peers';
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
  return { page, here, there, sent };
};

/** Kim's page with Ann and Ben, and their ends of fake channels. */
const openWithTwo = async () => {
  const page = await OpenedCallPage.open();
  const [[hereAnn, ann], [hereBen, ben]] = [controlPair(), controlPair()];
  const members = [fakeMember(), fakeMember({ session: 'ben0000000000000', seat: 2, name: 'Ben' })] as const;
  page.peers.simulateSelf('me00000000000000', 'Kim');
  page.call.simulateSeated({ members, seats: 8 });
  const both = [
    [members[0].session, 'Ann', hereAnn],
    [members[1].session, 'Ben', hereBen],
  ] as const;
  page.peers.simulatePeers(...both);
  setOpen([hereAnn, ann, hereBen, ben], true);
  await page.settle();
  const offersTo = (end: FakeControl) => end.sent.filter(({ type }) => type === 'file-offer');
  return {
    page,
    ann,
    ben,
    toAnn: () => offersTo(hereAnn),
    toBen: () => offersTo(hereBen),
    leaveAnn: () => page.peers.simulatePeers(both[1]),
    joinCem: () => {
      const [hereCem, cem] = controlPair();
      page.peers.simulatePeers(...both, ['cem0000000000000', 'Cem', hereCem]);
      setOpen([hereCem, cem], true);
      return () => offersTo(hereCem);
    },
    leaveBen: () => page.peers.simulatePeers(both[0]),
  };
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

  it('gives the focus to the next card when one is cleared, and to the box after the last', async () => {
    const { page, there } = await openWithAnn();
    await openChat(page);
    for (const name of ['a.bin', 'b.bin', 'c.bin']) there.send(offer(`f00000000000000${name[0]}`, name));
    await page.until(() => cards(page).length === 3);
    for (const card of cards(page)) {
      [...card.querySelectorAll('button')].at(-1)!.click();
      await page.until(() => card.dataset['phase'] === 'ended');
    }
    const clear = async (index: number) => {
      const button = cards(page)[index]!.querySelector('button')!;
      button.focus();
      const count = cards(page).length;
      button.click();
      await page.until(() => cards(page).length === count - 1);
      return document.activeElement;
    };
    expect(await clear(1)).toBe(cards(page)[1]!);
    expect(await clear(1)).toBe(cards(page)[0]!);
    expect(await clear(0)).toBe(page.query('textarea'));
  });

  it('keeps the focus in the files panel when cards are cleared', async () => {
    const { page, there } = await openWithAnn();
    for (const name of ['a.bin', 'b.bin']) there.send(offer(`f00000000000000${name[0]}`, name));
    const rows = () => [...page.element.querySelectorAll<HTMLElement>('[data-panel=files] li')];
    await page.until(() => rows().length === 2);
    for (const row of rows()) {
      [...row.querySelectorAll('button')].at(-1)!.click();
      await page.until(() => row.dataset['phase'] === 'ended');
    }
    await page.press('Clear');
    await page.until(() => rows().length === 1);
    expect(document.activeElement).toBe(rows()[0]!);
    await page.press('Clear');
    await page.until(() => rows().length === 0);
    expect(document.activeElement).toBe(page.button('Choose files'));
  });

  it('announces all offers that come at once', async () => {
    const { page, ann, ben } = await openWithTwo();
    await openChat(page);
    for (const name of ['a.bin', 'b.bin', 'c.bin']) ann.send(offer(`f00000000000000${name[0]}`, name));
    ben.send(offer('f00000000000000d', 'd.bin'));
    await page.until(() => cards(page).length === 4 && said() !== '');
    const plain = () => said().replace(/[\u2066-\u2069]/g, '');
    await page.until(() => plain() === 'Ann and Ben want to send you 4 files');
    // Each is announced once.
    ben.send(offer('f00000000000000e', 'e.bin'));
    await page.until(() => plain() === 'Ben wants to send you e.bin');
  });

  it('offers nothing to a member who joins while files are chosen, and says so', async () => {
    const { page, here, sent } = await openWithAnn();
    await openChat(page);
    spyOn(HTMLInputElement.prototype, 'click');
    await page.press('Attach files');
    const [hereBen, ben] = controlPair();
    page.peers.simulatePeers([fakeMember().session, 'Ann', here], ['ben0000000000000', 'Ben', hereBen]);
    setOpen([hereBen, ben], true);
    await choose(page, 'one.txt');
    await page.until(() => sent('file-offer'));
    await page.until(() => snack().includes('Offered to Ann only.'));
    expect(cards(page)[0]!.textContent).toContain('to Ann');
    expect(hereBen.sent.some(({ type }) => type === 'file-offer')).toBeFalse();
  });

  describe('with several others', () => {
    it('offers to everyone who was there when the person began to choose', async () => {
      const { page, toAnn, toBen, joinCem } = await openWithTwo();
      await openChat(page);
      spyOn(HTMLInputElement.prototype, 'click');
      await page.press('Attach files');
      await page.press('Everyone here');
      const toCem = joinCem();
      await choose(page, 'one.txt');
      await page.until(() => toAnn().length === 1 && toBen().length === 1);
      await page.until(() => snack().includes('Offered to Ann and Ben only.'));
      await page.until(() => said() === 'one.txt offered to Ann and Ben');
      expect(toCem()).toEqual([]);
    });

    it('offers nothing when the chosen member left while files were chosen', async () => {
      const { page, toAnn, toBen, leaveBen } = await openWithTwo();
      await openChat(page);
      spyOn(HTMLInputElement.prototype, 'click');
      await page.press('Attach files');
      await page.press('Ben');
      leaveBen();
      await choose(page, 'one.txt');
      await page.until(() => snack().includes('Ben left, so nothing was offered.'));
      expect([toAnn(), toBen()]).toEqual([[], []]);
    });

    it('sends nothing once the member chosen in the files panel has left, until another choice', async () => {
      const { page, toAnn, leaveBen } = await openWithTwo();
      await page.press('More');
      await page.until(() => page.hasButton('Files'));
      await page.press('Files');
      await page.until(() => page.query('#files-receiver') !== null);
      const whom = () => page.query<HTMLSelectElement>('#files-receiver')!;
      const select = async (value: string) => {
        whom().value = value;
        whom().dispatchEvent(new Event('change'));
        await page.settle();
      };
      const chooser = () => page.button('Choose files') as HTMLButtonElement;
      await select('ben0000000000000');
      leaveBen();
      await page.until(() => page.text('.gone') === 'Ben left. Choose who gets your files.');
      expect(whom().selectedOptions[0]?.text.trim()).toBe('Ben left');
      expect(chooser().disabled).toBeTrue();
      const { violations } = await axe.run(page.query('parley-files-panel')!);
      expect(violations.map(({ id }) => id)).toEqual([]);
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File(['x'], 'a.txt'));
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
      await page.until(() => snack().includes('Ben left, so nothing was offered.'));
      expect(toAnn()).toEqual([]);
      await select('');
      expect(chooser().disabled).toBeFalse();
      expect(page.query('#files-receiver')).toBeNull();
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
      await page.until(() => toAnn().length === 1);
    });

    it('asks at the paperclip whom files are for; everyone is one card with a state for each', async () => {
      const { page, ann, toAnn, toBen } = await openWithTwo();
      await openChat(page);
      const chooser = spyOn(HTMLInputElement.prototype, 'click');
      await page.press('Attach files');
      expect(chooser).not.toHaveBeenCalled();
      await page.until(() => page.hasButton('Everyone here'));
      await page.until(() => document.activeElement === page.button('Everyone here'));
      await page.press('Everyone here');
      expect(chooser).toHaveBeenCalledTimes(1);
      expect(page.hasButton('Everyone here')).toBeFalse();
      expect(document.activeElement).toBe(page.button('Attach files'));
      await choose(page, 'one.txt');
      await page.until(() => cards(page).length === 1 && toAnn().length === 1 && toBen().length === 1);
      await page.until(() => said() === 'one.txt offered to everyone here');
      const [card] = cards(page) as [HTMLElement];
      expect(card.textContent).toContain('10 bytes, to 2 people');
      const states = () =>
        [...card.querySelectorAll('li')].map((row) =>
          [...row.querySelectorAll('p')].map(({ textContent }) => textContent?.trim()).join(': '),
        );
      expect(states()).toEqual(['Ann: Waiting for an answer', 'Ben: Waiting for an answer']);
      const { violations } = await axe.run(page.query('parley-chat-panel')!);
      expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join()}`)).toEqual([]);

      ann.send({ type: 'file-decline', id: toAnn()[0]!['id'] });
      await page.until(() => states()[0] === 'Ann: Declined');
      expect(card.dataset['phase']).toBe('offered');
      page.button('Cancel for Ben').focus();
      await page.press('Cancel for Ben');
      await page.until(() => states()[1] === 'Ben: Cancelled');
      expect(document.activeElement).toBe(card);
      expect(card.dataset['phase']).toBe('over');
      await page.press('Clear');
      await page.until(() => cards(page).length === 0);
      expect(document.activeElement).toBe(page.query('textarea'));
    });

    it('offers to one member alone, as a card like that of a call of two', async () => {
      const { page, toAnn, toBen } = await openWithTwo();
      await openChat(page);
      spyOn(HTMLInputElement.prototype, 'click');
      await page.press('Attach files');
      await page.press('Ben');
      await choose(page, 'one.txt', 'two.txt');
      await page.until(() => cards(page).length === 2 && toBen().length === 2);
      await page.until(() => said() === '2 files offered to Ben');
      expect(toAnn()).toEqual([]);
      expect(cards(page)[0]!.textContent).toContain('10 bytes, to Ben');
      expect(page.button('Cancel')).toBeTruthy();
    });

    it('closes the question with Escape, not the panel', async () => {
      const { page } = await openWithTwo();
      await openChat(page);
      await page.press('Attach files');
      await page.key('Escape', {}, page.button('Everyone here'));
      expect(page.hasButton('Everyone here')).toBeFalse();
      expect(panel(page)).toBe('chat');
      expect(document.activeElement).toBe(page.button('Attach files'));
    });

    it('cancels for all at once, and ends at once for a member who says goodbye', async () => {
      const { page, ann, toAnn, toBen } = await openWithTwo();
      await openChat(page);
      spyOn(HTMLInputElement.prototype, 'click');
      await page.press('Attach files');
      await page.press('Everyone here');
      await choose(page, 'one.txt');
      await page.until(() => toAnn().length === 1 && toBen().length === 1);
      ann.send({ type: 'bye' });
      await page.until(() => cards(page)[0]!.textContent.includes('Left the call'));
      await page.press('Cancel all');
      await page.until(() => cards(page)[0]!.dataset['phase'] === 'over');
      expect(cards(page)[0]!.textContent).toContain('Cancelled');
    });

    it('offers to the member chosen in the files panel, also what is pasted, until the panel is closed', async () => {
      const { page, toAnn, toBen, leaveAnn } = await openWithTwo();
      await page.press('More');
      await page.until(() => page.hasButton('Files'));
      await page.press('Files');
      await page.until(() => page.query('#files-receiver') !== null);
      const whom = page.query<HTMLSelectElement>('#files-receiver')!;
      expect(whom.labels[0]?.textContent).toBe('Send to');
      expect([...whom.options].map(({ text }) => text.trim())).toEqual(['Everyone here', 'Ann', 'Ben']);
      const paste = async (name: string) => {
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File(['x'], name));
        document.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
        );
        await page.settle();
      };
      whom.value = 'ben0000000000000';
      whom.dispatchEvent(new Event('change'));
      await page.settle();
      await paste('a.txt');
      await page.until(() => toBen().length === 1);
      expect(toAnn()).toEqual([]);
      await page.key('Escape');
      await paste('b.txt');
      await page.until(() => toBen().length === 2 && toAnn().length === 1);
      // Alone with Ben there is nothing to choose.
      leaveAnn();
      await page.settle();
      expect(page.query('#files-receiver')).toBeNull();
    });
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
