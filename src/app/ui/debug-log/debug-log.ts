import {
  afterRenderEffect,
  ChangeDetectionStrategy,
  Component,
  DOCUMENT,
  type ElementRef,
  inject,
  signal,
  viewChild,
} from '@angular/core';

import { injectTexts } from '../../i18n/i18n';
import { logTexts } from '../../i18n/log';
import { debugLog } from '../../log/log-text';
import { noteError } from '../../log/note';
import { Announcer } from '../announcer';
import { checkIcon, contentCopyIcon } from '../icon/call-icons';
import { Icon } from '../icon/icon';

/** Copies the debug log, or shows it selected where the browser refuses to copy. Says what the log contains. */
@Component({
  selector: 'parley-debug-log',
  imports: [Icon],
  templateUrl: './debug-log.html',
  styleUrl: './debug-log.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DebugLog {
  protected readonly t = injectTexts(logTexts);
  private readonly document = inject(DOCUMENT);
  private readonly announcer = inject(Announcer);
  private readonly box = viewChild<ElementRef<HTMLTextAreaElement>>('box');

  protected readonly icons = { copy: contentCopyIcon, check: checkIcon };
  protected readonly copied = signal(false);
  /** The log to copy by hand; null while there is no need to. */
  protected readonly shown = signal<string | null>(null);

  constructor() {
    afterRenderEffect(() => {
      const box = this.box()?.nativeElement;
      box?.focus();
      box?.select();
    });
  }

  protected async copy(): Promise<void> {
    const log = debugLog(this.document);
    try {
      await this.document.defaultView!.navigator.clipboard.writeText(log);
      this.shown.set(null);
      this.copied.set(true);
      this.announcer.say(this.t('copied'));
    } catch (error) {
      // Without a secure context there is no clipboard; otherwise the person or the browser refused.
      noteError('ui', 'copy-log', error);
      this.copied.set(false);
      this.shown.set(log);
      this.announcer.say(this.t('copyFailed'));
    }
  }
}
