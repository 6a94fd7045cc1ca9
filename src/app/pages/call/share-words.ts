import { computed, type Signal } from '@angular/core';

import type { callEn } from '../../i18n/call.en';
import type { Translate } from '../../i18n/texts';
import type { ShareWords } from '../../ui/share-link/share-link';

/** How a call's link is worded. */
export const shareWords = (t: Translate<typeof callEn>): Signal<ShareWords> =>
  computed(() => ({
    code: t('invite.code'),
    link: t('invite.link'),
    copy: t('invite.copy'),
    copied: t('invite.copied'),
    copyFailed: t('invite.copyFailed'),
    share: t('invite.share'),
    shareTitle: t('invite.shareTitle'),
    qr: t('invite.qr'),
  }));
