import { computed, DestroyRef, DOCUMENT, effect, inject, type Signal, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { interval, map, take } from 'rxjs';

import type { Waiting } from '../../../call/call-state';
import { wallTime } from '../../../loading/clock';
import { visible$ } from '../../../loading/visible';
import { Announcer } from '../../../ui/announcer';
import { Notifications } from '../../../ui/ringing/notifications';
import { markTitle } from '../../../ui/ringing/title-mark';
import { Sounds } from '../../../ui/sounds';

/** Time between two sounds for guests who keep waiting, in ms, and how often the sound comes again. */
const REMINDER = 30_000;
const REMINDERS = 2;
/** How long a notification stays if the page can't close it, in ms. */
const LASTS = 600_000;

/** Tag of the notification; the service worker (public/worker.js) recognizes its prefix. */
const TAG = 'parley-knock-guests';

/** Texts about the guests who wait; they may read signals, such as the language. */
export interface KnockWords {
  /** Who wants to join. */
  readonly title: Signal<string>;
  readonly body: () => string;
}

/**
 * Alerts this member to guests who wait, each once: a sound, twice again if no one answers; an announcement; and while the page
 * is hidden a notification and a mark in its title. Ends with the component. Must be called in an injection context.
 */
export const alertToKnocks = (waiting: Signal<readonly Waiting[]>, { title, body }: KnockWords): void => {
  const document = inject(DOCUMENT);
  const sounds = inject(Sounds);
  const announcer = inject(Announcer);
  const notifications = inject(Notifications);
  const hidden = toSignal(visible$(document).pipe(map((visible) => !visible)), { requireSync: true });
  const some = computed(() => waiting().length > 0);

  let told: ReadonlySet<string> = new Set();
  effect(() => {
    const guests = waiting();
    const isNew = guests.some(({ id }) => !told.has(id));
    told = new Set(guests.map(({ id }) => id));
    if (!isNew) return;
    void sounds.play('knock');
    untracked(() => announcer.say(title()));
  });
  effect((onCleanup) => {
    if (!some()) return;
    const reminding = interval(REMINDER)
      .pipe(take(REMINDERS))
      .subscribe(() => void sounds.play('knock'));
    onCleanup(() => reminding.unsubscribe());
  });
  effect((onCleanup) => {
    if (some() && hidden()) onCleanup(markTitle(document, `✋ ${title()}`));
  });
  let end = () => {};
  effect(() => {
    end();
    end = () => {};
    if (!some() || !hidden() || notifications.state() !== 'granted') return;
    const note = { title: title(), body: body(), tag: TAG, until: wallTime() + LASTS };
    end = untracked(() => notifications.show({ ...note, silent: !sounds.on() }));
  });
  inject(DestroyRef).onDestroy(() => end());
};
