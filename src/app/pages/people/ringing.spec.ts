import { Router } from '@angular/router';
import { createEnvironmentInjector, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { BehaviorSubject } from 'rxjs';

import { peopleEn } from '../../i18n/people.en';
import { ChosenDevicesMemory } from '../../media/chosen-devices';
import { Engagement } from '../../people/engagement';
import type { RingOutcome } from '../../people/people';
import { fakeIncoming, fakeOutgoing } from '../../testing/fake-people';
import { PeopleScreen } from '../../testing/people-screen';
import { Announcer } from '../../ui/announcer';
import { Snack } from '../../ui/snack/snack';
import { CallAhead } from '../call/call-ahead';
import { AddPanelShown } from './into-call-news';
import { Ringing } from './ringing';
import { within } from '../../testing/within';

const lobby = 'abcd-efgh-jkmn-pqrs';

describe('Ringing', () => {
  let screen: PeopleScreen<Ringing>;
  let said: jasmine.Spy<(text: string) => void>;
  let alerted: jasmine.Spy<(text: string) => void>;

  const dialog = () => screen.query<HTMLDialogElement>('dialog');
  const words = () => screen.all('dialog .words > *').map(({ textContent }) => textContent);
  const isModal = () => dialog()?.matches(':modal');
  const titleOf = (element: Element | null) => {
    const id = element?.getAttribute('aria-labelledby');
    return id ? screen.text(`#${id}`) : null;
  };
  const receiveRing = async () => {
    screen.people.incoming.set([fakeIncoming()]);
    await screen.settle();
  };
  const until = async (seen: () => boolean) => {
    const end = Date.now() + within(4_000);
    while (!seen() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const goToCall = async () => {
    await TestBed.inject(Router).navigateByUrl('/call#0123-4567-89ab-cdef');
    await screen.settle();
  };
  const pressKey = async (target: Element, key: string) => {
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await screen.settle();
  };

  beforeEach(async () => {
    screen = await PeopleScreen.open(Ringing);
    said = spyOn(TestBed.inject(Announcer), 'say');
    alerted = spyOn(TestBed.inject(Announcer), 'alert');
  });
  afterEach(() => {
    screen.fixture.destroy();
    localStorage.clear();
  });

  it('shows nothing while nobody rings', () => {
    expect(screen.text('.stack')).toBe('');
  });

  describe('incoming', () => {
    it('is a modal dialog that names the caller, and puts the focus on no button', async () => {
      await receiveRing();
      expect(isModal()).toBeTrue();
      expect(titleOf(dialog())).toBe('Ada is calling');
      expect(document.activeElement).toBe(screen.query('#incoming-title'));
    });

    it('says who is in the call, unless only the caller is', async () => {
      const names = new BehaviorSubject<readonly string[]>([]);
      spyOn(TestBed.inject(CallAhead), 'prepare').and.returnValue(() => undefined);
      spyOnProperty(TestBed.inject(CallAhead), 'names$').and.returnValue(names);
      await receiveRing();
      await until(() => names.observed);
      names.next(['Ada']);
      await screen.settle();
      expect(words()).toEqual(['Ada is calling']);
      names.next(['Ada', 'Bo', '']);
      await screen.settle();
      expect(words()[1]!.replace(/[\u2068\u2069]/g, '')).toBe('In the call: Ada, Bo, and Guest');
      await screen.press('Decline');
      expect(names.observed).toBeFalse();
    });

    it('can be accepted', async () => {
      await receiveRing();
      await screen.press('Accept');
      expect(screen.people.asked).toEqual([['accept', 'ring-1']]);
      expect(dialog()).toBeNull();
    });

    it('can be accepted without camera, unless the camera is off anyway', async () => {
      await receiveRing();
      await screen.press('Answer without camera');
      expect(screen.people.asked).toEqual([['accept', 'ring-1', 'off']]);
      TestBed.inject(ChosenDevicesMemory).turn('camera', false);
      await receiveRing();
      expect(screen.has('Accept')).toBeTrue();
      expect(screen.has('Answer without camera')).toBeFalse();
    });

    it('renders the call page out of sight, and keeps it for a while after the answer', async () => {
      const page = document.createElement('div');
      spyOn(TestBed.inject(CallAhead), 'prepare').and.returnValue(() => page.remove());
      spyOn(TestBed.inject(CallAhead), 'draw').and.callFake(() => document.body.append(page));
      await receiveRing();
      await until(() => page.isConnected);
      expect(page.isConnected).toBeTrue();
      await screen.press('Accept');
      expect(page.isConnected).toBeTrue();
      await until(() => !page.isConnected);
      expect(page.isConnected).toBeFalse();
    });

    for (const [how, end] of [
      ['declined', () => screen.press('Decline')],
      ['taken back', () => screen.people.incoming.update(([ring]) => [{ ...ring!, ended: 'cancelled' }])],
    ] as const) {
      it(`has no call page any more once it is ${how}`, async () => {
        const page = document.createElement('div');
        spyOn(TestBed.inject(CallAhead), 'prepare').and.returnValue(() => page.remove());
        spyOn(TestBed.inject(CallAhead), 'draw').and.callFake(() => document.body.append(page));
        await receiveRing();
        await until(() => page.isConnected);
        await end();
        await screen.settle();
        expect(page.isConnected).toBeFalse();
      });
    }

    it('renders nothing once it is over', async () => {
      const prepared = spyOn(TestBed.inject(CallAhead), 'prepare').and.returnValue(() => undefined);
      const drawn = spyOn(TestBed.inject(CallAhead), 'draw');
      await receiveRing();
      await until(() => prepared.calls.any());
      await screen.press('Decline');
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(drawn).not.toHaveBeenCalled();
    });

    it('prepares for joining when the button is about to be pressed', async () => {
      const warmed = spyOn(TestBed.inject(CallAhead), 'warm');
      await receiveRing();
      await until(() => {
        screen.button('Accept').dispatchEvent(new PointerEvent('pointerenter'));
        return warmed.calls.count() > 0;
      });
      expect(warmed).toHaveBeenCalled();
    });

    it('can be declined', async () => {
      await receiveRing();
      await screen.press('Decline');
      expect(screen.people.asked).toEqual([['decline', 'ring-1']]);
    });

    it('can be declined with a ready-made message', async () => {
      await receiveRing();
      await screen.press('Decline with a message');
      expect(screen.button('Decline with a message').getAttribute('aria-expanded')).toBe('true');
      await screen.press(peopleEn['in.message.1']);
      expect(screen.people.asked).toEqual([['decline', 'ring-1', peopleEn['in.message.1']]]);
    });

    it('can be declined with the person’s own message, which must not be empty', async () => {
      await receiveRing();
      await screen.press('Decline with a message');
      expect(screen.query<HTMLInputElement>('#incoming-own')?.maxLength).toBe(140);
      expect(screen.button('Send and decline').getAttribute('aria-disabled')).toBe('true');
      await screen.press('Send and decline');
      await screen.type('#incoming-own', '  ');
      screen.query<HTMLFormElement>('form')?.requestSubmit();
      await screen.settle();
      expect(screen.people.asked).toEqual([]);
      await screen.type('#incoming-own', ' Soon! ');
      screen.query<HTMLFormElement>('form')?.requestSubmit();
      await screen.settle();
      expect(screen.people.asked).toEqual([['decline', 'ring-1', 'Soon!']]);
    });

    it('keeps an unsent message until the same person rings again', async () => {
      await receiveRing();
      await screen.press('Decline with a message');
      await screen.type('#incoming-own', 'Soon');
      screen.people.incoming.update(([ring]) => [{ ...ring!, ended: 'cancelled' }]);
      await screen.settle();
      screen.people.incoming.set([fakeIncoming({ id: 'ring-2' })]);
      await screen.settle();
      await screen.press('Decline with a message');
      expect(screen.query<HTMLInputElement>('#incoming-own')?.value).toBe('Soon');
      await screen.press('Send and decline');
      screen.people.incoming.set([fakeIncoming({ id: 'ring-3' })]);
      await screen.settle();
      await screen.press('Decline with a message');
      expect(screen.query<HTMLInputElement>('#incoming-own')?.value).toBe('');
    });

    it('is declined by Enter right after typing, however late the button is rendered', async () => {
      await receiveRing();
      await screen.press('Decline with a message');
      const box = screen.query<HTMLInputElement>('#incoming-own')!;
      box.value = 'Soon!';
      box.dispatchEvent(new Event('input'));
      // What Enter does (HTML, implicit submission): a click on the form's button, which does nothing while it is disabled.
      screen.button('Send and decline').click();
      await screen.settle();
      expect(screen.people.asked).toEqual([['decline', 'ring-1', 'Soon!']]);
    });

    it('blocks after a second press, and declines', async () => {
      await receiveRing();
      await screen.press('Block Ada');
      expect(screen.text('.sure')).toContain('Block Ada?');
      expect(screen.acquaintances.isBlocked(lobby, 'ada')).toBeFalse();
      await screen.press('Cancel');
      expect(screen.query('.sure')).toBeNull();
      await screen.press('Block Ada');
      await screen.press('Block and decline');
      expect(screen.acquaintances.isBlocked(lobby, 'ada')).toBeTrue();
      expect(screen.people.asked).toEqual([['decline', 'ring-1']]);
    });

    it('is set aside by Escape, not declined: it stays as a bar, and the focus returns', async () => {
      const box = document.createElement('input');
      document.body.append(box);
      box.focus();
      await receiveRing();
      expect(document.activeElement).not.toBe(box);
      dialog()?.dispatchEvent(new Event('cancel', { cancelable: true }));
      await screen.settle();
      expect(screen.people.asked).toEqual([]);
      expect(dialog()?.open).toBeTrue();
      expect(isModal()).toBeFalse();
      expect(document.activeElement).toBe(box);
      await screen.press('Accept');
      expect(screen.people.asked).toEqual([['accept', 'ring-1']]);
      box.remove();
    });

    it('stays as a bar if the browser closes the dialog all the same', async () => {
      await receiveRing();
      const closed = new Promise((resolve) => dialog()?.addEventListener('close', resolve));
      dialog()?.close();
      await closed;
      await screen.settle();
      expect(dialog()?.open).toBeTrue();
      expect(isModal()).toBeFalse();
      expect(screen.people.asked).toEqual([]);
    });

    it('returns the focus when it is over', async () => {
      const box = document.createElement('input');
      document.body.append(box);
      box.focus();
      await receiveRing();
      await screen.press('Decline');
      expect(document.activeElement).toBe(box);
      box.remove();
    });

    it('shows one ring after the other and says how many are pending', async () => {
      screen.people.incoming.set([
        fakeIncoming(),
        fakeIncoming({ id: 'ring-2', from: { uid: 'bo', name: 'Bo' } }),
        fakeIncoming({ id: 'ring-3', from: { uid: 'cy', name: 'Cy' } }),
      ]);
      await screen.settle();
      expect(screen.all('dialog').length).toBe(1);
      expect(words()).toEqual(['Ada is calling', '2 more are waiting']);
      await screen.press('Decline with a message');
      await screen.press('Decline');
      expect(words()).toEqual(['Bo is calling', '1 more is waiting']);
      expect(isModal()).toBeTrue();
      // Nothing of the previous ring is left open.
      expect(screen.query('form')).toBeNull();
      await screen.press('Decline');
      expect(words()).toEqual(['Cy is calling']);
    });

    it('is a bar during a call: takes no focus, is announced, and says what accepting costs', async () => {
      await goToCall();
      const box = document.createElement('input');
      document.body.append(box);
      box.focus();
      await receiveRing();
      expect(dialog()?.open).toBeTrue();
      expect(isModal()).toBeFalse();
      expect(document.activeElement).toBe(box);
      expect(screen.text('dialog .words')).toContain(peopleEn['in.leaves']);
      expect(alerted).toHaveBeenCalledOnceWith('Ada is calling');
      expect(screen.has('Decline with a message')).toBeFalse();
      await screen.press('More options');
      await screen.press('Decline with a message');
      await screen.press(peopleEn['in.message.2']);
      expect(screen.people.asked).toEqual([['decline', 'ring-1', peopleEn['in.message.2']]]);
      box.remove();
    });

    for (const [ended, words] of [
      ['cancelled', 'Ada hung up'],
      ['elsewhere', 'Answered elsewhere: Ada'],
      ['missed', 'You missed a call from Ada'],
    ] as const) {
      it(`says how it ended, ${ended}, until it is dismissed`, async () => {
        await receiveRing();
        screen.people.incoming.set([fakeIncoming({ ended })]);
        await screen.settle();
        expect(dialog()).toBeNull();
        expect(screen.text('.stack')).toContain(words);
        expect(said).toHaveBeenCalledWith(words);
        expect(screen.has('Call back Ada')).toBe(ended !== 'elsewhere');
        await screen.press('Close');
        expect(screen.people.asked).toEqual([['dismiss', 'ring-1']]);
        expect(screen.text('.stack')).toBe('');
      });
    }

    it('keeps the notice of an ended ring away from a call', async () => {
      screen.people.incoming.set([fakeIncoming({ ended: 'missed' })]);
      await goToCall();
      expect(screen.text('.stack')).toBe('');
      await TestBed.inject(Router).navigateByUrl('/');
      await screen.settle();
      expect(screen.text('.stack')).toContain('You missed a call from Ada');
    });

    it('shows one notice at a time, the latest one', async () => {
      const bo = { uid: 'bo', name: 'Bo' };
      const [ada, other] = [
        fakeIncoming({ ended: 'missed' }),
        fakeIncoming({ id: 'ring-2', from: bo, ended: 'cancelled' }),
      ];
      screen.people.incoming.set([ada, other]);
      await screen.settle();
      expect(screen.text('.stack')).toContain('Bo hung up');
      expect(screen.text('.stack')).not.toContain('Ada');
      await screen.press('Close');
      expect(screen.text('.stack')).toContain('You missed a call from Ada');
      const cleo = { uid: 'cleo', name: 'Cleo' };
      screen.people.incoming.set([ada, fakeIncoming({ id: 'ring-3', from: cleo })]);
      await screen.settle();
      expect(screen.text('.stack')).toContain('Cleo is calling');
      expect(screen.text('.stack')).not.toContain('You missed a call from Ada');
      expect(screen.people.asked).toEqual([['dismiss', 'ring-2']]);
    });

    it('drops the notice of an ended ring when either of the two rings again', async () => {
      const missed = fakeIncoming({ ended: 'missed' });
      screen.people.incoming.set([missed, fakeIncoming({ id: 'ring-2' })]);
      await screen.settle();
      expect(screen.people.asked).toEqual([['dismiss', 'ring-1']]);
      screen.people.incoming.set([fakeIncoming({ id: 'ring-3', ended: 'missed' })]);
      screen.people.outgoing.set(fakeOutgoing());
      await screen.settle();
      expect(screen.people.asked.slice(1)).toEqual([['dismiss', 'ring-3']]);
      screen.people.outgoing.set(fakeOutgoing({ outcome: 'noAnswer' }));
      screen.people.incoming.set([fakeIncoming({ id: 'ring-4' })]);
      await screen.settle();
      expect(screen.people.asked.slice(2)).toEqual([['hangUp']]);
    });

    it('calls back after a missed ring', async () => {
      screen.people.incoming.set([fakeIncoming({ ended: 'missed' })]);
      await screen.settle();
      await screen.press('Call back Ada');
      expect(screen.people.asked).toEqual([
        ['dismiss', 'ring-1'],
        ['ring', lobby, { uid: 'ada', name: 'Ada' }],
      ]);
    });
  });

  describe('into the call', () => {
    const rings = async (outcome: RingOutcome, message: string | null = null) => {
      screen.people.intoCall.set([fakeOutgoing({ outcome, message })]);
      await screen.settle();
    };
    let shown: jasmine.Spy<Snack['show']>;
    beforeEach(() => (shown = spyOn(TestBed.inject(Snack), 'show').and.resolveTo()));

    it('tells how it ends, once, and rings without a sheet', async () => {
      await rings('ringing');
      expect(screen.text('.stack')).toBe('');
      expect(said).toHaveBeenCalledOnceWith('Calling Ada…');
      await rings('declined', 'Later');
      await rings('declined', 'Later');
      expect(shown).toHaveBeenCalledOnceWith('Ada declined: Later', { position: 'top' });
      await rings('ringing');
      await rings('accepted');
      expect(said.calls.mostRecent().args).toEqual(['Ada accepted']);
      expect(shown).toHaveBeenCalledTimes(1);
    });

    it('only reads it out while the list shows it', async () => {
      const list = TestBed.runInInjectionContext(() => {
        const injector = createEnvironmentInjector([], TestBed.inject(EnvironmentInjector));
        injector.runInContext(() => TestBed.inject(AddPanelShown).while());
        return injector;
      });
      await rings('noAnswer');
      expect(said).toHaveBeenCalledOnceWith('Ada didn’t answer');
      expect(shown).not.toHaveBeenCalled();
      list.destroy();
      await rings('busy');
      expect(shown).toHaveBeenCalledTimes(1);
    });
  });

  describe('outgoing', () => {
    const rings = async (ring: Parameters<typeof fakeOutgoing>[0] = {}) => {
      screen.people.outgoing.set(fakeOutgoing(ring));
      await screen.settle();
    };
    const heading = () => screen.text('#outgoing-title');

    it('names the callee, and can be cancelled', async () => {
      await rings();
      expect(titleOf(screen.query('parley-outgoing-call section'))).toBe('Calling Ada…');
      expect(said).toHaveBeenCalledWith('Calling Ada…');
      expect(screen.has('Close')).toBeFalse();
      await screen.press('Cancel');
      expect(screen.people.asked).toEqual([['hangUp']]);
    });

    it('takes the focus if it was lost, and only then', async () => {
      (document.activeElement as HTMLElement | null)?.blur();
      await rings();
      expect(document.activeElement).toBe(screen.query('#outgoing-title'));
      screen.people.outgoing.set(null);
      await screen.settle();
      const box = document.createElement('input');
      document.body.append(box);
      box.focus();
      await rings();
      expect(document.activeElement).toBe(box);
      box.remove();
    });

    it('rings again into its call if the person has stayed there', async () => {
      await goToCall();
      await rings({ outcome: 'declined' });
      await screen.press('Call again');
      expect(screen.people.asked).toEqual([
        ['hangUp'],
        ['ringIntoCall', '0123-4567-89ab-cdef', lobby, { uid: 'ada', name: 'Ada' }],
      ]);
    });

    it('disappears when it is accepted', async () => {
      await rings();
      await rings({ outcome: 'accepted' });
      expect(screen.text('.stack')).toBe('');
      expect(said).toHaveBeenCalledWith('Ada accepted');
    });

    it('disappears as soon as the callee is connected, before the answer arrives', async () => {
      await rings();
      await goToCall();
      expect(heading()).toBe('Calling Ada…');
      const part = TestBed.inject(Engagement).markConnected();
      await screen.settle();
      expect(screen.text('.stack')).toBe('');
      part();
      await screen.settle();
      expect(heading()).toBe('Calling Ada…');
    });

    it('stays while the person is with others in another call', async () => {
      await rings({ code: 'abcd-efgh-jkmn-pqrs' });
      await goToCall();
      const part = TestBed.inject(Engagement).markConnected();
      await screen.settle();
      expect(heading()).toBe('Calling Ada…');
      part();
    });

    const outcomes: readonly (readonly [RingOutcome, string, boolean])[] = [
      ['declined', 'Ada declined', true],
      ['busy', 'Ada is in a call', true],
      ['noAnswer', 'Ada didn’t answer', true],
      ['cancelled', 'You hung up', true],
      ['unreachable', 'Ada is no longer online', true],
      ['dnd', 'Ada has Do not disturb on', false],
      ['tooSoon', 'You just called Ada', true],
      ['offline', 'Can’t reach Parley', true],
      ['failed', 'Couldn’t call Ada', true],
    ];
    for (const [outcome, words, again] of outcomes) {
      it(`says what became of it: ${outcome}`, async () => {
        await rings();
        await rings({ outcome });
        expect(heading()).toBe(words);
        expect(said).toHaveBeenCalledWith(words);
        expect(screen.has('Cancel')).toBeFalse();
        expect(screen.has('Call again')).toBe(again);
        if (again) await screen.press('Call again');
        await screen.press('Close');
        expect(screen.people.asked).toEqual([
          ...(again ? [['ring', lobby, { uid: 'ada', name: 'Ada' }] as const] : []),
          ['hangUp'],
        ]);
      });
    }

    it('shows the callee’s message after a decline', async () => {
      await rings({ outcome: 'declined', message: 'Give me five minutes.' });
      expect(screen.text('blockquote')).toBe('Give me five minutes.');
      expect(said).toHaveBeenCalledWith('Ada declined: Give me five minutes.');
    });

    it('ignores Escape', async () => {
      await rings();
      await pressKey(screen.button('Cancel'), 'Escape');
      expect(screen.people.asked).toEqual([]);
    });
  });
});
