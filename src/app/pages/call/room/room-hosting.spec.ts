import { TestBed } from '@angular/core/testing';
import axe from 'axe-core';

import { Acquaintances } from '../../../people/acquaintances';
import { People } from '../../../people/people';
import { KNOWN_LOBBIES } from '../../../people/known-lobbies-key';
import { Remembered } from '../../../storage/remembered';
import { forgetSeat, rememberMuted, rememberSeat, wasMuted } from '../../../storage/tab-memory';
import { FakeAcquaintances } from '../../../testing/fake-acquaintances';
import { fakeMember } from '../../../testing/fake-call';
import { FakePeople } from '../../../testing/fake-people';
import { OpenedCallPage } from '../../../testing/opened-call-page';
import { Announcer } from '../../../ui/announcer';
import { Notifications, type NotificationState } from '../../../ui/ringing/notifications';
import { Snack, type SnackOptions } from '../../../ui/snack/snack';
import { PeopleLoader } from '../../people/people-loader';
import { smallestSize } from './call-size';
import type { RoomState } from './room-status';

const OWN = 'me00000000000000';
const ann = fakeMember();
const bob = fakeMember({ session: 'bob0000000000000', seat: 4, name: 'Bob' });

type State = Parameters<OpenedCallPage['call']['simulateSeated']>[0];

const seated = async (state: State = {}) => {
  const page = await OpenedCallPage.open();
  page.call.simulateSeated({ seats: 8, members: [ann, bob], ...state });
  await page.settle();
  return page;
};
const listed = async (state: State = {}) => {
  const page = await seated(state);
  await page.key('p');
  await page.until(() => page.query('parley-people-panel') !== null);
  return page;
};
const requests = (page: OpenedCallPage) => page.call.asked.filter(([what]) => what !== 'open');

describe('The host', () => {
  afterEach(() => localStorage.clear());

  it('is marked in the list, also if it is this person', async () => {
    const page = await listed({ isHost: false, host: ann.session });
    const line = () => page.query('[data-role=host]')?.closest('li')?.querySelector('.name')?.textContent;
    expect(line()).toBe('Ann');
    page.call.simulateSeated({ seats: 8, members: [ann, bob], host: OWN });
    await page.settle();
    expect(line()).toBe('Kim (you)');
  });

  it('may be missing for a moment, which the list says', async () => {
    const page = await listed({ isHost: false, host: null });
    expect(page.query('[data-role=host]')).toBeNull();
    expect(page.text('parley-people-panel')).toContain('No host is here.');
  });

  it('is the only one who sees what only a host can do', async () => {
    const page = await listed({ isHost: false, turnedAway: [{ id: 'uid-of-cem', name: 'Cem' }] });
    expect(page.query('parley-host-tools')).toBeNull();
    expect(page.query('parley-turned-away-list')).toBeNull();
    expect(page.query('parley-member-actions')).toBeNull();
    expect(page.hasButton('Options for Ann')).toBeFalse();
  });

  it('has no options for itself', async () => {
    const page = await listed();
    expect(page.element.querySelectorAll('parley-member-actions').length).toBe(2);
    expect(page.hasButton('Options for Kim')).toBeFalse();
  });

  it('has named controls, and passes axe in each step', async () => {
    const page = await listed({ door: 'ask' });
    await page.press('Options for Ann');
    const steps = [
      'Remove Ann',
      'Cancel',
      'Options for Ann',
      'Make Ann the host',
      'Cancel',
      'End call for everyone',
    ];
    for (const step of ['', ...steps]) {
      if (step) await page.press(step);
      const { violations } = await axe.run(page.element);
      expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`))
        .withContext(step)
        .toEqual([]);
    }
  });

  it('asks a member to mute, and returns the focus', async () => {
    const page = await listed();
    const said = spyOn(TestBed.inject(Announcer), 'say');
    await page.press('Options for Ann');
    expect(document.activeElement?.textContent?.trim()).toBe('Mute Ann');
    await page.press('Mute Ann');
    expect(requests(page)).toEqual([['askToMute', ann.session]]);
    expect(said).toHaveBeenCalledOnceWith('Ann was muted');
    expect(document.activeElement).toBe(page.button('Options for Ann'));
  });

  for (const [presses, expected] of [
    [['Remove'], [['remove', ann.session]]],
    [
      ['Remove and lock the call'],
      [
        ['setDoor', 'closed'],
        ['remove', ann.session],
      ],
    ],
    [['Cancel'], []],
  ] as const) {
    it(`removes a member after a second press: ${presses.join()}`, async () => {
      const page = await listed();
      await page.press('Options for Ann');
      await page.press('Remove Ann');
      expect(requests(page)).toEqual([]);
      expect(document.activeElement?.textContent).toContain('Remove Ann from the call?');
      for (const press of presses) await page.press(press);
      expect(requests(page)).toEqual([...expected]);
    });
  }

  it('lets in again whom it removed or refused', async () => {
    const page = await listed({
      turnedAway: [
        { id: 'uid-of-cem', name: 'Cem' },
        { id: 'uid-of-guest', name: '' },
      ],
    });
    const list = () => page.text('parley-turned-away-list');
    expect(list()).toMatch(/^Removed or refused\s*Cem\s*Let in\s*Guest\s*Let in$/);
    expect((await axe.run(page.query('parley-turned-away-list')!)).violations).toEqual([]);
    const said = spyOn(TestBed.inject(Announcer), 'say');
    page.button('Let in Cem again').focus();
    await page.press('Let in Cem again');
    expect(requests(page)).toEqual([['admit', 'uid-of-cem']]);
    expect(said).toHaveBeenCalledWith('Cem can join now');
    page.call.simulateSeated({ seats: 8, members: [ann, bob], turnedAway: [] });
    await page.until(() => list() === '');
    expect(document.activeElement?.id).toBe('panel-title');
  });

  it('can’t lock a locked call again while removing', async () => {
    const page = await listed({ door: 'closed' });
    await page.press('Options for Ann');
    await page.press('Remove Ann');
    expect(page.hasButton('Remove and lock the call')).toBeFalse();
  });

  it('hands the role on after a second press', async () => {
    const page = await listed();
    await page.press('Options for Bob');
    await page.press('Make Bob the host');
    expect(requests(page)).toEqual([]);
    await page.press('Make host');
    expect(requests(page)).toEqual([['handOver', bob.session]]);
  });

  it('closes the question with Escape, and only then the panel', async () => {
    const page = await listed();
    await page.press('Options for Ann');
    await page.press('Remove Ann');
    await page.key('Escape', {}, document.activeElement!);
    expect(page.query('parley-member-actions .actions')).toBeNull();
    expect(page.query('parley-people-panel')).not.toBeNull();
    await page.key('Escape', {}, document.activeElement!);
    expect(page.query('parley-people-panel')).toBeNull();
  });

  it('chooses who can join, each choice with its meaning', async () => {
    const page = await listed({ door: 'ask' });
    const radios = [...page.element.querySelectorAll<HTMLInputElement>('input[type=radio]')];
    expect(radios.map(({ checked }) => checked)).toEqual([false, true, false]);
    const texts = radios.map((radio) => page.text(`#${radio.getAttribute('aria-describedby')}`));
    expect(texts[1]).toContain('lets them in');
    radios[2]!.click();
    await page.settle();
    expect(requests(page)).toEqual([['setDoor', 'closed']]);
  });

  for (const [permission, offers] of [
    ['default', true],
    ['granted', false],
    ['denied', false],
  ] as const) {
    it(`${offers ? 'offers' : 'offers no'} notifications of knocks: permission ${permission}`, async () => {
      const asked = jasmine.createSpy('ask');
      TestBed.overrideProvider(Notifications, {
        useValue: { state: (): NotificationState => permission, ask: asked },
      });
      const page = await listed({ door: 'ask' });
      const name = 'Notify me of guests when this page is hidden';
      expect(page.hasButton(name)).toBe(offers);
      if (offers) await page.press(name);
      expect(asked).toHaveBeenCalledTimes(offers ? 1 : 0);
      page.call.simulateSeated({ door: 'open' });
      await page.settle();
      expect(page.hasButton(name)).toBeFalse();
    });
  }

  for (const [state, fewest] of [
    [{ seat: 0, members: [] }, 2],
    [{ seat: 0, members: [ann] }, 2],
    [{ seat: 0, members: [ann, bob] }, 5],
    [{ seat: 6, members: [ann] }, 7],
  ] as const satisfies readonly (readonly [
    Pick<Extract<RoomState, { phase: 'seated' }>, 'seat' | 'members'>,
    number,
  ])[]) {
    it(`needs ${fewest} places for seat ${state.seat} and ${state.members.length} others`, () => {
      expect(smallestSize({ ...state, phase: 'seated' } as unknown as RoomState)).toBe(fewest);
    });
  }

  it('keeps the options of a person with a long name inside a narrow panel, and inside their buttons', async () => {
    const name = 'Wolfeschlegelsteinhausenbergerdorffmann';
    const page = await listed({ members: [{ ...ann, name }] });
    const panel = page.query('parley-people-panel')!;
    panel.style.inlineSize = '17rem';
    await page.press(`Options for ${name}`);
    const right = panel.getBoundingClientRect().right;
    const buttons = [...panel.querySelectorAll('button')];
    expect(buttons.length).toBeGreaterThan(4);
    for (const button of buttons) {
      const outer = button.getBoundingClientRect();
      const inner = (button.querySelector('.mdc-button__label') ?? button).getBoundingClientRect();
      expect(outer.right).withContext(button.innerText).toBeLessThanOrEqual(right);
      expect(inner.height).withContext(button.innerText).toBeLessThanOrEqual(outer.height);
      expect(inner.width).withContext(button.innerText).toBeLessThanOrEqual(outer.width);
    }
  });

  it('makes room for two to eight, not for fewer than the taken places', async () => {
    const page = await listed();
    const select = page.query<HTMLSelectElement>('parley-host-tools select')!;
    expect([...select.options].map(({ value }) => value)).toEqual(['5', '6', '7', '8']);
    expect(select.value).toBe('8');
    select.value = '6';
    select.dispatchEvent(new Event('change'));
    expect(requests(page)).toEqual([['setSeats', 6]]);
    page.call.simulateSeated({ seats: 16, members: [ann] });
    await page.settle();
    expect([...select.options].map(({ value }) => value)).toEqual(['2', '3', '4', '5', '6', '7', '8', '16']);
  });

  it('asks everyone to mute, and says so', async () => {
    const page = await listed();
    await page.press('Mute everyone');
    expect(requests(page)).toEqual([['askToMute', null]]);
    expect(page.text('parley-host-tools')).toContain('Everyone was muted. They can unmute themselves.');
  });

  it('ends the call for everyone after a second press', async () => {
    const page = await listed();
    await page.press('End call for everyone');
    expect(requests(page)).toEqual([]);
    expect(document.activeElement?.textContent).toContain('End the call for everyone?');
    await page.press('Cancel');
    expect(document.activeElement).toBe(page.button('End call for everyone'));
    await page.press('End call for everyone');
    await page.press('End call for everyone');
    expect(requests(page)).toEqual([['end']]);
  });

  describe('who leaves', () => {
    for (const [what, state] of [
      ['a call of two', { members: [ann] }],
      ['as a guest', { isHost: false }],
    ] as const satisfies readonly (readonly [string, State])[]) {
      it(`leaves ${what} with one press`, async () => {
        const page = await seated(state);
        await page.press('Leave');
        expect(requests(page)).toEqual([['leave']]);
      });
    }

    for (const [press, request] of [
      ['Leave', 'leave'],
      ['End call for everyone', 'end'],
    ] as const) {
      it(`several others is asked whether the call continues: ${press}`, async () => {
        const page = await seated();
        await page.press('Leave');
        await page.until(() => page.query('parley-leave-panel') !== null);
        expect(page.text('#panel-title')).toBe('Leave the call');
        expect(document.activeElement).toBe(page.query('#panel-title'));
        expect(requests(page)).toEqual([]);
        const panel = page.query('parley-leave-panel')!;
        [...panel.querySelectorAll('button')]
          .find(({ textContent }) => textContent?.trim() === press)!
          .click();
        expect(requests(page)).toEqual([[request]]);
      });
    }

    it('leaves with a second press, on the button or the key', async () => {
      const page = await seated();
      await page.key('L', { shiftKey: true });
      expect(requests(page)).toEqual([]);
      await page.key('L', { shiftKey: true });
      expect(requests(page)).toEqual([['leave']]);
    });
  });

  describe('who asks for something', () => {
    const news = async (state: State = {}) => {
      const page = await seated(state);
      const shown: [string, SnackOptions | undefined][] = [];
      spyOn(TestBed.inject(Snack), 'show').and.callFake(
        async (text, options) => void shown.push([text, options]),
      );
      return { page, shown };
    };

    it('mutes this member at once, who may unmute', async () => {
      const { page, shown } = await news({ isHost: false });
      page.media.simulateOn('microphone', new MediaStreamTrackGenerator({ kind: 'audio' }));
      await page.settle();
      page.call.simulateNotice({ kind: 'mute', name: 'Ann' });
      expect([...page.media.keptOff]).toEqual(['microphone']);
      await page.until(() => shown.length > 0);
      expect(shown[0]![0]).toBe('Ann muted you');
      shown[0]![1]!.action!.do();
      expect(page.media.turned).toEqual([['microphone', true]]);
      // After the call there is nothing to unmute.
      expect(shown[0]![1]!.until!.aborted).toBeFalse();
      page.call.simulateState({ phase: 'left', duration: 1 });
      await page.settle();
      expect(shown[0]![1]!.until!.aborted).toBeTrue();
    });

    it('keeps this member muted over a reload, until they unmute', async () => {
      const { page } = await news({ isHost: false });
      rememberSeat({ callId: 'call', session: OWN, seat: 0, name: 'Kim' });
      const unmute = () =>
        page.media.simulateOn('microphone', new MediaStreamTrackGenerator({ kind: 'audio' }));
      unmute();
      await page.settle();
      expect(wasMuted()).toBeFalse();
      page.call.simulateNotice({ kind: 'mute', name: 'Ann' });
      page.media.simulateOff('microphone');
      await page.settle();
      expect(wasMuted()).toBeTrue();
      // The page that the reload opens takes the seat again.
      rememberSeat({ callId: 'call', session: 'another', seat: 0, name: 'Kim' });
      expect(wasMuted()).toBeTrue();
      unmute();
      await page.settle();
      expect(wasMuted()).toBeFalse();
      forgetSeat();
    });

    it('opens the page of a muted member without the microphone', async () => {
      const page = await OpenedCallPage.open();
      rememberSeat({ callId: 'call', session: OWN, seat: 0, name: 'Kim' });
      rememberMuted(true);
      await page.go('2345-6789-abcd-efgh');
      expect([...page.media.keptOff]).toContain('microphone');
      forgetSeat();
    });

    it('changes nothing for a member who is muted', async () => {
      const { page, shown } = await news({ isHost: false });
      page.call.simulateNotice({ kind: 'mute', name: 'Ann' });
      await page.settle();
      expect(page.media.keptOff.size).toBe(0);
      expect(shown).toEqual([]);
    });

    for (const [name, text] of [
      ['Bob', 'Bob is the host now'],
      [null, 'You’re the host now. Under People, you can lock the call or remove someone.'],
    ] as const) {
      it(`is named when the role changes: ${name ?? 'this member'}`, async () => {
        const { page, shown } = await news({ isHost: false });
        page.call.simulateNotice({ kind: 'host', name });
        await page.until(() => shown.length > 0);
        expect(shown.map(([told]) => told)).toEqual([text]);
      });
    }
  });
});

describe('The list of members', () => {
  afterEach(() => localStorage.clear());

  it('leads to the link, and to people to ring if this device knows any', async () => {
    TestBed.configureTestingModule({
      providers: [
        { provide: PeopleLoader, useValue: { load: () => Promise.resolve() } },
        { provide: People, useValue: new FakePeople() },
        { provide: Acquaintances, useValue: new FakeAcquaintances() },
      ],
    });
    const page = await listed({ isHost: false });
    const panel = () => page.query('[data-panel]')?.dataset['panel'];
    const press = async (name: string) => {
      const buttons = [...page.element.querySelectorAll<HTMLElement>('parley-people-panel button')];
      buttons.find(({ textContent }) => textContent?.trim() === name)!.click();
      await page.settle();
    };
    expect(page.hasButton('Add people')).toBeFalse();
    await press('Invite');
    expect(panel()).toBe('invite');
    TestBed.inject(Remembered).setRecord(KNOWN_LOBBIES, { lobbies: [] });
    await page.key('p');
    await page.until(() => page.query('parley-people-panel') !== null);
    await press('Add people');
    expect(panel()).toBe('add');
    await page.until(() => page.query('parley-add-people') !== null);
    await page.press('Invite with a link');
    expect(panel()).toBe('invite');
  });
});
