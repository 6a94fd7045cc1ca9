import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import type { IncomingRing, OutgoingRing, RingOutcome } from '../../people/people';
import { Sounds, type RepeatedSound } from '../sounds';
import { Notifications, type Note, type NotificationState } from './notifications';
import { RING_DEVICE, RingAlert } from './ring-alert';

class FakeSounds {
  readonly on = signal(true);
  readonly playing: RepeatedSound[] = [];

  repeat(kind: RepeatedSound): () => void {
    this.playing.push(kind);
    return () => this.playing.splice(this.playing.indexOf(kind), 1);
  }
}

class FakeNotifications {
  readonly state = signal<NotificationState>('granted');
  readonly shown: Note[] = [];
  readonly sweep = jasmine.createSpy('sweep').and.resolveTo();
  /** How many notifications were shown. */
  times = 0;

  show(note: Note): () => void {
    this.times++;
    this.shown.push(note);
    return () => this.shown.splice(this.shown.indexOf(note), 1);
  }
}

const ringOf = (name: string, ended: IncomingRing['ended'] = null): IncomingRing => ({
  id: name.toLowerCase(),
  lobby: 'lobby',
  from: { uid: name.toLowerCase(), name },
  code: 'code',
  ended,
});

describe('RingAlert', () => {
  const before = document.title;
  let sounds: FakeSounds;
  let notifications: FakeNotifications;
  let device: {
    vibrate: jasmine.Spy<(pattern: number | number[]) => boolean>;
    setAppBadge: jasmine.Spy<(count: number) => Promise<void>>;
    clearAppBadge: jasmine.Spy<() => Promise<void>>;
    userActivation: { hasBeenActive: boolean };
  };
  let visibility: jasmine.Spy<() => DocumentVisibilityState>;
  const incoming = signal<readonly IncomingRing[]>([]);
  const language = signal('rings');

  const see = (state: DocumentVisibilityState): void => {
    visibility.and.returnValue(state);
    document.dispatchEvent(new Event('visibilitychange'));
    TestBed.tick();
  };
  const rings = (...present: IncomingRing[]): void => {
    incoming.set(present);
    TestBed.tick();
  };
  const follow = (): (() => void) => {
    const stop = TestBed.inject(RingAlert).follow(incoming, ({ from }) => ({
      title: `${from.name} ${language()}`,
      body: 'Parley',
    }));
    TestBed.tick();
    return stop;
  };

  beforeEach(() => {
    document.title = 'Home';
    incoming.set([]);
    language.set('rings');
    visibility = spyOnProperty(document, 'visibilityState').and.returnValue('visible');
    sounds = new FakeSounds();
    notifications = new FakeNotifications();
    device = {
      vibrate: jasmine.createSpy('vibrate').and.returnValue(true),
      setAppBadge: jasmine.createSpy('setAppBadge').and.resolveTo(),
      clearAppBadge: jasmine.createSpy('clearAppBadge').and.resolveTo(),
      userActivation: { hasBeenActive: true },
    };
    TestBed.configureTestingModule({
      providers: [
        { provide: Sounds, useValue: sounds },
        { provide: Notifications, useValue: notifications },
        { provide: RING_DEVICE, useValue: device },
      ],
    });
  });
  afterEach(() => (document.title = before));

  it('sounds and vibrates while a ring is pending', () => {
    follow();
    expect(sounds.playing).toEqual([]);
    rings(ringOf('Ada'));
    expect(sounds.playing).toEqual(['ring']);
    expect(device.vibrate).toHaveBeenCalledTimes(1);
    const trembling = device.vibrate.calls.mostRecent().args[0] as number[];
    // Chromium accepts at most 99 parts; a ring lasts 45 s.
    expect(trembling.length).toBeLessThan(100);
    expect(trembling.reduce((sum, part) => sum + part)).toBe(45_000);

    rings(ringOf('Ada'), ringOf('Bo'));
    expect(sounds.playing).toEqual(['ring']);
    expect(device.vibrate).toHaveBeenCalledTimes(1);

    rings(ringOf('Ada', 'cancelled'), ringOf('Bo', 'elsewhere'));
    expect(sounds.playing).toEqual([]);
    expect(device.vibrate.calls.mostRecent().args).toEqual([0]);
  });

  it('is silent when sounds are off, and follows the switch at once', () => {
    sounds.on.set(false);
    follow();
    rings(ringOf('Ada'));
    expect(sounds.playing).toEqual([]);
    expect(device.vibrate).toHaveBeenCalled();
    sounds.on.set(true);
    TestBed.tick();
    expect(sounds.playing).toEqual(['ring']);
    sounds.on.set(false);
    TestBed.tick();
    expect(sounds.playing).toEqual([]);
  });

  it('does not vibrate in a page that has not been touched, nor in a hidden one', () => {
    device.userActivation.hasBeenActive = false;
    follow();
    rings(ringOf('Ada'));
    expect(device.vibrate).not.toHaveBeenCalled();
    rings();
    device.userActivation.hasBeenActive = true;
    see('hidden');
    rings(ringOf('Ada'));
    expect(device.vibrate).not.toHaveBeenCalled();
    see('visible');
    expect(device.vibrate).toHaveBeenCalledTimes(1);
  });

  it('notifies while the page is hidden, once per ring, until the ring ends', () => {
    follow();
    rings(ringOf('Ada'));
    expect(notifications.shown).toEqual([]);
    see('hidden');
    expect(notifications.shown).toEqual([
      {
        title: 'Ada rings',
        body: 'Parley',
        tag: 'parley-ring-ada',
        silent: false,
        until: jasmine.any(Number) as unknown as number,
      },
    ]);
    expect(notifications.shown[0]?.until).toBeGreaterThan(Date.now());
    rings(ringOf('Ada'), ringOf('Bo'));
    expect(notifications.shown.map(({ tag }) => tag)).toEqual(['parley-ring-ada', 'parley-ring-bo']);
    expect(notifications.times).toBe(2);
    rings(ringOf('Ada', 'missed'), ringOf('Bo'));
    expect(notifications.shown.map(({ tag }) => tag)).toEqual(['parley-ring-bo']);
    rings();
    expect(notifications.shown).toEqual([]);
  });

  it('closes the notification when the page becomes visible', () => {
    follow();
    see('hidden');
    rings(ringOf('Ada'));
    expect(notifications.shown.length).toBe(1);
    see('visible');
    expect(notifications.shown).toEqual([]);
  });

  it('notifies only with permission, from the moment it is granted, and silently when sounds are off', () => {
    notifications.state.set('default');
    sounds.on.set(false);
    follow();
    see('hidden');
    rings(ringOf('Ada'));
    expect(notifications.times).toBe(0);
    notifications.state.set('granted');
    TestBed.tick();
    expect(notifications.shown.map(({ silent }) => silent)).toEqual([true]);
    sounds.on.set(true);
    language.set('ruft an');
    TestBed.tick();
    expect(notifications.times).toBe(1);
  });

  it('marks the title of a hidden page, in the current language', () => {
    follow();
    rings(ringOf('Ada'));
    expect(document.title).toBe('Home');
    see('hidden');
    expect(document.title).toBe('🔔 Ada rings · Home');
    language.set('打来电话');
    TestBed.tick();
    expect(document.title).toBe('🔔 Ada 打来电话 · Home');
    rings(ringOf('Ada', 'cancelled'), ringOf('Bo'));
    expect(document.title).toBe('🔔 Bo 打来电话 · Home');
    see('visible');
    expect(document.title).toBe('Home');
  });

  it('ends everything when stopped', () => {
    const stop = follow();
    see('hidden');
    rings(ringOf('Ada'));
    stop();
    expect(sounds.playing).toEqual([]);
    expect(notifications.shown).toEqual([]);
    expect(document.title).toBe('Home');
    rings(ringOf('Bo'));
    expect(sounds.playing).toEqual([]);
    expect(notifications.shown).toEqual([]);
    expect(notifications.sweep).toHaveBeenCalledOnceWith('parley-ring-');
  });

  it('plays the ringback tone for an outgoing ring', () => {
    const outgoing = signal<Pick<OutgoingRing, 'outcome'> | null>(null);
    const becomes = (outcome: RingOutcome) => {
      outgoing.set({ outcome });
      TestBed.tick();
    };
    const stop = TestBed.inject(RingAlert).followOutgoing(outgoing);
    TestBed.tick();
    expect(sounds.playing).toEqual([]);
    becomes('ringing');
    becomes('ringing');
    expect(sounds.playing).toEqual(['ringback']);
    becomes('accepted');
    expect(sounds.playing).toEqual([]);
    becomes('ringing');
    stop();
    expect(sounds.playing).toEqual([]);
  });

  it('shows the number of missed rings on the icon', () => {
    const missed = signal(0);
    TestBed.inject(RingAlert).followMissed(missed);
    TestBed.tick();
    expect(device.clearAppBadge).toHaveBeenCalledTimes(1);
    expect(device.setAppBadge).not.toHaveBeenCalled();
    device.setAppBadge.and.rejectWith(new DOMException('not installed', 'NotAllowedError'));
    missed.set(3);
    TestBed.tick();
    expect(device.setAppBadge).toHaveBeenCalledOnceWith(3);
    missed.set(0);
    TestBed.tick();
    expect(device.clearAppBadge).toHaveBeenCalledTimes(2);
  });

  it('works without features that the device lacks', () => {
    TestBed.overrideProvider(RING_DEVICE, { useValue: {} });
    const missed = signal(1);
    follow();
    TestBed.inject(RingAlert).followMissed(missed);
    expect(() => rings(ringOf('Ada'))).not.toThrow();
    expect(sounds.playing).toEqual(['ring']);
    missed.set(0);
    expect(() => TestBed.tick()).not.toThrow();
  });
});
