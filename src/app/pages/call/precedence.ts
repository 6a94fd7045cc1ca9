import { computed, effect, inject, type Signal } from '@angular/core';

import type { CallState } from '../../call/call-state';
import { Engagement } from '../../people/engagement';
import { AppUpdate } from '../../pwa/app-update';
import { IdleTime } from '../../pwa/idle-time';

/** The phases in which the person is in a call, or on the way into it. */
const IN_CALL: ReadonlySet<CallState['phase']> = new Set(['knocking', 'joining', 'entering', 'seated']);

/** Whether this person is seated and connected to others, and no link is being made. A link that failed may stay so. */
const isConnected = (state: CallState): boolean =>
  state.phase === 'seated' &&
  state.members.some(({ status }) => status === 'connected') &&
  state.members.every(({ status }) => status === 'connected' || status === 'failed');

/**
 * Puts the call before everything else. During a call, no new version of the app reloads the page, and the person is not rung.
 * Until the links are made, work that can wait does: a member is joining, or may join at any moment. Must be called in an
 * injection context.
 *
 * @param hasMessage whether the page shows a message instead of a call
 */
export const takePrecedence = (state: Signal<CallState>, hasMessage: Signal<boolean>): void => {
  const updates = inject(AppUpdate);
  const engagement = inject(Engagement);
  const idleTime = inject(IdleTime);
  const connected = computed(() => isConnected(state()));
  const shared = computed(() => {
    const now = state();
    return now.phase === 'seated' && now.members.length > 0;
  });
  const inCall = computed(() => IN_CALL.has(state().phase));
  const hurried = computed(() => !hasMessage() && !connected());
  effect((onCleanup) => {
    if (!inCall()) return;
    const ends = [updates.hold(), engagement.begin()];
    onCleanup(() => ends.forEach((end) => end()));
  });
  effect((onCleanup) => {
    if (connected()) onCleanup(engagement.markConnected());
  });
  effect((onCleanup) => {
    if (shared()) onCleanup(engagement.markShared());
  });
  effect((onCleanup) => {
    if (hurried()) onCleanup(idleTime.hold());
  });
};
