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
import type { IncomingRing, OutgoingRing } from '../../people/people';
import { Sounds } from '../sounds';
import { Notifications } from './notifications';
import { markTitle } from './title-mark';

/** What is said of a ring, in the language of the page. */
export interface RingWords {
  readonly title: string;
  readonly body: string;
}

/** What of the device stirs when it rings; browsers have some of it. */
export interface RingDevice {
  vibrate?(pattern: number | number[]): boolean;
  setAppBadge?(count: number): Promise<void>;
  clearAppBadge?(): Promise<void>;
  readonly userActivation?: Pick<UserActivation, 'hasBeenActive'>;
}

export const RING_DEVICE = new InjectionToken<RingDevice>('Navigator', {
  factory: () => inject(DOCUMENT).defaultView?.navigator ?? {},
});

/** Begins the tag of every notification of a ring; the service worker (public/worker.js) knows them by it. */
const TAG = 'parley-ring-';

/** A ring lasts so long, ms. */
const LASTS = 45_000;

/** Trembles twice, then rests, ms (W3C Vibration API): as often as a ring lasts, so that no timer is needed. */
const once = [400, 200, 400, 2_000];
const pattern = Array.from({ length: LASTS / 3_000 }, () => once).flat();

/**
 * What happens on this device while it rings: a sound (unless sounds are off) and trembling, and for whoever does not look,
 * a notification and a mark in the page's title. And a number on the app's icon for what was missed.
 *
 * It only tells; who rings, and what is answered, is the matter of `People`.
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
   * Tells of the rings that wait, until the returned function is called; all that sounds or shows ends with the ring.
   *
   * @param words of a ring; may read signals, such as the language
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

  /** Sounds as it rings there, until the returned function is called. */
  followOutgoing(outgoing: Signal<Pick<OutgoingRing, 'outcome'> | null>): () => void {
    const rings = computed(() => outgoing()?.outcome === 'ringing');
    return this.during(rings, () => this.sounds.on() && this.sounds.repeat('ringback'));
  }

  /** Shows on the icon of the installed app how many were missed (W3C Badging API), until the returned function is called. */
  followMissed(missed: Signal<number>): () => void {
    return this.watch(() => {
      const count = missed();
      const done = count > 0 ? this.device.setAppBadge?.(count) : this.device.clearAppBadge?.();
      // Where the app is not installed there is no icon to put it on.
      done?.catch(() => undefined);
    });
  }

  private tremble(): (() => void) | false {
    // A page that nobody has touched yet may not, and would only be warned of it.
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

  /** Begins what ends with the condition, and begins it anew when a signal that it reads changes. */
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
