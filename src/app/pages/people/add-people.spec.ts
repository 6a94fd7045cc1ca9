import { TestBed } from '@angular/core/testing';

import { Call } from '../../call/call';
import { KnownLobbies } from '../../people/known-lobbies';
import type { RingOutcome } from '../../people/people';
import { FakeCall } from '../../testing/fake-call';
import { fakeOutgoing, fakePerson } from '../../testing/fake-people';
import { PeopleScreen } from '../../testing/people-screen';
import { AddPeople } from './add-people';

const FAMILY = 'abcd-efgh-jkmn-pqrs';
const WORK = '0123-4567-89ab-cdef';
const CALL = 'pqrs-jkmn-efgh-abcd';
const ADA = { uid: 'ada', name: 'Ada' };

describe('AddPeople', () => {
  let screen: PeopleScreen<AddPeople>;
  let call: FakeCall;

  const open = async (inputs: Readonly<Record<string, unknown>> = {}, circles = [FAMILY]) => {
    call = new FakeCall();
    screen = await PeopleScreen.open(AddPeople, { code: CALL, door: 'open', ...inputs }, () => {
      TestBed.configureTestingModule({ providers: [{ provide: Call, useValue: call }] });
      for (const code of circles) TestBed.inject(KnownLobbies).opened(code);
    });
  };
  const online = async (...people: Parameters<typeof fakePerson>[0][]) => {
    screen.people.simulateOpen(
      FAMILY,
      people.map((person) => fakePerson(person)),
    );
    await screen.settle();
  };
  const rings = async (outcome: RingOutcome, message: string | null = null) => {
    screen.people.intoCall.set([fakeOutgoing({ lobby: FAMILY, to: ADA, code: CALL, outcome, message })]);
    await screen.settle();
  };
  const states = () => screen.all('.state').map(({ textContent }) => textContent?.trim());

  afterEach(() => {
    screen.fixture.destroy();
    localStorage.clear();
  });

  it('explains itself to a person without circles, and leads to the link', async () => {
    await open({}, []);
    expect(screen.text('p')).toContain('This device knows no circles');
    expect(screen.people.watched).toEqual([]);
    let invited = 0;
    screen.fixture.componentInstance.invited.subscribe(() => invited++);
    await screen.press('Invite with a link');
    expect(invited).toBe(1);
  });

  it('watches the latest six circles, and says that there are more', async () => {
    const codes = Array.from({ length: 7 }, (_, index) => `abcd-efgh-jkmn-pqr${index}`);
    await open({}, codes);
    expect(screen.people.watched.length).toBe(6);
    expect(screen.element.textContent).toContain('Only people from the 6 circles');
  });

  it('says that it is looking, and that no one is online', async () => {
    await open();
    expect(screen.text('[role=status]')).toBe('Looking for people…');
    await online();
    expect(screen.text('[role=status]')).toContain('No one from your circles is online');
  });

  it('says why the circles can’t be read', async () => {
    await open();
    screen.people.simulateLobby(FAMILY, { phase: 'failed', reason: 'quota' });
    await screen.settle();
    expect(screen.text('[role=status]')).toContain('database quota');
  });

  it('rings a person into this call, and another one too', async () => {
    await open();
    await online(ADA, { uid: 'bo', name: 'Bo', availability: 'busy' });
    expect(states()).toEqual(['Available', 'In a call']);
    await screen.press('Add Ada');
    await screen.press('Add Bo');
    expect(screen.people.asked).toEqual([
      ['ringIntoCall', CALL, FAMILY, ADA],
      ['ringIntoCall', CALL, FAMILY, { uid: 'bo', name: 'Bo' }],
    ]);
    expect(call.asked).toEqual([]);
  });

  it('names the circle of each person if there are several', async () => {
    await open({}, [FAMILY, WORK]);
    TestBed.inject(KnownLobbies).rename(FAMILY, 'Family');
    screen.people.simulateOpen(WORK);
    await online(ADA);
    expect(states()).toEqual(['Available', 'Family']);
  });

  it('does not ring a person who must not be disturbed', async () => {
    await open();
    await online({ ...ADA, availability: 'dnd' });
    expect(screen.button('Add Ada').getAttribute('aria-disabled')).toBe('true');
    await screen.press('Add Ada');
    expect(screen.people.asked).toEqual([]);
  });

  for (const obstacle of ['full', 'closed'] as const) {
    it(`rings no one while the call is ${obstacle}, but can cancel`, async () => {
      await open({ obstacle });
      await online(ADA);
      expect(screen.text('[role=status]')).toContain(
        `The call is ${obstacle === 'full' ? 'full' : 'locked'}`,
      );
      await screen.press('Add Ada');
      expect(screen.people.asked).toEqual([]);
      await rings('ringing');
      await screen.press('Stop ringing Ada');
      expect(screen.people.asked).toEqual([['takeBack', 'ada']]);
    });
  }

  for (const [outcome, told, button] of [
    ['ringing', ['Ringing…'], 'Stop ringing Ada'],
    ['accepted', ['Accepted, joining…'], null],
    ['declined', ['Ada declined'], 'Ring Ada again'],
    ['busy', ['Ada is in a call', 'Try again later.'], 'Ring Ada again'],
    ['noAnswer', ['Ada didn’t answer', 'They can see that you called.'], 'Ring Ada again'],
    ['tooSoon', ['You just called Ada', 'Wait ten seconds before you call again.'], 'Ring Ada again'],
  ] as const) {
    it(`shows that a ring is ${outcome}, on the same button`, async () => {
      await open();
      await online(ADA);
      screen.button('Add Ada').focus();
      const before = document.activeElement;
      await rings(outcome);
      expect(states()).toEqual([...told]);
      const now = screen.all('li button').map((one) => one.getAttribute('aria-label'));
      expect(now).toEqual(button === null ? [] : [button]);
      if (button !== null) expect(document.activeElement).toBe(before);
    });
  }

  it('shows the message of a person who declined', async () => {
    await open();
    await online(ADA);
    await rings('declined', 'Give me five minutes.');
    expect(states()).toEqual(['Ada declined', 'Give me five minutes.']);
  });

  it('admits a person ahead where newcomers must ask, then rings', async () => {
    await open({ door: 'ask' });
    await online(ADA);
    await screen.press('Add Ada');
    expect(call.asked).toEqual([['admitAhead', 'ada']]);
    expect(screen.people.asked).toEqual([['ringIntoCall', CALL, FAMILY, ADA]]);
  });

  for (const saved of [true, false]) {
    it(`lets the host ring someone who was removed, who need not wait for it at an open door: ${saved}`, async () => {
      await open({ isHost: true });
      call.savesAhead = saved;
      await online(ADA);
      await screen.press('Add Ada');
      expect(call.asked).toEqual([['admitAhead', 'ada']]);
      expect(screen.people.asked).toEqual([['ringIntoCall', CALL, FAMILY, ADA]]);
    });
  }

  it('does not ring a person who would have to knock', async () => {
    await open({ door: 'ask' });
    call.savesAhead = false;
    await online(ADA);
    await screen.press('Add Ada');
    expect(screen.people.asked).toEqual([]);
    expect(screen.text('[role=alert]')).toContain('Couldn’t let Ada in ahead');
  });
});
