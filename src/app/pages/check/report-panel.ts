import {
  ChangeDetectionStrategy,
  Component,
  DOCUMENT,
  type ElementRef,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';

import { checkTexts } from '../../i18n/check';
import { injectTexts } from '../../i18n/i18n';
import { noteError } from '../../log/note';
import { Announcer } from '../../ui/announcer';
import { checkIcon, contentCopyIcon, shareIcon } from '../../ui/icon/call-icons';
import { Icon } from '../../ui/icon/icon';

/** Shows the report, copies it, and shares it if the device can. */
@Component({
  selector: 'parley-report-panel',
  imports: [Icon],
  templateUrl: './report-panel.html',
  styleUrl: './report-panel.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ReportPanel {
  readonly report = input.required<string>();

  protected readonly t = injectTexts(checkTexts);
  private readonly document = inject(DOCUMENT);
  private readonly announcer = inject(Announcer);
  private readonly navigator: Partial<Navigator> = this.document.defaultView?.navigator ?? {};
  private readonly shown = viewChild.required<ElementRef<HTMLElement>>('text');

  protected readonly icons = { copy: contentCopyIcon, check: checkIcon, share: shareIcon };
  protected readonly open = signal(false);
  protected readonly copied = signal<'yes' | 'failed' | null>(null);
  protected readonly canShare = 'share' in this.navigator;

  protected async copy(): Promise<void> {
    try {
      if (!this.navigator.clipboard) throw new Error('no clipboard');
      await this.navigator.clipboard.writeText(this.report());
      this.copied.set('yes');
      this.announcer.say(this.t('report.copied'));
    } catch (error) {
      noteError('pages', 'copy', error);
      this.open.set(true);
      this.document.defaultView?.getSelection()?.selectAllChildren(this.shown().nativeElement);
      this.copied.set('failed');
      this.announcer.say(this.t('report.copyFailed'));
    }
  }

  protected async share(): Promise<void> {
    try {
      await this.navigator.share?.({ text: this.report() });
    } catch (error) {
      // The person cancelled it.
      noteError('pages', 'share', error);
    }
  }
}
