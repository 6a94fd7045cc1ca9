import { computed, inject, type Signal } from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { filter, map, of, startWith, switchMap, timer } from 'rxjs';

import { Call } from '../../../call/call';
import type { Notice } from '../../../call/call-state';
import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { Announcer } from '../../../ui/announcer';
import { Sounds } from '../../../ui/sounds';

/** Delay of the sound for an arrival, in ms, so that it doesn't compete with the new member's picture. */
const AFTER_PICTURE = 500;
/** How long a passing notice stays in the status line, in ms. */
const REMARK_TIME = 6_000;

/** The notices that this tells; those of moderation are told where it is shown. */
type Told = Exclude<Notice, { kind: 'asked' | 'mute' | 'host' }>;
const isTold = (notice: Notice): notice is Told => !['asked', 'mute', 'host'].includes(notice.kind);

/** Whether a notice is read out instead of shown in the status line. */
const isSpoken = ({ kind }: Told): boolean => kind === 'joined' || kind === 'device';

/**
 * Plays the sounds of members who join and leave, and announces notices that the status line doesn't show. Returns the text
 * that the status line shows for a few seconds; null while there is none. Must be called in an injection context.
 */
export const injectNotices = (): Signal<string | null> => {
  const t = injectTexts(callTexts);
  const notices$ = inject(Call).notices$.pipe(filter(isTold));
  const sounds = inject(Sounds);
  const announcer = inject(Announcer);
  const words = (notice: Told): string => {
    switch (notice.kind) {
      case 'tampered':
        return t('status.tampered', { count: notice.count });
      case 'unsaved':
        return t('notice.unsaved');
      case 'device':
        return t(`notice.device.${notice.device}`);
      case 'joined':
        return t('notice.joined', { name: notice.name || t('guest') });
      default:
        return t(`status.${notice.kind}`, { name: notice.name || t('guest') });
    }
  };
  notices$.pipe(takeUntilDestroyed()).subscribe((notice) => {
    if (notice.kind === 'joined') setTimeout(() => void sounds.play('joined'), AFTER_PICTURE);
    if (notice.kind === 'left' || notice.kind === 'lost') void sounds.play('left');
    if (isSpoken(notice)) announcer.say(words(notice));
  });
  const remark = toSignal(
    notices$.pipe(
      switchMap((notice) =>
        isSpoken(notice)
          ? of(null)
          : timer(REMARK_TIME).pipe(
              map(() => null),
              startWith(notice),
            ),
      ),
    ),
    { initialValue: null },
  );
  return computed(() => {
    const notice = remark();
    return notice && words(notice);
  });
};
