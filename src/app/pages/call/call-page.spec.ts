import { Location } from '@angular/common';
import { Title } from '@angular/platform-browser';
import { TestBed } from '@angular/core/testing';
import axe from 'axe-core';

import { CallError, type CallReason, type CallState, type LinkStatus } from '../../call/call-state';
import { SIGN_IN_REASONS } from '../../firebase/sign-in-reason';
import { AppUpdate } from '../../pwa/app-update';
import { IdleTime } from '../../pwa/idle-time';
import { NewestVersion } from '../../pwa/newest-version';
import { I18n } from '../../i18n/i18n';
import { messageTexts } from '../../i18n/message';
import { signInTexts } from '../../i18n/sign-in';
import { fakeMember, fakeSeated } from '../../testing/fake-call';
import { OpenedCallPage, someCode } from '../../testing/opened-call-page';
import { Sounds } from '../../ui/sounds';
import type { MessageKind } from './message';
import { messageDesigns } from './message-designs';
import { Knocking } from './prejoin/knocking';

const reasons: readonly CallReason[] = [
  'offline',
  ...SIGN_IN_REASONS,
  'forbidden',
  'quota',
  'configuration',
  'tampered',
  'outdated',
  'removed',
  'ended',
  'unsupported',
  'insecure',
  'unavailable',
];

const messages: readonly (readonly [MessageKind, CallState])[] = [
  ['absent', { phase: 'absent' }],
  ['full', { phase: 'full' }],
  ['closed', { phase: 'closed' }],
  ['refused', { phase: 'refused' }],
  ['expired', { phase: 'expired' }],
  ['left', { phase: 'left', duration: 65_000 }],
  ...reasons.map(
    (reason) =>
      [
        // The browser that runs the specs is online.
        reason === 'offline' ? 'unreachable' : reason,
        { phase: 'failed', error: new CallError(reason) },
      ] as const,
  ),
];

/** What each message offers to do next, the most obvious action first. */
const ways: Readonly<Record<MessageKind, readonly string[]>> = {
  badCode: ['Home', 'New call'],
  absent: ['Start it with this code', 'Home'],
  full: ['New call', 'Home'],
  closed: ['New call', 'Home'],
  refused: ['New call', 'Home'],
  expired: ['New call', 'Home'],
  left: ['Rejoin', 'New call', 'Home'],
  offline: ['Try again', 'Find out why', 'Home'],
  unreachable: ['Try again', 'Find out why', 'Home'],
  'sign-in': ['Try again', 'Find out why', 'Home'],
  'sign-in-off': ['Try again', 'Home'],
  'sign-in-api': ['Try again', 'Home'],
  'sign-in-busy': ['Try again', 'Home'],
  'sign-in-quota': ['Try again', 'Home'],
  'api-key': ['Try again', 'Home'],
  address: ['Try again', 'Home'],
  'app-check': ['Try again', 'Home'],
  account: ['Try again', 'Home'],
  forbidden: ['New call', 'Try again', 'Home'],
  quota: ['Try again', 'Home'],
  storage: ['Try again', 'Home'],
  configuration: ['Try again', 'Home'],
  tampered: ['New call', 'Home'],
  outdated: ['Reload', 'Home'],
  ended: ['New call', 'Home'],
  removed: ['Rejoin', 'New call', 'Home'],
  unsupported: ['Home'],
  insecure: ['Home'],
  unavailable: ['Try again', 'Find out why', 'Home'],
};

/** The English text of a message. */
const wordsOf = (kind: MessageKind): { readonly title: string; readonly text: string } => {
  const all: Readonly<Record<string, string>> = { ...messageTexts.en, ...signInTexts.en };
  return {
    title: (all[`${kind}.title`] ?? all[`${kind}.what`])!,
    text: (all[`${kind}.text`] ?? all[`${kind}.todo`])!,
  };
};

describe('CallPage', () => {
  it('has a sentence and a remedy for each reason why sign-in was refused', () => {
    const words = SIGN_IN_REASONS.map(wordsOf);
    expect(new Set(words.map(({ title }) => title)).size).toBe(SIGN_IN_REASONS.length);
    expect(new Set(words.map(({ text }) => text)).size).toBe(SIGN_IN_REASONS.length);
  });

  describe('asking to join', () => {
    const knocks = async () => {
      const page = await OpenedCallPage.open();
      page.call.simulateState({ phase: 'knocking', name: 'Kim' });
      await page.until(() => page.query('parley-knocking') !== null);
      return page;
    };

    it('shows what the members read and what happens next, with the focus on the heading', async () => {
      const page = await knocks();
      expect(document.title).toBe('Waiting to be let in · Parley');
      expect(page.text('h1')).toBe('Waiting to be let in');
      expect(document.activeElement).toBe(page.query('h1'));
      expect(page.text('.words')).toContain('that you want to join as Kim.');
      expect(page.query('parley-camera-preview video')).not.toBeNull();
      expect((await axe.run(page.element)).violations).toEqual([]);
    });

    it('turns the devices on and off', async () => {
      const page = await knocks();
      await page.press('Unmute microphone');
      await page.press('Start camera');
      expect(page.media.turned).toEqual([
        ['microphone', true],
        ['camera', true],
      ]);
    });

    it('suggests another way after half a minute', async () => {
      const page = await OpenedCallPage.open();
      jasmine.clock().install();
      try {
        const fixture = TestBed.createComponent(Knocking);
        fixture.componentRef.setInput('name', 'Kim');
        fixture.componentRef.setInput('microphone', { status: 'off' });
        fixture.componentRef.setInput('camera', { status: 'off' });
        fixture.detectChanges();
        const status = () =>
          (fixture.nativeElement as HTMLElement).querySelector('[role=status]')?.textContent ?? '';
        jasmine.clock().tick(29_999);
        fixture.detectChanges();
        expect(status()).toBe('');
        jasmine.clock().tick(1);
        fixture.detectChanges();
        expect(status()).toContain('No one has answered yet');
        expect(page.query('parley-knocking')).toBeNull();
      } finally {
        jasmine.clock().uninstall();
      }
    });

    it('can be taken back', async () => {
      const page = await knocks();
      await page.press('Cancel');
      expect(page.call.asked.slice(-2)).toEqual([['leave'], ['open', someCode, 'join']]);
    });

    it('is taken back by going elsewhere', async () => {
      const page = await knocks();
      await page.goHome();
      expect(page.call.asked.at(-1)).toEqual(['leave']);
    });

    for (const [phase, sounds] of [
      ['joining', ['joined']],
      ['refused', []],
    ] as const) {
      it(`sounds only when the person is let in: ${phase}`, async () => {
        const page = await knocks();
        const played: string[] = [];
        spyOn(TestBed.inject(Sounds), 'play').and.callFake(async (sound) => void played.push(sound));
        page.call.simulateState(phase === 'joining' ? { phase, fresh: false } : { phase });
        await page.settle();
        expect(page.query('parley-knocking')).toBeNull();
        expect(played).toEqual([...sounds]);
      });
    }
  });

  it('opens the call in the fragment, with its intent', async () => {
    const page = await OpenedCallPage.open('ABCD EFGH jkmn pqrs', 'new');
    expect(page.call.asked).toEqual([['open', someCode, 'new']]);
  });

  it('joins at once under the name that came with a ring, and asks for it after a reload', async () => {
    const page = await OpenedCallPage.open();
    await page.go('0000-0000-0000-0000', 'new', 'Ann');
    expect(page.call.asked.at(-1)).toEqual(['open', '0000-0000-0000-0000', 'new', 'Ann']);
    expect(TestBed.inject(Location).getState()).toEqual(jasmine.objectContaining({ intent: 'new' }));
    expect(TestBed.inject(Location).getState()).not.toEqual(jasmine.objectContaining({ join: 'Ann' }));
  });

  it('keeps the camera off before any call is opened if a ring was accepted without it', async () => {
    const page = await OpenedCallPage.open();
    expect([...page.media.keptOff]).toEqual([]);
    let before = 0;
    const { open } = page.call;
    spyOn(page.call, 'open').and.callFake((...asked) => {
      before = page.media.keptOff.size;
      open.apply(page.call, asked);
    });
    await page.go('0123-4567-89ab-cdef', 'join', 'Ann', 'off');
    expect(before).toBe(1);
    expect([...page.media.keptOff]).toEqual(['camera']);
    // After a reload too.
    expect(TestBed.inject(Location).getState()).toEqual(jasmine.objectContaining({ camera: 'off' }));
    // But not in the next call.
    await page.go('0000-0000-0000-0000', 'new');
    expect([...page.media.keptOff]).toEqual([]);
  });

  it('opens another call when the fragment changes', async () => {
    const page = await OpenedCallPage.open();
    await page.go('0000-0000-0000-0000');
    expect(page.call.asked).toEqual([
      ['open', someCode, 'join'],
      ['open', '0000-0000-0000-0000', 'join'],
    ]);
  });

  for (const fragment of ['', 'abcd', 'abcd-efgh-jkmn-pqru']) {
    it(`says that "${fragment}" is no code and opens nothing`, async () => {
      const page = await OpenedCallPage.open(fragment);
      expect(page.text('h1')).toBe('That’s not a call code');
      expect(page.call.asked).toEqual([]);
      expect(page.media.held('camera')).toBeFalse();
      expect(page.button('Home').getAttribute('href')).toBe('/');
    });
  }

  for (const [kind, state] of messages) {
    it(`shows a page for ${kind}, with its actions`, async () => {
      const page = await OpenedCallPage.open();
      page.call.simulateState(state);
      await page.settle();

      const { title, text } = wordsOf(kind);
      expect(page.text('h1')).toBe(title);
      expect(page.text('main')).toContain(text);
      expect(TestBed.inject(Title).getTitle()).toBe(`${title} · Parley`);
      expect(page.query('video')).toBeNull();
      expect(page.media.held('camera')).withContext('camera').toBeFalse();
      expect(page.media.held('microphone')).withContext('microphone').toBeFalse();
      const offered = [...page.element.querySelectorAll('.actions button, .actions a')];
      expect(offered.map((way) => way.textContent?.trim())).toEqual([...ways[kind]]);
      const announced = document.querySelector('.cdk-live-announcer-element');
      expect(announced).withContext('a live region').not.toBeNull();
    });

    it(`passes axe on ${kind}`, async () => {
      const page = await OpenedCallPage.open();
      page.call.simulateState(state);
      await page.settle();
      expect(await axeFinds(page)).toEqual([]);
    });
  }

  it('has a message for every state except those of a call', () => {
    expect(messages.map(([kind]) => kind).sort()).toEqual(
      Object.keys(messageDesigns)
        .filter((kind): kind is MessageKind => kind !== 'badCode' && kind !== 'offline')
        .sort(),
    );
  });

  it('names what the browser lacks', async () => {
    const page = await OpenedCallPage.open();
    page.call.simulateState({
      phase: 'failed',
      error: new CallError('unsupported', { missing: ['RTCPeerConnection', 'CompressionStream'] }),
    });
    await page.settle();
    expect([...page.element.querySelectorAll('code')].map((name) => name.textContent)).toEqual([
      'RTCPeerConnection',
      'CompressionStream',
    ]);
  });

  it('says how long the call was, and takes a seat again on Rejoin', async () => {
    const page = await OpenedCallPage.open();
    page.call.simulateState({ phase: 'left', duration: 3_665_000 });
    await page.settle();
    expect(page.text('main')).toContain('You were in the call for 1:01:05.');
    await page.press('Rejoin');
    expect(page.call.asked.at(-1)).toEqual(['retry']);
  });

  it('retries after a failure', async () => {
    const page = await OpenedCallPage.open();
    page.call.simulateState({ phase: 'failed', error: new CallError('offline') });
    await page.settle();
    await page.press('Try again');
    expect(page.call.asked.at(-1)).toEqual(['retry']);
  });

  it('reloads in a newer version where the call needs one', async () => {
    const page = await OpenedCallPage.open();
    const load = spyOn(TestBed.inject(NewestVersion), 'load').and.resolveTo();
    page.call.simulateState({ phase: 'failed', error: new CallError('outdated') });
    await page.settle();
    expect(page.text('main')).toContain('This call needs a newer version of Parley.');
    await page.press('Reload');
    await page.until(() => load.calls.any());
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('says that the device is offline only while the browser says so', async () => {
    const online = spyOnProperty(navigator, 'onLine').and.returnValue(true);
    const page = await OpenedCallPage.open();
    page.call.simulateState({ phase: 'failed', error: new CallError('offline') });
    await page.settle();
    expect(page.text('h1')).toBe('Can’t reach Parley');
    expect(page.text('main')).toContain('Still trying');
    expect(TestBed.inject(Title).getTitle()).toBe('Can’t reach Parley · Parley');
    online.and.returnValue(false);
    dispatchEvent(new Event('offline'));
    await page.settle();
    expect(page.text('h1')).toBe('You’re offline');
    online.and.returnValue(true);
    dispatchEvent(new Event('online'));
    await page.settle();
    expect(page.text('h1')).toBe('Can’t reach Parley');
  });

  it('starts an absent call under the same code', async () => {
    const page = await OpenedCallPage.open();
    page.call.simulateState({ phase: 'absent' });
    await page.settle();
    await page.press('Start it with this code');
    expect(page.call.asked.at(-1)).toEqual(['open', someCode, 'new']);
  });

  it('opens the lobby if the code is a lobby’s, instead of starting a call under it', async () => {
    const page = await OpenedCallPage.open();
    let found = (_: boolean) => {};
    page.findPlace.and.returnValue(new Promise((resolve) => (found = resolve)));
    page.call.simulateState({ phase: 'absent' });
    TestBed.tick();
    expect(page.findPlace).toHaveBeenCalledOnceWith('lobby', someCode);
    expect(page.hasButton('Start it with this code')).withContext('before it is known').toBeFalse();
    found(true);
    await page.settle();
    expect(TestBed.inject(Location).path(true)).toBe(`/lobby#${someCode}`);
  });

  it('stays with a call that is started while the lobby is being looked up', async () => {
    const page = await OpenedCallPage.open();
    let found = (_: boolean) => {};
    page.findPlace.and.returnValue(new Promise((resolve) => (found = resolve)));
    page.call.simulateState({ phase: 'absent' });
    TestBed.tick();
    page.call.simulateState({ phase: 'prejoin', fresh: false, asks: false, others: [] });
    found(true);
    await page.settle();
    expect(TestBed.inject(Location).path(true)).toBe(`/call#${someCode}`);
  });

  it('creates a new code for a new call', async () => {
    const page = await OpenedCallPage.open();
    page.call.simulateState({ phase: 'expired' });
    await page.settle();
    await page.press('New call');
    const [what, code, intent] = page.call.asked.at(-1) ?? [];
    expect([what, intent]).toEqual(['open', 'new']);
    expect(code).toMatch(/^[0-9a-z]{4}(-[0-9a-z]{4}){3}$/);
    expect(code).not.toBe(someCode);
  });

  it('returns to the call after a reload, instead of creating it again', async () => {
    const page = await OpenedCallPage.open(someCode, 'new');
    page.call.simulateSeated();
    await page.settle();
    expect(TestBed.inject(Location).getState()).toEqual(jasmine.objectContaining({ intent: 'join' }));
    expect(TestBed.inject(Location).path(true)).toBe(`/call#${someCode}`);
  });

  it('shows the state of the call in the title', async () => {
    const page = await OpenedCallPage.open();
    const title = async (state: CallState): Promise<string> => {
      page.call.simulateState(state);
      await page.settle();
      return TestBed.inject(Title).getTitle();
    };
    expect(await title({ phase: 'opening' })).toBe('Opening the call · Parley');
    expect(await title({ phase: 'prejoin', fresh: true, asks: false, others: [] })).toBe(
      'Ready to join · Parley',
    );
    expect(await title({ phase: 'joining', fresh: true })).toBe('Joining · Parley');
    expect(await title(fakeSeated())).toBe('Waiting for others · Parley');
    expect(await title(fakeSeated({ members: [fakeMember()] }))).toBe('In a call with Ann · Parley');
    expect(await title(fakeSeated({ members: [fakeMember({ status: 'reconnecting' })] }))).toBe(
      'Reconnecting · Parley',
    );
  });

  it('renders the room ahead, invisible and silent, while the person looks at the page before it', async () => {
    const page = await OpenedCallPage.open();
    const others = [fakeMember(), fakeMember({ session: 'bob', seat: 2, name: '' })];
    page.call.simulateState({ phase: 'prejoin', fresh: false, asks: false, others });
    await page.settle();
    const ahead = () => page.element.querySelector('parley-room-ahead');
    expect(ahead()).toBeNull();
    while (!ahead()) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      await page.settle();
    }
    expect(ahead()?.matches('[inert][aria-hidden="true"]')).toBeTrue();
    expect(getComputedStyle(ahead()!).visibility).toBe('hidden');
    expect(ahead()?.querySelectorAll('article').length).toBe(3);
    page.call.simulateState({ phase: 'joining', fresh: false });
    await page.settle();
    expect(ahead()).toBeNull();
  });

  it('renders a second tile once while the person waits alone, and removes it again', async () => {
    const page = await OpenedCallPage.open();
    const ahead = () => page.element.querySelector('parley-room-ahead');
    page.call.simulateState(fakeSeated());
    await page.settle();
    await page.until(() => ahead()?.querySelectorAll('article').length === 2);
    await page.until(() => ahead() === null);
    expect(page.element.querySelectorAll('parley-room').length).toBe(1);
  });

  it('delays everything that can wait until two are connected', async () => {
    const page = await OpenedCallPage.open();
    const idleTime = TestBed.inject(IdleTime);
    const holds: string[] = [];
    let held = 0;
    const hold = idleTime.hold.bind(idleTime);
    spyOn(idleTime, 'hold').and.callFake(() => {
      held++;
      const release = hold();
      return () => {
        held--;
        release();
      };
    });
    // Release everything held so far, so that all holds from here on can be observed.
    page.call.simulateState({ phase: 'absent' });
    await page.settle();
    const bob = (status: LinkStatus) => fakeMember({ session: 'bob0000000000000', seat: 2, status });
    const states: Readonly<Record<string, CallState>> = {
      looking: { phase: 'prejoin', fresh: false, asks: false, others: [] },
      expired: { phase: 'expired' },
      joining: { phase: 'joining', fresh: false },
      alone: fakeSeated(),
      connected: fakeSeated({ members: [fakeMember()] }),
      broken: fakeSeated({ members: [fakeMember({ status: 'reconnecting' })] }),
      'one of two failed': fakeSeated({ members: [fakeMember(), bob('failed')] }),
      'one of two on the way': fakeSeated({ members: [fakeMember(), bob('connecting')] }),
      left: { phase: 'left', duration: 1 },
    };
    for (const [name, state] of Object.entries(states)) {
      page.call.simulateState(state);
      await page.settle();
      if (held > 0) holds.push(name);
    }
    expect(holds).toEqual(['looking', 'joining', 'alone', 'broken', 'one of two on the way']);
  });

  it('lets no new version of the app interrupt a call', async () => {
    const hold = spyOn(AppUpdate.prototype, 'hold').and.callThrough();
    const page = await OpenedCallPage.open();
    expect(hold).not.toHaveBeenCalled();
    page.call.simulateState({ phase: 'joining', fresh: false });
    await page.settle();
    expect(hold).toHaveBeenCalledTimes(1);
  });

  it('leaves a call with its page, but only if it is in one', async () => {
    const page = await OpenedCallPage.open();
    page.call.simulateSeated();
    await page.settle();
    await page.goHome();
    expect(page.call.asked.at(-1)).toEqual(['leave']);
    expect(page.call.watched).toBeFalse();
    expect(page.media.held('camera')).toBeFalse();
  });

  it('is in Chinese on request, including the title', async () => {
    const page = await OpenedCallPage.open();
    page.call.simulateState({ phase: 'full' });
    await TestBed.inject(I18n).use('zh');
    await page.settle();
    expect(page.text('h1')).toBe('通话已满员');
    expect(TestBed.inject(Title).getTitle()).toBe('通话已满员 · Parley');
  });
});

const axeFinds = async (page: OpenedCallPage): Promise<string[]> => {
  const { violations } = await axe.run(page.element, { resultTypes: ['violations'] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};
