import type { Injector } from '@angular/core';

import type { Notice } from '../../../call/call-state';
import { hostingTexts } from '../../../i18n/hosting';
import { I18n } from '../../../i18n/i18n';
import { LocalMedia } from '../../../media/local-media';
import { Snack, type SnackOptions } from '../../../ui/snack/snack';

/**
 * Tells that the host muted this member, or who is the host now. Rejects if the code for that can't be loaded.
 *
 * @param room aborts when the room goes, and the message with it
 */
export const tellHostNews = async (
  injector: Injector,
  notice: Extract<Notice, { kind: 'mute' | 'host' }>,
  room: AbortSignal,
): Promise<void> => {
  const i18n = injector.get(I18n);
  await i18n.load(hostingTexts);
  const { name } = notice;
  const show = (text: string, options: SnackOptions = {}) =>
    injector.get(Snack).show(text, { ...options, position: 'top', until: room });
  if (notice.kind === 'host') {
    const isOwn = name === null;
    return show(
      isOwn ? i18n.text(hostingTexts, 'news.hostOwn') : i18n.text(hostingTexts, 'news.host', { name }),
      { duration: isOwn ? 10_000 : 5_000 },
    );
  }
  return show(
    name ? i18n.text(hostingTexts, 'news.mute', { name }) : i18n.text(hostingTexts, 'news.muteNameless'),
    {
      action: {
        label: i18n.text(hostingTexts, 'unmute'),
        do: () => injector.get(LocalMedia).turn('microphone', true),
      },
    },
  );
};
