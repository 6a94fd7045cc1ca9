import { DOCUMENT, inject, Injectable, InjectionToken, signal } from '@angular/core';

import { wallTime } from '../../loading/clock';
import { noteError, noted } from '../../log/note';

/** Whether the app may show notifications; `default`: the person hasn't been asked yet. */
export type NotificationState = NotificationPermission | 'unsupported';

/** Content of a notification; it replaces one with the same tag. */
export interface Note {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  /** Neither sounds nor vibrates. */
  readonly silent: boolean;
  /** When it is over even if the page can't close it, in ms since the epoch. */
  readonly until: number;
}

type NotificationClass = Pick<typeof Notification, 'permission' | 'requestPermission'> &
  (new (title: string, options?: NotificationOptions) => Notification);

/** `window.Notification`; null if the browser has none. */
export const NOTIFICATION = new InjectionToken<NotificationClass | null>('Notification', {
  factory: () => inject(DOCUMENT).defaultView?.Notification ?? null,
});

type Registration = Pick<ServiceWorkerRegistration, 'showNotification' | 'getNotifications'>;

/** The app's service worker, if it is registered by now. */
export const WORKER_REGISTRATION = new InjectionToken<() => Promise<Registration | undefined>>(
  'ServiceWorkerRegistration',
  {
    factory: () => {
      // Browsers define it on secure origins only, although its type is never undefined.
      const workers: ServiceWorkerContainer | undefined =
        inject(DOCUMENT).defaultView?.navigator.serviceWorker;
      return async () => workers?.getRegistration();
    },
  },
);

/** System notifications (WHATWG Notifications API) while the page is hidden. */
@Injectable({ providedIn: 'root' })
export class Notifications {
  private readonly window = inject(DOCUMENT).defaultView;
  private readonly notification = inject(NOTIFICATION);
  private readonly registration = inject(WORKER_REGISTRATION);
  private readonly permission = signal<NotificationState>(this.permitted());

  /** Follows changes in the browser's own settings, if the browser reports them. */
  readonly state = this.permission.asReadonly();

  constructor() {
    void this.follow();
  }

  /** Shows the browser's permission prompt, once; must be called from a user gesture. Never rejects. */
  async ask(): Promise<NotificationState> {
    if (this.permitted() === 'default')
      await this.notification?.requestPermission().catch(noted('ui', 'permission'));
    this.permission.set(this.permitted());
    return this.permission();
  }

  /** Shows a notification, if allowed, until the returned function is called or the page closes. Never throws. */
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

  /** Closes the notifications that a crashed page has left: those with this tag prefix whose time is over. */
  async sweep(prefix: string): Promise<void> {
    try {
      const shown = (await (await this.registration())?.getNotifications()) ?? [];
      for (const one of shown) if (one.tag.startsWith(prefix) && isOver(one.data)) one.close();
    } catch (error) {
      // It stays until the person dismisses it.
      noteError('ui', 'notification-sweep', error);
    }
  }

  private permitted(): NotificationState {
    return this.notification?.permission ?? 'unsupported';
  }

  private async follow(): Promise<void> {
    try {
      const status = await this.window?.navigator.permissions.query({ name: 'notifications' });
      status?.addEventListener('change', () => this.permission.set(this.permitted()));
    } catch (error) {
      // The state is read again after a reload.
      noteError('ui', 'permission-follow', error);
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
    } catch (error) {
      // The worker is not active yet.
      noteError('ui', 'notification', error);
      return this.placeByPage(title, options);
    }
  }

  /** A notification that lives with the page. Browsers on phones support only those of a worker, and throw. */
  private placeByPage(title: string, options: NotificationOptions): readonly Notification[] {
    if (!this.notification) return [];
    try {
      const shown = new this.notification(title, options);
      shown.onclick = () => {
        this.window?.focus();
        shown.close();
      };
      return [shown];
    } catch (error) {
      noteError('ui', 'notification', error);
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
