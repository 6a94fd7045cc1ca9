import { ChangeDetectionStrategy, Component, DOCUMENT, computed, inject, input } from '@angular/core';

import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { ShareLink } from '../../../ui/share-link/share-link';
import { callLink } from '../call-link';
import { shareWords } from '../share-words';

/** Invites people to the call: code, link, QR code, and the device's own share dialog. */
@Component({
  selector: 'parley-invite-panel',
  imports: [ShareLink],
  templateUrl: './invite-panel.html',
  styleUrl: './invite-panel.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class InvitePanel {
  readonly code = input.required<string>();
  /** Why new members can't join at present, if so. */
  readonly obstacle = input<'full' | 'closed' | null>(null);

  protected readonly t = injectTexts(callTexts);
  private readonly origin = inject(DOCUMENT).location.origin;

  protected readonly link = computed(() => callLink(this.origin, this.code()));
  protected readonly words = shareWords(this.t);
}
