import { TestBed } from '@angular/core/testing';

import { NOTIFICATION, Notifications, WORKER_REGISTRATION, type Note } from './notifications';

class FakeNotification {
  static permission: NotificationPermission = 'granted';
  static readonly requestPermission = jasmine.createSpy('requestPermission');
  static made: FakeNotification[] = [];
  onclick: (() => void) | null = null;
  readonly close = jasmine.createSpy('close');

  constructor(
    readonly title: string,
    readonly options: NotificationOptions = {},
  ) {
    FakeNotification.made.push(this);
  }

  get tag(): string {
    return this.options.tag ?? '';
  }

  get data(): unknown {
    return this.options.data as unknown;
  }
}

/** A worker's registration with its notifications. */
class FakeRegistration {
  readonly shown: FakeNotification[] = [];
  /** Showing a notification waits for this. */
  gate: Promise<void> = Promise.resolve();

  async showNotification(title: string, options?: NotificationOptions): Promise<void> {
    await this.gate;
    this.shown.push(new FakeNotification(title, options));
  }

  async getNotifications(filter?: GetNotificationOptions): Promise<FakeNotification[]> {
    return this.shown.filter(({ tag }) => !filter?.tag || tag === filter.tag);
  }
}

describe('Notifications', () => {
  const note: Note = { title: 'Ada', body: 'rings you', tag: 'ring-1', silent: false, until: 5_000 };
  let registration: FakeRegistration | undefined;

  const notifications = (notification: unknown = FakeNotification): Notifications => {
    TestBed.configureTestingModule({
      providers: [
        { provide: NOTIFICATION, useValue: notification },
        { provide: WORKER_REGISTRATION, useValue: async () => registration },
      ],
    });
    return TestBed.inject(Notifications);
  };
  const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

  beforeEach(() => {
    FakeNotification.permission = 'granted';
    FakeNotification.made = [];
    FakeNotification.requestPermission.calls.reset();
    FakeNotification.requestPermission.and.callFake(async () => (FakeNotification.permission = 'granted'));
    registration = new FakeRegistration();
  });

  it('asks once, from a gesture, and reports the answer', async () => {
    FakeNotification.permission = 'default';
    const asked = notifications();
    expect(asked.state()).toBe('default');
    expect(FakeNotification.requestPermission).not.toHaveBeenCalled();
    expect(await asked.ask()).toBe('granted');
    expect(asked.state()).toBe('granted');
    await asked.ask();
    expect(FakeNotification.requestPermission).toHaveBeenCalledTimes(1);
  });

  it('does not ask again after a refusal, and survives a browser that refuses to ask', async () => {
    FakeNotification.permission = 'denied';
    expect(await notifications().ask()).toBe('denied');
    expect(FakeNotification.requestPermission).not.toHaveBeenCalled();
    FakeNotification.permission = 'default';
    FakeNotification.requestPermission.and.rejectWith(new TypeError('no'));
    expect(await TestBed.inject(Notifications).ask()).toBe('default');
  });

  it('recognizes a browser without notifications', async () => {
    const none = notifications(null);
    expect(none.state()).toBe('unsupported');
    expect(await none.ask()).toBe('unsupported');
    expect(() => none.show(note)()).not.toThrow();
  });

  it('shows a notification through the worker and closes it', async () => {
    const end = notifications().show(note);
    await turn();
    const [shown] = registration?.shown ?? [];
    expect(shown?.title).toBe('Ada');
    expect(shown?.options).toEqual({
      body: 'rings you',
      tag: 'ring-1',
      silent: false,
      requireInteraction: true,
      icon: 'icons/icon-192.png',
      data: { until: 5_000 },
    });
    expect(shown?.close).not.toHaveBeenCalled();
    end();
    expect(shown?.close).toHaveBeenCalledTimes(1);
  });

  it('closes a notification that is shown late', async () => {
    let open = () => {};
    if (registration) registration.gate = new Promise((resolve) => (open = resolve));
    notifications().show(note)();
    open();
    await turn();
    expect(registration?.shown[0]?.close).toHaveBeenCalled();
  });

  it('closes its notifications with the page', async () => {
    notifications().show(note);
    await turn();
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(registration?.shown[0]?.close).toHaveBeenCalledTimes(1);
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(registration?.shown[0]?.close).toHaveBeenCalledTimes(1);
  });

  it('shows nothing without permission', async () => {
    FakeNotification.permission = 'default';
    notifications().show(note);
    await turn();
    expect(FakeNotification.made).toEqual([]);
  });

  it('shows it from the page if there is no worker, and a click leads to the page', async () => {
    registration = undefined;
    const focus = spyOn(window, 'focus');
    const end = notifications().show(note);
    await turn();
    const [shown] = FakeNotification.made;
    expect(shown?.options.requireInteraction).toBeTrue();
    shown?.onclick?.();
    expect(focus).toHaveBeenCalled();
    expect(shown?.close).toHaveBeenCalledTimes(1);
    end();
    expect(shown?.close).toHaveBeenCalledTimes(2);
  });

  it('shows it from the page if the worker is not active, and nothing if only a worker may', async () => {
    if (registration) registration.showNotification = () => Promise.reject(new TypeError('not active'));
    notifications().show(note);
    await turn();
    expect(FakeNotification.made.length).toBe(1);

    class Illegal extends FakeNotification {
      constructor() {
        super('');
        throw new TypeError('Illegal constructor');
      }
    }
    TestBed.resetTestingModule();
    expect(() => notifications(Illegal).show(note)).not.toThrow();
    await turn();
  });

  it('closes what a crash has left, and nothing else', async () => {
    const leave = (tag: string, data: unknown) => registration?.showNotification('left', { tag, data });
    await leave('ring-over', { until: Date.now() - 1 });
    await leave('ring-runs', { until: Date.now() + 60_000 });
    await leave('other', { until: 0 });
    await leave('ring-odd', null);
    await notifications().sweep('ring-');
    expect(registration?.shown.filter(({ close }) => close.calls.any()).map(({ tag }) => tag)).toEqual([
      'ring-over',
    ]);
  });
});
