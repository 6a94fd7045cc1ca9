import { ChangeDetectionStrategy, Component, DOCUMENT, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { injectArrivals } from '../../loading/parts';
import { noteError } from '../../log/note';
import { Announcer } from '../announcer';
import { checkIcon, contentCopyIcon, shareIcon } from '../icon/call-icons';
import { Icon } from '../icon/icon';
import { QrCode } from '../qr-code/qr-code';

/** Texts about a link, worded for the place that it leads to. */
export interface ShareWords {
  /** Name of the code. */
  readonly code: string;
  readonly link: string;
  readonly copy: string;
  readonly copied: string;
  readonly copyFailed: string;
  readonly share: string;
  /** Title that is shared with the link. */
  readonly shareTitle: string;
  readonly qr: string;
}

/** A place's code, link and QR code. The link can be copied, or shared with the device's own share dialog. */
@Component({
  selector: 'parley-share-link',
  imports: [Icon, MatButton, QrCode],
  templateUrl: './share-link.html',
  styleUrl: './share-link.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ShareLink {
  /** What the link leads to; part of the elements' ids. */
  readonly place = input.required<'call' | 'lobby'>();
  readonly code = input.required<string>();
  readonly link = input.required<string>();
  readonly words = input.required<ShareWords>();
  /** Leaves out the code and the QR code. */
  readonly brief = input(false);

  protected readonly there = injectArrivals({
    code: () => import('../qr-code/qr-code'),
  });
  private readonly document = inject(DOCUMENT);
  private readonly announcer = inject(Announcer);
  private readonly navigator: Partial<Navigator> = this.document.defaultView?.navigator ?? {};

  protected readonly icons = { copy: contentCopyIcon, check: checkIcon, share: shareIcon };
  protected readonly copied = signal<'yes' | 'failed' | null>(null);
  protected readonly canShare = 'share' in this.navigator;

  protected async copy(link: HTMLInputElement): Promise<void> {
    const { copied, copyFailed } = this.words();
    try {
      if (!this.navigator.clipboard) throw new Error('no clipboard');
      await this.navigator.clipboard.writeText(this.link());
      this.copied.set('yes');
      this.announcer.say(copied);
    } catch (error) {
      noteError('ui', 'copy', error);
      link.focus();
      link.select();
      // `execCommand` works where the Clipboard API is refused, for example on insecure origins.
      const done = this.document.execCommand('copy');
      this.copied.set(done ? 'yes' : 'failed');
      this.announcer.say(done ? copied : copyFailed);
    }
  }

  protected async share(): Promise<void> {
    try {
      await this.navigator.share?.({ title: this.words().shareTitle, url: this.link() });
    } catch (error) {
      // The person cancelled it.
      noteError('ui', 'share', error);
    }
  }
}
