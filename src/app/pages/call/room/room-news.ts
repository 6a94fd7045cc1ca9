import { computed, inject, type Signal, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { EMPTY, switchMap } from 'rxjs';

import type { ActivityNews } from '../../../activity/activity';
import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { Announcer } from '../../../ui/announcer';
import { Sounds } from '../../../ui/sounds';
import type { RoomActivity } from './loaded-activity';
import type { PanelKind } from './panels';
import { passing, type PassingNews } from './passing-news';

/** Maximum number of a message's characters that are read out: the rest is in the chat. */
const SPOKEN_LENGTH = 200;

/**
 * Announces what other members do, and shows it in a toast, unless the open panel shows the same. Must be called in an
 * injection context.
 */
export const injectNews = (activity: Pick<RoomActivity, 'loaded$'>, panel: Signal<PanelKind | null>) => {
  const t = injectTexts(callTexts);
  const announcer = inject(Announcer);
  const sounds = inject(Sounds);
  const shown = signal<PassingNews | null>(null);
  const tell = (news: ActivityNews): void => {
    const name = news.name || t('guest');
    if (news.kind !== 'messages' || panel() !== 'chat') shown.update((before) => passing(before, news));
    switch (news.kind) {
      case 'messages': {
        if (!news.history) void sounds.play('message');
        if (panel() === 'chat') return;
        const [message] = news.messages;
        return announcer.say(
          news.messages.length === 1 && message
            ? t('notice.message', { name, text: [...message.text].slice(0, SPOKEN_LENGTH).join('') })
            : t('notice.messages', { name, count: news.messages.length }),
        );
      }
      case 'hand':
        return announcer.say(t('notice.hand', { name }));
      case 'reaction':
        return announcer.say(t('notice.reaction', { name, emoji: news.emoji }));
    }
  };
  activity.loaded$
    .pipe(
      switchMap((loaded) => loaded?.news$ ?? EMPTY),
      takeUntilDestroyed(),
    )
    .subscribe(tell);
  return {
    /** The toast; null while there is none. */
    toast: computed(() => {
      const news = shown();
      return news?.kind === 'messages' && panel() === 'chat' ? null : news;
    }),
    /** Removes the toast. */
    clear: (): void => shown.set(null),
    /** Removes a toast of messages: the chat shows them, and closing it must not bring the toast back. */
    clearMessages: (): void => shown.update((news) => (news?.kind === 'messages' ? null : news)),
  };
};
