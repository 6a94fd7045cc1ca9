import { fakePerson, type FakePeople } from '../../testing/fake-people';
import type { FakeAcquaintances } from '../../testing/fake-acquaintances';
import { PeopleScreen } from '../../testing/people-screen';
import { SIGN_IN_REASONS } from '../../firebase/sign-in-reason';
import { peopleEn } from '../../i18n/people.en';
import { signInEn } from '../../i18n/sign-in.en';
import type { PeopleReason } from '../../people/people';
import { PeopleView } from './people-view';

const code = 'abcd-efgh-jkmn-pqrs';
const ada = fakePerson();
const bo = fakePerson({ uid: 'bo', name: 'Bo', availability: 'busy' });
const cy = fakePerson({ uid: 'cy', name: 'Cy', availability: 'dnd' });

describe('PeopleView', () => {
  let screen: PeopleScreen<PeopleView>;

  const open = async (
    prepare: (people: FakePeople, acquaintances: FakeAcquaintances) => void = () => {},
    place: 'lobby' | 'public' = 'lobby',
    language: 'en' | 'zh' = 'en',
  ) => (screen = await PeopleScreen.open(PeopleView, { code, place }, prepare, language));

  const status = () => screen.text('.people [role=status]');
  const items = () => screen.all('ul[aria-labelledby=people-heading] > li');
  const names = () => items().map((item) => item.querySelector('.name')?.textContent);
  const appear = () => screen.button('Appear online');

  afterEach(() => {
    screen.fixture.destroy();
    localStorage.clear();
  });

  describe('the list', () => {
    it('shows that it is loading, and watches only while it is on the screen', async () => {
      await open();
      expect(status()).toBe('Looking for people…');
      expect(screen.people.watched).toEqual([code]);
      screen.fixture.destroy();
      expect(screen.people.watched).toEqual([]);
    });

    it('watches another lobby when the code changes', async () => {
      await open((people) => people.simulateOpen(code, [ada]));
      screen.fixture.componentRef.setInput('code', '0123-4567-89ab-cdef');
      await screen.settle();
      expect(screen.people.watched).toEqual(['0123-4567-89ab-cdef']);
      expect(items().length).toBe(0);
      expect(status()).toBe('Looking for people…');
    });

    it('shows who is there, what they are doing, and whether they can be called', async () => {
      await open((people) => people.simulateOpen(code, [ada, bo, cy]));
      expect(screen.query('ul')?.getAttribute('aria-labelledby')).toBe('people-heading');
      expect(screen.text('#people-heading')).toBe('People');
      expect(screen.text('.title .count')).toBe(String(items().length));
      expect(names()).toEqual(['Ada', 'Bo', 'Cy']);
      expect(items().map((item) => item.querySelector('.state')?.textContent)).toEqual([
        'Available',
        'In a call',
        'Do not disturb: can’t be called right now',
      ]);
      expect(screen.button('Call Ada').disabled).toBeFalse();
      expect(screen.button('Call Bo').disabled).toBeFalse();
      expect(screen.button('Call Cy').disabled).toBeTrue();
      const reason = screen.button('Call Cy').getAttribute('aria-describedby');
      expect(screen.text(`#${reason}`)).toContain('can’t be called');
    });

    it('follows arrivals and departures', async () => {
      await open((people) => people.simulateOpen(code, [ada]));
      screen.people.simulateOpen(code, [ada, bo]);
      await screen.settle();
      expect(names()).toEqual(['Ada', 'Bo']);
      screen.people.simulateOpen(code, []);
      await screen.settle();
      expect(items().length).toBe(0);
      expect(status()).toContain('No one else is here yet.');
    });

    it('rings a person', async () => {
      await open((people) => people.simulateOpen(code, [ada]));
      await screen.press('Call Ada');
      expect(screen.people.asked).toEqual([['ring', code, { uid: 'ada', name: 'Ada' }]]);
    });

    it('has a name for a person whose name fails to decrypt', async () => {
      await open((people) => people.simulateOpen(code, [fakePerson({ name: '' })]));
      expect(names()).toEqual(['Guest']);
      expect(screen.has('Call Guest')).toBeTrue();
    });

    it('puts favourites of this lobby first, and allows adding and removing them', async () => {
      await open((people, acquaintances) => {
        acquaintances.favourites.set([{ lobby: '0123-4567-89ab-cdef', uid: 'bo', name: 'Bo' }]);
        people.simulateOpen(code, [ada, bo, cy]);
      });
      expect(names()).toEqual(['Ada', 'Bo', 'Cy']);
      await screen.press('Favourite: Cy');
      expect(names()).toEqual(['Cy', 'Ada', 'Bo']);
      expect(screen.button('Favourite: Cy').getAttribute('aria-pressed')).toBe('true');
      await screen.press('Favourite: Cy');
      expect(names()).toEqual(['Ada', 'Bo', 'Cy']);
      expect(screen.acquaintances.isFavourite(code, 'cy')).toBeFalse();
    });

    it('hides blocked people, and allows unblocking them', async () => {
      await open((people) => people.simulateOpen(code, [ada, bo]));
      await screen.press('More options for Ada');
      await screen.press('Block Ada');
      expect(names()).toEqual(['Bo']);
      expect(screen.query<HTMLDetailsElement>('.people details')?.open).toBeFalse();
      expect(screen.text('.people summary')).toBe('1 blocked');
      await screen.press('Unblock Ada');
      expect(names()).toEqual(['Ada', 'Bo']);
      expect(screen.query('.people details')).toBeNull();
    });

    it('says that nobody is there, in a lobby and in a site’s list', async () => {
      await open((people) => people.simulateOpen(code));
      expect(status()).toBe(`${peopleEn.nobody} ${peopleEn['nobody.lobby']}`);
      screen.fixture.componentRef.setInput('place', 'public');
      await screen.settle();
      expect(status()).toBe(`${peopleEn.nobody} ${peopleEn['nobody.public']}`);
    });

    it('tells a visible person that their own other windows are not listed', async () => {
      await open((people) => people.simulateOpen(code));
      screen.people.simulateVisible();
      await screen.settle();
      expect(status()).toBe(`${peopleEn.nobody} ${peopleEn['nobody.lobby']} ${peopleEn['nobody.self']}`);
    });

    it('says that the lobby does not exist, and prevents appearing in it', async () => {
      await open((people) => people.simulateLobby(code, { phase: 'absent' }));
      expect(status()).toContain('This circle doesn’t exist.');
      expect(screen.query('parley-appear-online')).toBeNull();
    });

    for (const reason of [
      'configuration',
      'forbidden',
      'quota',
      'full',
      'unavailable',
    ] satisfies PeopleReason[]) {
      it(`says what happened and what to do: ${reason}`, async () => {
        await open((people) => people.simulateLobby(code, { phase: 'failed', reason }));
        expect(status()).toBe(`${peopleEn[`why.${reason}`]} ${peopleEn[`todo.${reason}`]}`);
        await screen.press('Try again');
        expect(screen.people.asked).toEqual([['look']]);
      });
    }

    for (const reason of SIGN_IN_REASONS) {
      it(`says why sign-in was refused and what to do: ${reason}`, async () => {
        await open((people) => people.simulateLobby(code, { phase: 'failed', reason }));
        expect(status()).toBe(`${signInEn[`${reason}.what`]}. ${signInEn[`${reason}.todo`]}`);
      });
    }

    it('says why the person is not visible and what to do', async () => {
      await open((people) => people.simulateVisible({ status: 'failed', reason: 'sign-in-busy' }));
      expect(screen.text('parley-appear-online .trouble')).toBe(
        `${peopleEn['visible.failed']} ${signInEn['sign-in-busy.what']}. ${signInEn['sign-in-busy.todo']}`,
      );
    });

    it('says that the device is offline only while the browser says so', async () => {
      const online = spyOnProperty(navigator, 'onLine').and.returnValue(true);
      await open((people) => people.simulateLobby(code, { phase: 'failed', reason: 'offline' }));
      expect(status()).toBe('Can’t reach Parley. Still trying…');
      online.and.returnValue(false);
      dispatchEvent(new Event('offline'));
      await screen.settle();
      expect(status()).toContain('You’re offline.');
    });

    it('keeps a typed name while the lobby disappears and returns', async () => {
      await open();
      await screen.type('#appear-name', 'Kim');
      screen.people.simulateLobby(code, { phase: 'absent' });
      await screen.settle();
      expect(screen.query('#appear-name')).toBeNull();
      screen.people.simulateOpen(code);
      await screen.settle();
      expect(screen.query<HTMLInputElement>('#appear-name')?.value).toBe('Kim');
    });

    it('says that the connection is lost, and keeps showing who was there', async () => {
      await open((people) => people.simulateOpen(code, [ada], 0, false));
      expect(status()).toContain('You’re disconnected');
      expect(names()).toEqual(['Ada']);
      screen.people.simulateOpen(code, [ada]);
      await screen.settle();
      expect(status()).toBe('');
    });

    it('says how old the list may be, and refreshes it', async () => {
      await open((people) => people.simulateOpen(code, [ada], 30_400));
      expect(screen.text('.age p')).toBe('Up to 31 seconds old.');
      await screen.press('Refresh');
      expect(screen.people.asked).toEqual([['look']]);
      screen.people.simulateOpen(code, [ada]);
      await screen.settle();
      expect(screen.has('Refresh')).toBeFalse();
    });

    it('is in Chinese on request', async () => {
      await open((people) => people.simulateOpen(code, [ada]), 'lobby', 'zh');
      expect(screen.text('#people-heading')).toBe('在线的人');
      expect(screen.has('呼叫 Ada')).toBeTrue();
      expect(screen.element.textContent).not.toMatch(/Appear|Available|Your name/);
    });
  });

  describe('appearing', () => {
    it('is off by default, and says what it reveals, and to whom', async () => {
      await open();
      expect(appear().getAttribute('role')).toBe('switch');
      expect(appear().getAttribute('aria-checked')).toBe('false');
      const reveals = () => screen.text(`#${appear().getAttribute('aria-describedby')}`);
      expect(reveals()).toContain('Everyone with this circle’s code');
      screen.fixture.componentRef.setInput('place', 'public');
      await screen.settle();
      expect(reveals()).toContain('Everyone who opens this site');
    });

    it('requires a name: says so and focuses the box', async () => {
      await open();
      await screen.press('Appear online');
      expect(screen.people.asked).toEqual([]);
      expect(appear().getAttribute('aria-checked')).toBe('false');
      expect(document.activeElement).toBe(screen.query('#appear-name'));
      expect(screen.text('#appear-name-error')).toBe(peopleEn['name.needed']);
      expect(screen.query('#appear-name')?.getAttribute('aria-invalid')).toBe('true');
      await screen.type('#appear-name', 'K');
      expect(screen.query('#appear-name-error')).toBeNull();
    });

    it('uses the same name as calls, and remembers one that is typed here', async () => {
      localStorage.setItem('parley.name', 'Kim');
      // `open` clears the storage.
      await open(() => localStorage.setItem('parley.name', 'Kim'));
      expect(screen.query<HTMLInputElement>('#appear-name')?.value).toBe('Kim');
      await screen.type('#appear-name', ' Kim Li ');
      await screen.press('Appear online');
      expect(screen.people.asked).toEqual([['appear', code, 'Kim Li']]);
      expect(localStorage.getItem('parley.name')).toBe('Kim Li');
      expect(screen.text('.standing')).toBe('Going online…');
      screen.people.simulateVisible({ name: 'Kim Li' });
      await screen.settle();
      expect(appear().getAttribute('aria-checked')).toBe('true');
      expect(screen.text('.standing')).toBe('You’re online as Kim Li and can be called.');
    });

    it('ends when it is switched off', async () => {
      await open((people) => people.simulateVisible());
      await screen.press('Appear online');
      expect(screen.people.asked).toEqual([['disappear']]);
      expect(appear().getAttribute('aria-checked')).toBe('false');
    });

    it('publishes a changed name at once', async () => {
      await open((people) => people.simulateVisible());
      await screen.type('#appear-name', 'Li');
      screen.query('#appear-name')?.dispatchEvent(new Event('change'));
      expect(screen.people.asked).toEqual([['appear', code, 'Li']]);
    });

    it('keeps the previous name while the person is visible under it', async () => {
      await open((people) => people.simulateVisible());
      await screen.type('#appear-name', '  ');
      screen.query('#appear-name')?.dispatchEvent(new Event('change'));
      await screen.settle();
      expect(screen.people.asked).toEqual([]);
      expect(screen.query<HTMLInputElement>('#appear-name')?.value).toBe('Kim');
    });

    it('sets do not disturb while the person is visible', async () => {
      await open();
      expect(screen.has('Do not disturb')).toBeFalse();
      screen.people.simulateVisible();
      await screen.settle();
      await screen.press('Do not disturb');
      expect(screen.people.asked).toEqual([['doNotDisturb', true]]);
      expect(screen.button('Do not disturb').getAttribute('aria-checked')).toBe('true');
      expect(screen.text('.standing')).toContain('no one can call you');
    });

    it('says why it failed, and retries', async () => {
      await open((people) => people.simulateVisible({ status: 'failed', reason: 'full' }));
      expect(screen.text('.standing')).toBe(
        `${peopleEn['visible.failed']} ${peopleEn['why.full']} ${peopleEn['todo.full']}`,
      );
      await screen.press('Try again');
      expect(screen.people.asked).toEqual([['appear', code, 'Kim']]);
    });

    it('says that the person is visible elsewhere', async () => {
      await open((people) => people.simulateVisible({ code: '0123-4567-89ab-cdef' }));
      expect(appear().getAttribute('aria-checked')).toBe('false');
      expect(screen.text('.standing')).toBe(peopleEn.elsewhere);
    });

    it('says when the person can be reached, and who sees a site’s own list', async () => {
      await open();
      expect(screen.text('parley-appear-online summary')).toBe('When can I be reached?');
      expect(screen.text('parley-appear-online details')).toContain('Nothing can wake an app that is closed');
      expect(screen.text('parley-appear-online details')).not.toContain(peopleEn['reach.public']);
      screen.fixture.componentRef.setInput('place', 'public');
      await screen.settle();
      expect(screen.text('parley-appear-online details')).toContain(peopleEn['reach.public']);
    });
  });
});
