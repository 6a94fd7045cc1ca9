import { ChangeDetectionStrategy, Component, DOCUMENT, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { callTexts } from '../../i18n/call';
import { injectTexts } from '../../i18n/i18n';
import { injectArrivals } from '../../loading/parts';
import { Announcer } from '../../ui/announcer';
import { checkIcon, contentCopyIcon, shareIcon } from '../../ui/icon/call-icons';
import { Icon } from '../../ui/icon/icon';
import { callLink } from './call-link';
import { QrCode } from './qr-code';

/** How to get others into the call: code, link, QR code, and what the device itself shares by. */
@Component({
  selector: 'parley-invite-panel',
  imports: [Icon, MatButton, QrCode],
  templateUrl: './invite-panel.html',
  styleUrl: './invite-panel.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class InvitePanel {
  readonly code = input.required<string>();
  /** Why nobody could come in just now, if so. */
  readonly obstacle = input<'full' | 'closed' | null>(null);

  protected readonly t = injectTexts(callTexts);
  protected readonly there = injectArrivals({
    code: () => import('./qr-code'),
  });
  private readonly document = inject(DOCUMENT);
  private readonly announcer = inject(Announcer);
  private readonly navigator: Partial<Navigator> = this.document.defaultView?.navigator ?? {};

  protected readonly icons = { copy: contentCopyIcon, check: checkIcon, share: shareIcon };
  protected readonly link = computed(() => callLink(this.document.location.origin, this.code()));
  protected readonly copied = signal<'yes' | 'failed' | null>(null);
  protected readonly canShare = 'share' in this.navigator;

  protected async copy(link: HTMLInputElement): Promise<void> {
    try {
      if (!this.navigator.clipboard) throw new Error('no clipboard');
      await this.navigator.clipboard.writeText(this.link());
      this.copied.set('yes');
      this.announcer.say(this.t('invite.copied'));
    } catch {
      link.focus();
      link.select();
      // The old way works where the new one is refused, on insecure origins for one.
      const done = this.document.execCommand('copy');
      this.copied.set(done ? 'yes' : 'failed');
      this.announcer.say(this.t(done ? 'invite.copied' : 'invite.copyFailed'));
    }
  }

  protected async share(): Promise<void> {
    try {
      await this.navigator.share?.({ title: this.t('invite.shareTitle'), url: this.link() });
    } catch {
      // Called off by the person.
    }
  }
}
