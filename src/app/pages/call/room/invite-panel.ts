import { ChangeDetectionStrategy, Component, DOCUMENT, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { ShareLink } from '../../../ui/share-link/share-link';
import { callLink } from '../call-link';
import { shareWords } from '../share-words';
import { injectKnowsPeople } from './knows-people';

/** Invites people to the call: code, link, QR code, and the device's own share dialog. */
@Component({
  selector: 'parley-invite-panel',
  imports: [MatButton, ShareLink],
  templateUrl: './invite-panel.html',
  styleUrl: './invite-panel.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class InvitePanel {
  readonly code = input.required<string>();
  /** Why new members can't join at present, if so. */
  readonly obstacle = input<'full' | 'closed' | null>(null);

  /** Whether newcomers must ask to be let in. */
  readonly asks = input(false);
  /** The person wants to ring people of their circles instead. */
  readonly added = output();

  protected readonly t = injectTexts(callTexts);
  protected readonly knowsPeople = injectKnowsPeople();
  private readonly origin = inject(DOCUMENT).location.origin;

  protected readonly link = computed(() => callLink(this.origin, this.code()));
  protected readonly words = shareWords(this.t);
}
