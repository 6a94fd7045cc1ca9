import {
  computed,
  DOCUMENT,
  effect,
  inject,
  Injectable,
  InjectionToken,
  Injector,
  untracked,
  type EffectCleanupRegisterFn,
  type Signal,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { map } from 'rxjs';

import { wallTime } from '../../loading/clock';
import { visible$ } from '../../loading/visible';
import { noted } from '../../log/note';
import type { IncomingRing, OutgoingRing } from '../../people/people';
import { Sounds } from '../sounds';
import { Notifications } from './notifications';
import { markTitle } from './title-mark';

/** Texts about a ring, in the language of the page. */
export interface RingWords {
  readonly title: string;
  readonly body: string;
}

/** The device features used when it rings; browsers support some of them. */
export interface RingDevice {
  vibrate?(pattern: number | number[]): boolean;
  setAppBadge?(count: number): Promise<void>;
  clearAppBadge?(): Promise<void>;
  readonly userActivation?: Pick<UserActivation, 'hasBeenActive'>;
}

export const RING_DEVICE = new InjectionToken<RingDevice>('Navigator', {
  factory: () => inject(DOCUMENT).defaultView?.navigator ?? {},
});

/** Prefix of the tags of all ring notifications; the service worker (public/worker.js) recognizes them by it. */
const TAG = 'parley-ring-';

/** How long a ring lasts, in ms. */
const LASTS = 45_000;

/** Vibrates twice, then rests, in ms (W3C Vibration API). Covers the length of a ring, so that no timer is needed. */
const once = [400, 200, 400, 2_000];
const pattern = Array.from({ length: LASTS / 3_000 }, () => once).flat();

/**
 * Alerts the person while it rings. There is a sound (unless sounds are off); the device vibrates if the page is visible. If it
 * is hidden, there is a notification and a mark in the page's title. Also shows the number of missed rings on the app's icon.
 *
 * It only alerts; `People` handles rings and answers.
 */
@Injectable({ providedIn: 'root' })
export class RingAlert {
  private readonly document = inject(DOCUMENT);
  private readonly device = inject(RING_DEVICE);
  private readonly injector = inject(Injector);
  private readonly sounds = inject(Sounds);
  private readonly notifications = inject(Notifications);

  private readonly hidden = toSignal(visible$(this.document).pipe(map((visible) => !visible)), {
    requireSync: true,
  });

  /**
   * Alerts to pending rings until the returned function is called; sounds and notifications end with the ring.
   *
   * @param words texts about a ring; may read signals, such as the language
   */
  follow(incoming: Signal<readonly IncomingRing[]>, words: (ring: IncomingRing) => RingWords): () => void {
    void this.notifications.sweep(TAG);
    const ringing = computed(() => incoming().filter(({ ended }) => ended === null));
    const rings = computed(() => ringing().length > 0);
    const first = computed(() => {
      const [ring] = ringing();
      return ring && this.hidden() ? words(ring).title : null;
    });
    const shown = new Map<string, () => void>();
    const stops = [
      this.during(rings, () => this.sounds.on() && this.sounds.repeat('ring')),
      this.during(rings, () => !this.hidden() && this.tremble()),
      this.watch((ends) => {
        const title = first();
        if (title !== null) ends(markTitle(this.document, `🔔 ${title}`));
      }),
      this.watch(() => {
        const told = this.hidden() && this.notifications.state() === 'granted' ? ringing() : [];
        untracked(() => this.notify(shown, told, words));
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      this.notify(shown, [], words);
    };
  }

  /** Plays the ringback tone while an outgoing ring rings, until the returned function is called. */
  followOutgoing(outgoing: Signal<Pick<OutgoingRing, 'outcome'> | null>): () => void {
    const rings = computed(() => outgoing()?.outcome === 'ringing');
    return this.during(rings, () => this.sounds.on() && this.sounds.repeat('ringback'));
  }

  /**
   * Shows the number of missed rings on the icon of the installed app (W3C Badging API), until the returned function is called.
   */
  followMissed(missed: Signal<number>): () => void {
    return this.watch(() => {
      const count = missed();
      const done = count > 0 ? this.device.setAppBadge?.(count) : this.device.clearAppBadge?.();
      // Rejects if the app isn't installed: then there is no icon.
      done?.catch(noted('ui', 'badge'));
    });
  }

  private tremble(): (() => void) | false {
    // A page that the person hasn't touched yet may not vibrate; trying only logs a warning.
    if (!this.device.vibrate || this.device.userActivation?.hasBeenActive === false) return false;
    this.device.vibrate(pattern);
    return () => this.device.vibrate?.(0);
  }

  private notify(
    shown: Map<string, () => void>,
    told: readonly IncomingRing[],
    words: (ring: IncomingRing) => RingWords,
  ): void {
    for (const [id, end] of shown) {
      if (told.some((ring) => ring.id === id)) continue;
      end();
      shown.delete(id);
    }
    for (const ring of told) {
      if (shown.has(ring.id)) continue;
      const note = { ...words(ring), tag: TAG + ring.id, silent: !this.sounds.on() };
      shown.set(ring.id, this.notifications.show({ ...note, until: wallTime() + LASTS }));
    }
  }

  /** Begins something while the condition holds, and begins it again when a signal that it reads changes. */
  private during(condition: Signal<boolean>, begin: () => (() => void) | false): () => void {
    return this.watch((ends) => {
      const end = condition() && begin();
      if (end) ends(end);
    });
  }

  private watch(act: (ends: EffectCleanupRegisterFn) => void): () => void {
    const reference = effect((ends) => act(ends), { injector: this.injector });
    return () => reference.destroy();
  }
}
