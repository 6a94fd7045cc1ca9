import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import axe from 'axe-core';

import type { Waiting } from '../../../call/call-state';
import { fakeMember, fakeSeated } from '../../../testing/fake-call';
import { OpenedCallPage } from '../../../testing/opened-call-page';
import { Announcer } from '../../../ui/announcer';
import { type Note, Notifications } from '../../../ui/ringing/notifications';
import { Snack, type SnackOptions } from '../../../ui/snack/snack';
import { Sounds } from '../../../ui/sounds';

const ann = fakeMember();
const guest = (id: string, name: string, since = 1): Waiting => ({ id, name, since });
const ada = guest('ada', 'Ada');
const ben = guest('ben', 'Ben', 2);

describe('Guests who wait', () => {
  let page: OpenedCallPage;
  let said: string[];
  let played: string[];
  let notes: (Note & { over: boolean })[];
  let hidden: boolean;
  const permission = signal<'granted' | 'denied'>('granted');

  const bar = () => page.text('parley-knocks .knock p');
  const waits = async (waiting: readonly Waiting[], state: Parameters<typeof fakeSeated>[0] = {}) => {
    page.call.simulateSeated({ seats: 8, members: [ann], isHost: false, door: 'ask', waiting, ...state });
    await page.settle();
    if (waiting.length > 0) await page.until(() => page.query('parley-knocks') !== null);
  };
  const see = async (visibility: 'visible' | 'hidden') => {
    hidden = visibility === 'hidden';
    document.dispatchEvent(new Event('visibilitychange'));
    await page.settle();
  };

  beforeEach(async () => {
    [said, played, notes] = [[], [], []];
    hidden = false;
    permission.set('granted');
    spyOnProperty(document, 'visibilityState').and.callFake(() => (hidden ? 'hidden' : 'visible'));
    TestBed.overrideProvider(Notifications, {
      useValue: {
        state: permission,
        show: (note: Note) => {
          const shown = { ...note, over: false };
          notes.push(shown);
          return () => void (shown.over = true);
        },
      },
    });
    page = await OpenedCallPage.open();
    spyOn(TestBed.inject(Announcer), 'say').and.callFake((text) => said.push(text));
    spyOn(TestBed.inject(Sounds), 'play').and.callFake(async (sound) => void played.push(sound));
    await waits([]);
    said.length = 0;
  });
  afterEach(() => localStorage.clear());

  it('are named above the people, with both answers', async () => {
    await waits([ada]);
    expect(bar()).toBe('Ada wants to join');
    expect((await axe.run(page.element)).violations.map(({ id }) => id)).toEqual([]);
    page.button('Admit Ada').focus();
    await page.press('Admit Ada');
    expect(page.call.asked.at(-1)).toEqual(['admit', 'ada']);
    await waits([]);
    expect(page.query('.knock')).toBeNull();
  });

  it('are announced politely and heard, each once', async () => {
    await waits([ada]);
    await waits([ada]);
    expect(said).toEqual(['Ada wants to join']);
    expect(played).toEqual(['knock']);
    await waits([ada, ben]);
    expect(said.at(-1)).toBe('Ada and 1 other want to join');
    expect(played).toEqual(['knock', 'knock']);
    await waits([ben]);
    expect(said.length).toBe(2);
    await waits([ben, ada]);
    expect(played.length).toBe(3);
  });

  it('have no name sometimes', async () => {
    await waits([guest('x', '')]);
    expect(bar()).toBe('Guest wants to join');
  });

  for (const [count, title] of [
    [2, 'Ada and 1 other want to join'],
    [3, 'Ada and 2 others want to join'],
  ] as const) {
    it(`are summed up and admitted together: ${count}`, async () => {
      await waits([ada, ben, guest('cleo', 'Cleo', 3)].slice(0, count));
      expect(bar()).toContain(title);
      await page.press('Admit all');
      expect(page.call.asked.slice(-count).map(([what]) => what)).toEqual(Array(count).fill('admit'));
    });
  }

  it('are listed in the people panel, which replaces the bar', async () => {
    await waits([ada, ben]);
    await page.press('Show all');
    await page.until(() => page.query('parley-waiting-list li') !== null);
    expect(page.query('.knock')).toBeNull();
    expect((await axe.run(page.element)).violations.map(({ id }) => id)).toEqual([]);
    page.button('Admit Ben').focus();
    await page.press('Admit Ben');
    await page.press('Refuse Ada');
    expect(page.call.asked.slice(-2)).toEqual([
      ['admit', 'ben'],
      ['refuse', 'ada'],
    ]);
    await waits([]);
    expect(document.activeElement).toBe(page.query('#panel-title'));
    await waits([guest('cleo', 'Cleo')]);
    expect(said.at(-1)).toBe('Cleo wants to join');
  });

  it('are answered once, unless the answer could not be saved', async () => {
    await waits([ada]);
    await page.press('Refuse Ada');
    await page.press('Refuse Ada');
    const refusals = () => page.call.asked.filter(([what]) => what === 'refuse').length;
    expect(refusals()).toBe(1);
    page.call.simulateNotice({ kind: 'unsaved' });
    await page.press('Refuse Ada');
    expect(refusals()).toBe(2);
    await waits([guest('ada', 'Ada', 99)]);
    await page.press('Refuse Ada');
    expect(refusals()).toBe(3);
  });

  it('may be let in after all by the host', async () => {
    const shown: SnackOptions[] = [];
    spyOn(TestBed.inject(Snack), 'show').and.callFake(async (_text, options) => void shown.push(options!));
    await waits([ada]);
    await page.press('Refuse Ada');
    expect(shown).toEqual([]);
    expect(said.at(-1)).toBe('Ada was turned down');
    await waits([ben], { isHost: true });
    await page.press('Refuse Ben');
    shown[0]!.action!.do();
    expect(page.call.asked.at(-1)).toEqual(['admit', 'ben']);
    await page.settle();
    expect(said.at(-1)).toBe('Ben can join now');
    const isOver = () => shown[0]!.until!.aborted;
    expect(isOver()).toBeFalse();
    page.call.simulateState({ phase: 'left', duration: 1_000 });
    await page.settle();
    expect(isOver()).withContext('the host has left').toBeTrue();
  });

  for (const [press, outcome, words] of [
    ['Admit Ada', 'decided', 'Someone else has already answered Ada'],
    ['Refuse Ada', 'decided', 'Someone else has already answered Ada'],
    ['Admit Ada', 'failed', null],
    ['Refuse Ada', 'failed', null],
  ] as const) {
    it(`claim nothing about an answer that did not count: ${press}, ${outcome}`, async () => {
      const shown: string[] = [];
      spyOn(TestBed.inject(Snack), 'show').and.callFake(async (text) => void shown.push(text));
      page.call.outcome = outcome;
      await waits([ada]);
      const before = said.length;
      await page.press(press);
      expect(shown).toEqual(words ? [words] : []);
      expect(said.length).toBe(before);
    });
  }

  it('can’t be seated in a full call, which the list says', async () => {
    await waits([ada], { seats: 2 });
    await page.key('p');
    await page.until(() => page.query('parley-waiting-list li') !== null);
    expect(page.text('parley-waiting-list')).toContain('The call is full');
  });

  it('leave the focus in the room when the bar goes', async () => {
    await waits([ada]);
    page.button('Admit Ada').focus();
    await page.press('Admit Ada');
    await waits([]);
    expect(page.query('.knock')).toBeNull();
    await page.until(() => document.activeElement?.closest('parley-call-controls') != null);
  });

  it('mark the title and notify while the page is hidden, until they are answered', async () => {
    await waits([ada]);
    expect(document.title).not.toContain('Ada wants');
    await see('hidden');
    expect(document.title).toContain('✋ Ada wants to join');
    expect(notes.map(({ title, body, over }) => ({ title, body, over }))).toEqual([
      { title: 'Ada wants to join', body: 'Open Parley to let them in.', over: false },
    ]);
    await waits([]);
    expect(document.title).not.toContain('Ada wants');
    expect(notes.every(({ over }) => over)).toBeTrue();
  });

  it('do not notify without permission, nor on a visible page', async () => {
    permission.set('denied');
    await waits([ada]);
    await see('hidden');
    expect(notes).toEqual([]);
    permission.set('granted');
    await page.settle();
    expect(notes.length).toBe(1);
    await see('visible');
    expect(notes.every(({ over }) => over)).toBeTrue();
  });
});
