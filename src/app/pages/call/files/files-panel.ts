import { ChangeDetectionStrategy, Component, computed, inject, output, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';

import { Files } from '../../../files/files';
import { sharedFiles } from '../../../files/shared-files';
import type { GivenFile } from '../../../files/transfers';
import { filesTexts } from '../../../i18n/files';
import { I18n, injectTexts } from '../../../i18n/i18n';
import { noted } from '../../../log/note';
import { addIcon, attachFileIcon } from '../../../ui/icon/panel-icons';
import { Icon } from '../../../ui/icon/icon';
import { takeChosen } from './chosen-files';
import { FileRow } from './file-row';

/** Offers files to the other members, and shows all files of this call. */
@Component({
  selector: 'parley-files-panel',
  imports: [FileRow, Icon, MatButton],
  templateUrl: './files-panel.html',
  styleUrl: './files-panel.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FilesPanel {
  readonly given = output<readonly GivenFile[]>();

  protected readonly t = injectTexts(filesTexts);
  protected readonly icons = { files: attachFileIcon, folder: addIcon };
  private readonly i18n = inject(I18n);
  protected readonly files = inject(Files);
  private readonly others = toSignal(this.files.others$, { initialValue: [] });
  private readonly transfers = toSignal(this.files.transfers$, { initialValue: [] });
  private readonly shared = signal<readonly File[]>([]);

  protected readonly alone = computed(() => this.others().length === 0);
  /** Newest first: what the person is asked about is at the top. */
  protected readonly newest = computed(() => this.transfers().toReversed());
  protected readonly takeable = computed(() =>
    this.transfers()
      .filter(
        ({ direction, place, state }) => direction === 'in' && place !== 'none' && state.phase === 'offered',
      )
      .map(({ key }) => key),
  );
  protected readonly sharedWords = computed(() => {
    const count = this.shared().length;
    return count > 0 ? this.t(`files.shared.${this.i18n.plural(count)}`, { count }) : null;
  });
  /** Phones can't choose folders. */
  protected readonly canChooseFolders =
    'webkitdirectory' in HTMLInputElement.prototype && matchMedia('(hover: hover)').matches;

  constructor() {
    void sharedFiles.read().then((files) => this.shared.set(files), noted('pages', 'shared-files'));
  }

  protected choose(input: HTMLInputElement): void {
    const files = takeChosen(input);
    if (files.length > 0) this.given.emit(files);
  }

  protected sendShared(): void {
    this.given.emit(this.shared().map((file) => ({ file, path: '' })));
    this.dropShared();
  }

  protected dropShared(): void {
    this.shared.set([]);
    void sharedFiles.clear();
  }
}
