import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { NEVER, Subject } from 'rxjs';

import { IdleTime } from '../../pwa/idle-time';
import { Acquaintances } from '../../people/acquaintances';
import { People } from '../../people/people';
import { FakeAcquaintances } from '../../testing/fake-acquaintances';
import { fakeIncoming, fakeOutgoing, FakePeople } from '../../testing/fake-people';
import { PeopleScreen } from '../../testing/people-screen';
import { PeopleLoader, provideFetchedPeople, RETURNING } from './people-loader';
import { RingingDoor } from './ringing-door';

describe('RingingDoor', () => {
  const open = async (returning = false) => {
    const idleTime = new Subject<unknown>();
    const arrived = signal(false);
    const people = new FakePeople();
    const load = jasmine.createSpy('load').and.callFake(async () => arrived.set(true));
    PeopleScreen.provide([
      { provide: People, useValue: people },
      { provide: RETURNING, useValue: () => returning },
      { provide: IdleTime, useValue: { come$: idleTime, hold: () => () => undefined } },
      { provide: PeopleLoader, useValue: { arrived, load, get: () => people } },
    ]);
    await TestBed.configureTestingModule({ imports: [RingingDoor] }).compileComponents();
    const fixture = TestBed.createComponent(RingingDoor);
    await fixture.whenStable();
    return {
      fixture,
      idleTime,
      load,
      people,
      shows: async () => {
        await fixture.whenStable();
        return (fixture.nativeElement as HTMLElement).querySelector('parley-ringing') !== null;
      },
    };
  };

  it('loads nothing for a person who was never reachable', async () => {
    const { idleTime, load } = await open();
    idleTime.next(0);
    expect(load).not.toHaveBeenCalled();
  });

  it('loads people when idle if the person was visible when the page closed', async () => {
    const { idleTime, load, people, shows } = await open(true);
    expect(load).not.toHaveBeenCalled();
    idleTime.next(0);
    expect(load).toHaveBeenCalledTimes(1);
    expect(await shows()).toBeFalse();
    people.simulateVisible();
    expect(await shows()).toBeTrue();
  });

  it('shows rings while there are some, and while some may come', async () => {
    const { idleTime, people, shows } = await open(true);
    idleTime.next(0);
    people.incoming.set([fakeIncoming()]);
    expect(await shows()).toBeTrue();
    people.incoming.set([]);
    expect(await shows()).toBeFalse();
    people.outgoing.set(fakeOutgoing());
    expect(await shows()).toBeTrue();
    people.outgoing.set(null);
    expect(await shows()).toBeFalse();
    people.intoCall.set([fakeOutgoing()]);
    expect(await shows()).toBeTrue();
  });

  it('waits at most ten seconds while something urgent is going on', async () => {
    const load = jasmine.createSpy('load').and.resolveTo();
    PeopleScreen.provide([
      { provide: RETURNING, useValue: () => true },
      { provide: IdleTime, useValue: { come$: NEVER, hold: () => () => undefined } },
      { provide: PeopleLoader, useValue: { arrived: signal(false), load } },
    ]);
    await TestBed.configureTestingModule({ imports: [RingingDoor] }).compileComponents();
    jasmine.clock().install();
    jasmine.clock().mockDate();
    try {
      TestBed.createComponent(RingingDoor);
      jasmine.clock().tick(9_999);
      expect(load).not.toHaveBeenCalled();
      jasmine.clock().tick(1);
      expect(load).toHaveBeenCalledTimes(1);
    } finally {
      jasmine.clock().uninstall();
    }
  });
});

describe('PeopleLoader', () => {
  beforeEach(() => TestBed.configureTestingModule({ providers: [provideFetchedPeople()] }));

  it('provides nothing before it has loaded', () => {
    expect(TestBed.inject(PeopleLoader).arrived()).toBeFalse();
    expect(() => TestBed.inject(People)).toThrowError(/not been fetched/);
  });

  it('provides what it has loaded', async () => {
    const fakes = new Map<unknown, unknown>([
      [People, new FakePeople()],
      [Acquaintances, new FakeAcquaintances()],
    ]);
    const loader = TestBed.inject(PeopleLoader);
    await loader.load();
    expect(loader.arrived()).toBeTrue();
    spyOn(loader, 'get').and.callFake((token) => fakes.get(token) as never);
    expect(TestBed.inject(People)).toBe(fakes.get(People) as People);
    expect(TestBed.inject(Acquaintances)).toBe(fakes.get(Acquaintances) as Acquaintances);
  });
});
