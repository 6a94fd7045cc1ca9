import { DOCUMENT, inject, Injectable, InjectionToken, signal } from '@angular/core';

import { wallTime } from '../../loading/clock';

/** Whether the app may show notifications; `default`: it was not asked yet. */
export type NotificationState = NotificationPermission | 'unsupported';

/** What a notification says; one that replaces another has its tag. */
export interface Note {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  /** Neither sounds nor vibrates. */
  readonly silent: boolean;
  /** When it is over even if the page is not there to close it, ms since the epoch. */
  readonly until: number;
}

type NotificationClass = Pick<typeof Notification, 'permission' | 'requestPermission'> &
  (new (title: string, options?: NotificationOptions) => Notification);

/** `window.Notification`; null where there is none. */
export const NOTIFICATION = new InjectionToken<NotificationClass | null>('Notification', {
  factory: () => inject(DOCUMENT).defaultView?.Notification ?? null,
});

type Registration = Pick<ServiceWorkerRegistration, 'showNotification' | 'getNotifications'>;

/** The app's service worker, if it is there by now. */
export const WORKER_REGISTRATION = new InjectionToken<() => Promise<Registration | undefined>>(
  'ServiceWorkerRegistration',
  {
    factory: () => {
      // A page that is not served securely has none, whatever the type says.
      const workers: ServiceWorkerContainer | undefined =
        inject(DOCUMENT).defaultView?.navigator.serviceWorker;
      return async () => workers?.getRegistration();
    },
  },
);

/** Notifications by the device (WHATWG Notifications API) while the page is not in sight. */
@Injectable({ providedIn: 'root' })
export class Notifications {
  private readonly window = inject(DOCUMENT).defaultView;
  private readonly notification = inject(NOTIFICATION);
  private readonly registration = inject(WORKER_REGISTRATION);
  private readonly permission = signal<NotificationState>(this.permitted());

  /** Follows what the person chooses in the browser's own settings, where it tells. */
  readonly state = this.permission.asReadonly();

  constructor() {
    void this.follow();
  }

  /** Shows the browser's own question, once; to be called from a press. Never rejects. */
  async ask(): Promise<NotificationState> {
    if (this.permitted() === 'default') await this.notification?.requestPermission().catch(() => undefined);
    this.permission.set(this.permitted());
    return this.permission();
  }

  /** Shows a note, if it may, until the returned function is called or the page goes. Never throws. */
  show(note: Note): () => void {
    let over = false;
    let shown: readonly Notification[] = [];
    const end = () => {
      over = true;
      this.window?.removeEventListener('pagehide', end);
      for (const one of shown) one.close();
    };
    this.window?.addEventListener('pagehide', end);
    void this.place(note).then((placed) => {
      shown = placed;
      if (over) end();
    });
    return end;
  }

  /** Closes what a page that crashed has left: notes whose tag begins so and whose time is over. */
  async sweep(prefix: string): Promise<void> {
    try {
      const shown = (await (await this.registration())?.getNotifications()) ?? [];
      for (const one of shown) if (one.tag.startsWith(prefix) && isOver(one.data)) one.close();
    } catch {
      // It stays until the person puts it away.
    }
  }

  private permitted(): NotificationState {
    return this.notification?.permission ?? 'unsupported';
  }

  private async follow(): Promise<void> {
    try {
      const status = await this.window?.navigator.permissions.query({ name: 'notifications' });
      status?.addEventListener('change', () => this.permission.set(this.permitted()));
    } catch {
      // Known again when the page is loaded anew.
    }
  }

  private async place(note: Note): Promise<readonly Notification[]> {
    if (this.permitted() !== 'granted') return [];
    const { title, body, tag, silent, until } = note;
    const options: NotificationOptions = {
      body,
      tag,
      silent,
      requireInteraction: true,
      icon: 'icons/icon-192.png',
      data: { until },
    };
    try {
      const registration = await this.registration();
      if (!registration) return this.placeByPage(title, options);
      await registration.showNotification(title, options);
      return await registration.getNotifications({ tag });
    } catch {
      // The worker is not active yet.
      return this.placeByPage(title, options);
    }
  }

  /** One that lives with the page. Browsers on phones know only those of a worker, and throw. */
  private placeByPage(title: string, options: NotificationOptions): readonly Notification[] {
    if (!this.notification) return [];
    try {
      const shown = new this.notification(title, options);
      shown.onclick = () => {
        this.window?.focus();
        shown.close();
      };
      return [shown];
    } catch {
      return [];
    }
  }
}

const isOver = (data: unknown): boolean =>
  typeof data === 'object' &&
  data !== null &&
  'until' in data &&
  typeof data.until === 'number' &&
  data.until < wallTime();
