import { ChangeDetectionStrategy, Component, DOCUMENT, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { injectArrivals } from '../../loading/parts';
import { Announcer } from '../announcer';
import { checkIcon, contentCopyIcon, shareIcon } from '../icon/call-icons';
import { Icon } from '../icon/icon';
import { QrCode } from '../qr-code/qr-code';

/** What is said about a link, in the words of the place that it leads to. */
export interface ShareWords {
  /** What the code is called. */
  readonly code: string;
  readonly link: string;
  readonly copy: string;
  readonly copied: string;
  readonly copyFailed: string;
  readonly share: string;
  /** Goes with the link where the device shares it. */
  readonly shareTitle: string;
  readonly qr: string;
}

/** A place's code, link and QR code, to be copied, and shared by what the device itself shares by. */
@Component({
  selector: 'parley-share-link',
  imports: [Icon, MatButton, QrCode],
  templateUrl: './share-link.html',
  styleUrl: './share-link.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ShareLink {
  /** Of what; its elements are told apart by it. */
  readonly place = input.required<'call' | 'lobby'>();
  readonly code = input.required<string>();
  readonly link = input.required<string>();
  readonly words = input.required<ShareWords>();

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
    } catch {
      link.focus();
      link.select();
      // The old way works where the new one is refused, on insecure origins for one.
      const done = this.document.execCommand('copy');
      this.copied.set(done ? 'yes' : 'failed');
      this.announcer.say(done ? copied : copyFailed);
    }
  }

  protected async share(): Promise<void> {
    try {
      await this.navigator.share?.({ title: this.words().shareTitle, url: this.link() });
    } catch {
      // Called off by the person.
    }
  }
}
