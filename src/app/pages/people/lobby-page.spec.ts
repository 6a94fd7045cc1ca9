import { Location } from '@angular/common';
import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';

import { I18n } from '../../i18n/i18n';
import { peopleEn } from '../../i18n/people.en';
import { FIND_PLACE, type FindPlace } from '../../call/places';
import { KnownLobbies } from '../../people/known-lobbies';
import { PeopleError } from '../../people/people';
import { fakePastRing, type FakeAcquaintances } from '../../testing/fake-acquaintances';
import { fakePerson, type FakePeople } from '../../testing/fake-people';
import { PeopleScreen } from '../../testing/people-screen';
import { LobbyPage } from './lobby-page';

const code = 'abcd-efgh-jkmn-pqrs';
const other = '0123-4567-89ab-cdef';

@Component({ template: 'call' })
class CallStub {}

describe('LobbyPage', () => {
  let people: FakePeople;
  let acquaintances: FakeAcquaintances;
  let harness: RouterTestingHarness;
  let findPlace: jasmine.Spy<FindPlace>;

  const page = () => harness.fixture.nativeElement as HTMLElement;
  const settle = () => harness.fixture.whenStable();
  const text = (selector: string) =>
    page().querySelector(selector)?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  const items = (list: string) => [...page().querySelectorAll(`${list} li`)];
  const names = () => [...page().querySelectorAll('button, a')].map(nameOf);
  const button = (name: string) => {
    const found = [...page().querySelectorAll<HTMLElement>('button, a')].find((one) => nameOf(one) === name);
    if (!found) throw new Error(`no button "${name}" among: ${names().join(', ')}`);
    return found;
  };
  const press = async (name: string) => {
    button(name).click();
    await settle();
  };
  const type = async (typed: string) => {
    const box = page().querySelector<HTMLInputElement>('#lobby-entry-code')!;
    box.value = typed;
    box.dispatchEvent(new Event('input'));
    await press('Open');
  };
  const go = async (fragment?: string, state: Readonly<Record<string, unknown>> = {}) => {
    await TestBed.inject(Router).navigate(['/lobby'], { state, ...(fragment ? { fragment } : {}) });
    await settle();
  };
  const address = () => TestBed.inject(Location).path(true);

  beforeEach(async () => {
    findPlace = jasmine.createSpy<FindPlace>('find place').and.resolveTo(false);
    [people, acquaintances] = PeopleScreen.provide(
      [{ provide: FIND_PLACE, useValue: findPlace }],
      [
        { path: 'lobby', component: LobbyPage },
        { path: 'call', component: CallStub },
      ],
    );
    await TestBed.inject(I18n).use('en');
    harness = await RouterTestingHarness.create();
    document.body.append(page());
  });
  afterEach(() => {
    harness.fixture.destroy();
    localStorage.clear();
  });

  describe('without a code', () => {
    it('offers the ways into a lobby', async () => {
      await go();
      expect(text('h1')).toBe('Circle');
      expect(page().querySelector('parley-people-view')).toBeNull();
      await type('ABCD efgh jkmn PQRS');
      expect(address()).toBe(`/lobby#${code}`);
      expect(people.watched).toEqual([code]);
      expect(page().querySelector('parley-lobby-entry')).toBeNull();
    });

    it('keeps a typed code while the box is not shown', async () => {
      people.simulateLobby(other, { phase: 'absent' });
      await go(other);
      const box = () => page().querySelector<HTMLInputElement>('#lobby-entry-code');
      box()!.value = 'abcd-efgh';
      box()!.dispatchEvent(new Event('input'));
      people.simulateLobby(other, { phase: 'failed', reason: 'offline' });
      await settle();
      expect(box()).toBeNull();
      people.simulateLobby(other, { phase: 'absent' });
      await settle();
      expect(box()?.value).toBe('abcd-efgh');
    });

    it('creates a lobby on one press, and replaces the page with it', async () => {
      await go();
      await press('Create a circle');
      expect(people.asked).toEqual([['create']]);
      expect(address()).toBe(`/lobby#${code}`);
    });

    it('creates a lobby at once if the button was pressed elsewhere, and not again', async () => {
      await go(undefined, { intent: 'new' });
      expect(people.asked).toEqual([['create']]);
      expect(address()).toBe(`/lobby#${code}`);
      expect(TestBed.inject(Location).getState()).not.toEqual(jasmine.objectContaining({ intent: 'new' }));
    });

    it('says why no lobby could be created, and allows a retry', async () => {
      people.created = () => Promise.reject(new PeopleError('quota'));
      await go();
      await press('Create a circle');
      expect(text('parley-lobby-entry [role=status]')).toBe(
        `${peopleEn['lobby.notMade']} ${peopleEn['why.quota']} ${peopleEn['todo.quota']}`,
      );
      people.created = () => Promise.resolve(other);
      await press('Create a circle');
      expect(address()).toBe(`/lobby#${other}`);
    });

    it('ignores presses while it is creating a lobby', async () => {
      let done = (_: string) => {};
      people.created = () => new Promise((resolve) => (done = resolve));
      await go();
      button('Create a circle').click();
      harness.fixture.detectChanges();
      expect((button('Creating a circle…') as HTMLButtonElement).disabled).toBeTrue();
      done(code);
      await new Promise((resolve) => setTimeout(resolve));
      await settle();
      expect(address()).toBe(`/lobby#${code}`);
    });

    it('says what is wrong with the typed code', async () => {
      await go();
      await press('Open');
      expect(text('#lobby-entry-error')).toBe(peopleEn['lobby.codeMissing']);
      await type('abcd');
      expect(text('#lobby-entry-error')).toBe(peopleEn['lobby.codeWrong']);
      expect(document.activeElement?.id).toBe('lobby-entry-code');
    });
  });

  it('opens the call for a call’s link', async () => {
    await go();
    await type(`Join: https://parley.example/call#${code}.`);
    expect(address()).toBe(`/call#${code}`);
  });

  it('rejects two codes, and says so', async () => {
    await go();
    await type(`${code} ${other}`);
    expect(text('#lobby-entry-error')).toBe(peopleEn['lobby.codeSeveral']);
  });

  it('opens the call if the code is a call’s', async () => {
    people.simulateLobby(code, { phase: 'absent' });
    findPlace.and.resolveTo(true);
    await go(code);
    expect(findPlace).toHaveBeenCalledOnceWith('call', code);
    expect(address()).toBe(`/call#${code}`);
  });

  it('says that a link has no code, and what to do', async () => {
    await go('abcd-efgh');
    expect(text('main')).toContain(peopleEn['lobby.badLink']);
    expect(names()).toContain('Create a circle');
  });

  it('says that the lobby does not exist, and offers the ways into one', async () => {
    people.simulateLobby(code, { phase: 'absent' });
    await go(code);
    expect(text('main')).toContain(peopleEn.absent);
    expect(names()).toContain('Create a circle');
    expect(page().querySelector('parley-share-link')).toBeNull();
    people.created = () => Promise.resolve(other);
    people.simulateOpen(other);
    await press('Create a circle');
    expect(address()).toBe(`/lobby#${other}`);
    expect(page().querySelector('parley-lobby-entry')).toBeNull();
  });

  it('shows who is there, and how to invite others', async () => {
    people.simulateOpen(code, [fakePerson()]);
    await go(code);
    expect(names()).toContain('Call Ada');
    const label = page().querySelector('[data-testid=lobby-code]')?.getAttribute('aria-labelledby');
    expect(text(`#${label}`)).toBe('Circle code');
    expect(text('[data-testid=lobby-code]')).toBe(code);
    expect(page().querySelector<HTMLInputElement>('#lobby-link')?.value).toBe(
      `${location.origin}/lobby#${code}`,
    );
    const write = spyOn(navigator.clipboard, 'writeText').and.resolveTo();
    await press('Copy link');
    expect(write).toHaveBeenCalledOnceWith(`${location.origin}/lobby#${code}`);
    expect(text('.copied')).toBe('Link copied');
  });

  it('shows the QR code of its link', async () => {
    people.simulateOpen(code);
    await go(code);
    await settle();
    expect(page().querySelector('parley-qr-code svg')?.getAttribute('aria-label')).toBe(
      'QR code of the link',
    );
  });

  describe('the lobbies that this device knows', () => {
    const listed = () => items('parley-lobby-list').map((item) => item.querySelector('.name')?.textContent);
    const known = () => TestBed.inject(KnownLobbies);

    it('has a lobby once it is open, and not one that does not exist', async () => {
      await go(code);
      expect(known().lobbies()).toEqual([]);
      people.simulateOpen(code);
      await settle();
      expect(listed()).toEqual(['Circle abcd…']);
      expect(page().querySelector('parley-lobby-list [aria-current=page]')).not.toBeNull();
      people.simulateLobby(other, { phase: 'absent' });
      await go(other);
      expect(listed()).toEqual(['Circle abcd…']);
      page().querySelector<HTMLElement>('parley-lobby-list a')?.click();
      await settle();
      expect(address()).toBe(`/lobby#${code}`);
    });

    it('has a created lobby, under the name that was typed', async () => {
      await go();
      expect(text('parley-lobby-list')).toContain(peopleEn['lobbies.none']);
      const box = page().querySelector<HTMLInputElement>('#lobby-entry-name')!;
      box.value = ' Family ';
      box.dispatchEvent(new Event('input'));
      await press('Create a circle');
      expect(text('h1')).toBe('Family');
      expect(listed()).toEqual(['Family']);
      await go();
      expect(page().querySelector<HTMLInputElement>('#lobby-entry-name')?.value).toBe('');
    });

    it('is named and renamed at the heading', async () => {
      people.simulateOpen(code);
      await go(code);
      await press('Name this circle');
      const box = () => page().querySelector<HTMLInputElement>('#lobby-name');
      expect(document.activeElement).toBe(box());
      box()!.value = 'Work';
      await press('Save');
      expect(text('h1')).toBe('Work');
      expect(document.activeElement).toBe(button('Rename'));
      await press('Rename');
      expect(box()?.value).toBe('Work');
      box()!.value = 'x';
      box()!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
      await settle();
      expect(box()).toBeNull();
      expect(text('h1')).toBe('Work');
    });

    it('is forgotten with everything about it, which can be undone', async () => {
      const about = (lobby: string) => ({ lobby, uid: 'ada', name: 'Ada' });
      acquaintances.favourites.set([about(code), about(other)]);
      acquaintances.blocked.set([about(code)]);
      acquaintances.history.set([fakePastRing({ lobby: code })]);
      known().opened(other);
      known().rename(code, 'Family');
      people.simulateOpen(other);
      people.simulateVisible({ code, name: 'Kim', doNotDisturb: true });
      await go(other);
      await press('Forget Family');
      expect(listed()).toEqual(['Circle 0123…']);
      expect(text('parley-lobby-list .forgotten p')).toContain('Family was deleted from this device');
      expect(document.activeElement).toBe(button('Undo'));
      expect(acquaintances.favourites()).toEqual([about(other)]);
      expect(acquaintances.blocked()).toEqual([]);
      expect(acquaintances.history()).toEqual([]);
      expect(people.visibility()).toBeNull();
      expect(Object.values({ ...localStorage }).join()).not.toContain(code);
      expect(address()).toBe(`/lobby#${other}`);

      await press('Undo');
      expect(listed()).toContain('Family');
      expect(document.activeElement).toBe(button('Forget Family'));
      expect(acquaintances.favourites().length).toBe(2);
      expect(acquaintances.blocked().length).toBe(1);
      expect(people.visibility()).toEqual(
        jasmine.objectContaining({ code, name: 'Kim', doNotDisturb: true }),
      );
    });

    it('leaves the page of the lobby that is forgotten, and does not keep it again', async () => {
      people.simulateOpen(code);
      await go(code);
      await press('Forget Circle abcd…');
      expect(address()).toBe('/lobby');
      expect(known().lobbies()).toEqual([]);
      expect(document.activeElement).toBe(button('Undo'));
    });
  });

  describe('the history', () => {
    const past = () =>
      acquaintances.history.set([
        fakePastRing({ id: 6, direction: 'in', outcome: 'missed', duration: null }),
        fakePastRing({
          id: 5,
          direction: 'in',
          outcome: 'answered',
          duration: 61_000,
          name: 'Bo',
          uid: 'bo',
        }),
        fakePastRing({ id: 4, outcome: 'noAnswer', duration: null, lobby: other }),
      ]);

    it('lists rings: who, what, how long, when', async () => {
      past();
      await go(code);
      const words = items('parley-recent-list').map((item) =>
        [...item.querySelectorAll('.words > span')].map((one) => one.textContent),
      );
      expect(words).toEqual([
        ['Ada', 'Missed'],
        ['Bo', 'Called you · Lasted 1:01'],
        ['Ada', 'No answer'],
      ]);
      const time = page().querySelector('parley-recent-list time');
      expect(time?.getAttribute('datetime')).toBe('2026-11-23T09:30:00.000Z');
      expect(time?.textContent).toContain('2026');
      expect(items('parley-recent-list')[0]?.querySelector('.name.missed')).not.toBeNull();
    });

    it('calls back in this lobby, and links to others', async () => {
      past();
      await go(code);
      await press('Call back Ada');
      expect(people.asked).toEqual([['ring', code, { uid: 'ada', name: 'Ada' }]]);
      await press('Open circle: Ada');
      expect(address()).toBe(`/lobby#${other}`);
    });

    it('counts as seen as soon as it is on the screen', async () => {
      past();
      acquaintances.missed.set(1);
      await go(code);
      expect(acquaintances.missed()).toBe(0);
    });

    it('is cleared after a second press', async () => {
      past();
      await go(code);
      await press('Clear list');
      expect(text('.sure')).toContain('can’t be undone');
      expect(document.activeElement).toBe(button('Cancel'));
      await press('Cancel');
      expect(items('parley-recent-list').length).toBe(3);
      expect(document.activeElement).toBe(button('Clear list'));
      await press('Clear list');
      await press('Clear');
      expect(items('parley-recent-list').length).toBe(0);
      expect(text('parley-recent-list')).toContain(peopleEn['recent.none']);
    });

    it('lists favourites of other lobbies, and links to them', async () => {
      acquaintances.favourites.set([
        { lobby: code, uid: 'ada', name: 'Ada' },
        { lobby: other, uid: 'bo', name: 'Bo' },
      ]);
      await go(code);
      expect(items('parley-other-favourites').map((item) => item.querySelector('span')?.textContent)).toEqual(
        ['Bo'],
      );
      page().querySelector<HTMLElement>('parley-other-favourites a')?.click();
      await settle();
      expect(address()).toBe(`/lobby#${other}`);
      expect(items('parley-other-favourites').map((item) => item.querySelector('span')?.textContent)).toEqual(
        ['Ada'],
      );
    });
  });
});

const nameOf = (element: Element): string =>
  element.getAttribute('aria-label') ?? element.textContent?.replace(/\s+/g, ' ').trim() ?? '';
