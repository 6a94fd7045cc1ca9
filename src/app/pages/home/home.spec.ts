import { Location } from '@angular/common';
import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { Subject } from 'rxjs';

import { I18n } from '../../i18n/i18n';
import { Acquaintances } from '../../people/acquaintances';
import { KnownLobbies } from '../../people/known-lobbies';
import { People } from '../../people/people';
import { PUBLIC_LOBBY, type FindPublicLobby } from '../../people/public-lobby';
import { IdleTime } from '../../pwa/idle-time';
import { FakeAcquaintances } from '../../testing/fake-acquaintances';
import { FakePeople, fakePerson } from '../../testing/fake-people';
import { Home } from './home';
import { newCallGuard } from './new-call-guard';

@Component({ template: 'call' })
class CallStub {}

const aCode = /^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$/;

describe('Home', () => {
  let harness: RouterTestingHarness;
  let page: HTMLElement;
  let location: Location;
  let idleTime: Subject<unknown>;
  let people: FakePeople;
  let acquaintances: FakeAcquaintances;
  let find: jasmine.Spy<FindPublicLobby>;

  const arrive = async (url: string) => {
    harness = await RouterTestingHarness.create(url);
    page = harness.fixture.nativeElement as HTMLElement;
    location = TestBed.inject(Location);
  };
  const button = (name: string) => {
    const found = [...page.querySelectorAll('button')].find((button) => button.textContent?.trim() === name);
    if (!found) throw new Error(`no button ${name}`);
    return found;
  };
  const box = () => page.querySelector('input') as HTMLInputElement;
  const type = (text: string) => {
    box().value = text;
    box().dispatchEvent(new Event('input'));
  };

  beforeEach(async () => {
    idleTime = new Subject();
    people = new FakePeople();
    acquaintances = new FakeAcquaintances();
    find = jasmine.createSpy('find').and.resolveTo('abcd-efgh-jkmn-pqrs');
    TestBed.configureTestingModule({
      providers: [
        { provide: IdleTime, useValue: { come$: idleTime } },
        { provide: PUBLIC_LOBBY, useValue: find },
        { provide: People, useValue: people },
        { provide: Acquaintances, useValue: acquaintances },
        provideRouter([
          { path: '', component: Home, canActivate: [newCallGuard] },
          { path: 'call', component: CallStub },
          { path: 'lobby', component: CallStub },
        ]),
      ],
    });
    await TestBed.inject(I18n).use('en');
  });

  afterEach(() => localStorage.removeItem('parley.language'));

  it('New call opens a new code and marks the call as new', async () => {
    await arrive('/');
    button('New call').click();
    await harness.fixture.whenStable();
    const [path, code] = location.path(true).split('#');
    expect(path).toBe('/call');
    expect(code).toMatch(aCode);
    expect(location.getState()).toEqual(jasmine.objectContaining({ intent: 'new' }));
  });

  it('/?new does the same, for the installed app’s shortcut', async () => {
    await arrive('/?new');
    const [path, code] = location.path(true).split('#');
    expect(path).toBe('/call');
    expect(code).toMatch(aCode);
    expect(location.getState()).toEqual(jasmine.objectContaining({ intent: 'new' }));
  });

  it('Join accepts a typed code, or a whole link', async () => {
    await arrive('/');
    type(' ABCD efgh-jkmn PQRS ');
    button('Join').click();
    await harness.fixture.whenStable();
    expect(location.path(true)).toBe('/call#abcd-efgh-jkmn-pqrs');

    await harness.navigateByUrl('/');
    type('https://example.org/call#0123-4567-89ab-cdef');
    button('Join').click();
    await harness.fixture.whenStable();
    expect(location.path(true)).toBe('/call#0123-4567-89ab-cdef');
    expect(location.getState()).not.toEqual(jasmine.objectContaining({ intent: 'new' }));
  });

  it('Join opens the lobby for a lobby’s link', async () => {
    await arrive('/');
    type('Our lobby: https://example.org/lobby#0123-4567-89ab-cdef.');
    button('Join').click();
    await harness.fixture.whenStable();
    expect(location.path(true)).toBe('/lobby#0123-4567-89ab-cdef');
  });

  it('says that there are two codes, and accepts neither', async () => {
    await arrive('/');
    type('abcd-efgh-jkmn-pqrs or 0123-4567-89ab-cdef');
    button('Join').click();
    await harness.fixture.whenStable();
    expect(page.querySelector('#code-error')?.textContent).toContain('more than one code');
    expect(location.path(true)).toBe('');
  });

  it('shows at the box what is wrong with a code, keeps the text and returns the focus', async () => {
    await arrive('/');
    document.body.append(page);
    type('abcd-efgh');
    button('Join').click();
    await harness.fixture.whenStable();
    const message = page.querySelector(`#${box().getAttribute('aria-describedby')}`);
    expect(message?.textContent).toContain('not a call code');
    expect(box().getAttribute('aria-invalid')).toBe('true');
    expect(box().value).toBe('abcd-efgh');
    expect(document.activeElement).toBe(box());
    expect(location.path(true)).toBe('');

    type('abcd-efgh-');
    await harness.fixture.whenStable();
    expect(box().hasAttribute('aria-invalid')).toBeFalse();
    expect(box().hasAttribute('aria-describedby')).toBeFalse();
  });

  it('links to the lobbies opened last, if there are any', async () => {
    await arrive('/');
    expect(page.querySelector('.home-last')).toBeNull();
    const known = TestBed.inject(KnownLobbies);
    known.rename('0123-4567-89ab-cdef', 'Family');
    known.opened('abcd-efgh-jkmn-pqrs');
    known.opened('0123-4567-89ab-cdef');
    await harness.navigateByUrl('/call');
    await harness.navigateByUrl('/');
    await harness.fixture.whenStable();
    const links = [...page.querySelectorAll('.home-last a')];
    expect(links.map((link) => link.textContent?.trim())).toEqual(['Family', 'Circle abcd…', 'All circles']);
    expect(links.map((link) => link.getAttribute('href'))).toEqual([
      '/lobby#0123-4567-89ab-cdef',
      '/lobby#abcd-efgh-jkmn-pqrs',
      '/lobby',
    ]);
    localStorage.removeItem('parley.lobbies');
  });

  it('keeps a typed code while the person looks at another page, until it is used', async () => {
    await arrive('/');
    type('0123-4567-89ab');
    await harness.navigateByUrl('/call');
    await harness.navigateByUrl('/');
    expect(box().value).toBe('0123-4567-89ab');
    type('0123-4567-89ab-cdef');
    button('Join').click();
    await harness.fixture.whenStable();
    await harness.navigateByUrl('/');
    expect(box().value).toBe('');
  });

  it('asks for a code if there is none', async () => {
    await arrive('/');
    button('Join').click();
    await harness.fixture.whenStable();
    expect(page.querySelector('#code-error')?.textContent).toContain('Enter a call code');
  });

  it('changes its language and keeps the typed text', async () => {
    await arrive('/');
    type('abcd');
    button('简体中文').click();
    await harness.fixture.whenStable();
    expect(button('发起通话')).toBeTruthy();
    expect(box().value).toBe('abcd');
    button('English').click();
    await harness.fixture.whenStable();
    expect(button('New call')).toBeTruthy();
  });

  it('says when there is no network, and stops saying so', async () => {
    const online = spyOnProperty(navigator, 'onLine').and.returnValue(false);
    await arrive('/');
    const status = page.querySelector('[role=status]');
    expect(status?.textContent).toContain('offline');
    online.and.returnValue(true);
    window.dispatchEvent(new Event('online'));
    await harness.fixture.whenStable();
    expect(status?.textContent?.trim()).toBe('');
  });

  describe('people', () => {
    const code = 'abcd-efgh-jkmn-pqrs';
    const atLeisure = async () => {
      idleTime.next(0);
      // The request for the code is not part of the page's own work.
      await new Promise((resolve) => setTimeout(resolve));
      await harness.fixture.whenStable();
    };
    const view = () => page.querySelector('parley-people-view');

    it('offers to create a lobby', async () => {
      await arrive('/');
      const link = [...page.querySelectorAll('a')].find(
        (one) => one.textContent?.trim() === 'Create a circle',
      );
      expect(link?.getAttribute('href')).toBe('/lobby');
    });

    it('requests the public lobby when nothing else is to be done, and shows its people', async () => {
      people.simulateOpen(code, [fakePerson()]);
      await arrive('/');
      expect(find).not.toHaveBeenCalled();
      expect(view()).toBeNull();
      await atLeisure();
      expect(view()?.textContent).toContain('Ada');
      expect(view()?.textContent).toContain('Everyone who opens this site');
      expect(page.querySelector('main')?.contains(view())).toBeFalse();
    });

    it('shows no people if the deployment names no public lobby, and requests it once', async () => {
      find.and.resolveTo(null);
      await arrive('/');
      await atLeisure();
      expect(view()).toBeNull();
      await harness.navigateByUrl('/call');
      await harness.navigateByUrl('/');
      await atLeisure();
      expect(find).toHaveBeenCalledTimes(1);
    });

    it('requests it again if the cached lobby no longer exists', async () => {
      const other = '0123-4567-89ab-cdef';
      people.simulateLobby(code, { phase: 'absent' });
      people.simulateOpen(other, [fakePerson()]);
      await arrive('/');
      find.withArgs(code).and.resolveTo(other);
      await atLeisure();
      await harness.fixture.whenStable();
      expect(view()?.textContent).toContain('Ada');
      expect(find.calls.allArgs()).toEqual([[], [code]]);
    });

    it('says that it no longer exists if the deployment names no other', async () => {
      people.simulateLobby(code, { phase: 'absent' });
      await arrive('/');
      await atLeisure();
      await harness.fixture.whenStable();
      expect(view()?.textContent).toContain('This circle doesn’t exist.');
      expect(find.calls.allArgs()).toEqual([[], [code]]);
    });

    it('requests it again on the next visit after a failure', async () => {
      find.and.rejectWith(new Error('offline'));
      await arrive('/');
      await atLeisure();
      await harness.navigateByUrl('/call');
      find.and.resolveTo(code);
      await harness.navigateByUrl('/');
      await atLeisure();
      expect(view()).not.toBeNull();
    });

    it('counts the missed calls, and links to them', async () => {
      acquaintances.missed.set(2);
      await arrive('/');
      await atLeisure();
      await harness.fixture.whenStable();
      const badge = page.querySelector('a[aria-label="2 missed calls"]');
      expect(badge?.getAttribute('href')).toBe('/lobby');
      expect(badge?.textContent?.trim()).toBe('2');
      acquaintances.missed.set(0);
      await harness.fixture.whenStable();
      expect(page.querySelector('.missed')).toBeNull();
    });

    it('links down to the people who are here', async () => {
      await arrive('/');
      document.body.append(page);
      await atLeisure();
      page.querySelector<HTMLElement>('[aria-label="People here"]')?.click();
      expect(document.activeElement?.id).toBe('people-heading');
    });
  });
});
