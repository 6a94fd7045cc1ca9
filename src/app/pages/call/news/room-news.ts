import {
  computed,
  DestroyRef,
  inject,
  Injector,
  PendingTasks,
  runInInjectionContext,
  type Signal,
  signal,
} from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { EMPTY, map, switchMap } from 'rxjs';

import { Call } from '../../../call/call';
import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { Parts } from '../../../loading/parts';
import { noted } from '../../../log/note';
import { Announcer } from '../../../ui/announcer';
import type { RoomActivity } from '../room/loaded-activity';
import type { PanelKind } from '../room/panels';
import { passing, type PassingNews } from './passing-news';
import type { Deed } from './told';

/** How long a remark stays in the status line, in ms. */
const REMARK_TIME = 6_000;

/**
 * Tells what other members do, and what happens to the call. What others do is also shown in a toast, unless the open panel
 * shows the same. Must be called in an injection context.
 */
export const injectNews = (activity: Pick<RoomActivity, 'loaded$'>, panel: Signal<PanelKind | null>) => {
  const t = injectTexts(callTexts);
  const announcer = inject(Announcer);
  const parts = inject(Parts);
  const injector = inject(Injector);
  // Makes the app count as unstable until the person has heard of the deed.
  const tasks = inject(PendingTasks);
  const toast = signal<PassingNews | null>(null);
  const remark = signal<string | null>(null);
  let leaves: ReturnType<typeof setTimeout> | undefined;
  const show = (words: string): void => {
    clearTimeout(leaves);
    remark.set(words);
    leaves = setTimeout(() => remark.set(null), REMARK_TIME);
  };
  const { notices$, state$ } = inject(Call);
  // Not from the room's inputs, which change later than the notices come.
  const others = toSignal(state$.pipe(map((state) => ('members' in state ? state.members.length : 0))), {
    initialValue: 0,
  });
  let isOver = false;
  inject(DestroyRef).onDestroy(() => {
    isOver = true;
    clearTimeout(leaves);
  });

  /** Loads with the first other member, and not while this one waits alone. */
  let telling: Promise<((deed: Deed) => void) | null> | null = null;
  const load = async () => {
    const { injectTelling } = await parts.load(() => import('./tell'));
    const reading = () => panel() === 'chat';
    return isOver ? null : runInInjectionContext(injector, () => injectTelling({ others, reading, show }));
  };
  const tell = (deed: Deed): void => {
    // Deeds stay in order: all wait for the same promise.
    telling ??= load();
    tasks.run(() => telling!.then((heard) => heard?.(deed), noted('pages', 'news')));
  };

  notices$.pipe(takeUntilDestroyed()).subscribe((notice) => {
    if (notice.kind === 'device') announcer.say(t(`notice.device.${notice.device}`));
    else if (notice.kind === 'unsaved') show(t('notice.unsaved'));
    else if (notice.kind === 'tampered') show(t('status.tampered', { count: notice.count }));
    else if (notice.kind === 'joined' || notice.kind === 'left' || notice.kind === 'lost') tell(notice);
  });
  activity.loaded$
    .pipe(
      switchMap((loaded) => loaded?.news$ ?? EMPTY),
      takeUntilDestroyed(),
    )
    .subscribe((news) => {
      if (news.kind !== 'messages' || panel() !== 'chat') toast.update((before) => passing(before, news));
      if (news.kind !== 'messages') return tell(news);
      const { kind, who, name, history, messages } = news;
      tell({ kind, who, name, history, count: messages.length, text: messages.at(-1)?.text ?? '' });
    });
  return {
    /** What the status line shows for a few seconds; null while there is nothing. */
    remark: remark.asReadonly(),
    /** The toast; null while there is none. */
    toast: computed(() => {
      const news = toast();
      return news?.kind === 'messages' && panel() === 'chat' ? null : news;
    }),
    /** Removes the toast. */
    clear: (): void => toast.set(null),
    /** Removes a toast of messages: the chat shows them, and closing it must not bring the toast back. */
    clearMessages: (): void => toast.update((news) => (news?.kind === 'messages' ? null : news)),
  };
};
