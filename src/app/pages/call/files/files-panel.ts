import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  effect,
  ElementRef,
  inject,
  output,
  signal,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';

import { Files } from '../../../files/files';
import { sharedFiles } from '../../../files/shared-files';
import type { GivenFile } from '../../../files/outgoing';
import { callTexts } from '../../../i18n/call';
import { filesTexts } from '../../../i18n/files';
import { I18n, injectTexts } from '../../../i18n/i18n';
import { noted } from '../../../log/note';
import { addIcon, attachFileIcon } from '../../../ui/icon/panel-icons';
import { Icon } from '../../../ui/icon/icon';
import { takeChosen } from './chosen-files';
import { FileRow } from './file-row';
import { OfferingRow } from './offering-row';
import { ChosenReceiver, type Giving, type Receiver } from './receiver';

/** Offers files to the other members or to one of them, and shows all files of this call. */
@Component({
  selector: 'parley-files-panel',
  imports: [FileRow, Icon, MatButton, OfferingRow],
  templateUrl: './files-panel.html',
  styleUrl: './files-panel.scss',
  host: { tabindex: '-1' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FilesPanel {
  readonly given = output<Giving>();

  protected readonly t = injectTexts(filesTexts);
  protected readonly callT = injectTexts(callTexts);
  protected readonly icons = { files: attachFileIcon, folder: addIcon };
  private readonly i18n = inject(I18n);
  protected readonly files = inject(Files);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly chosen = inject(ChosenReceiver).receiver;
  protected readonly others = toSignal(this.files.others$, { initialValue: [] });
  private readonly offerings = toSignal(this.files.offerings$, { initialValue: [] });
  private readonly shared = signal<readonly File[]>([]);
  /** The receiver when the person opened the file chooser. */
  private asked: Receiver | null = null;

  protected readonly alone = computed(() => this.others().length === 0);
  /** The chosen member while there are several; null for everyone. */
  protected readonly receiver = computed(
    (): Receiver | null => {
      const others = this.others();
      const found = others.find(({ session }) => session === this.chosen()?.session);
      return others.length > 1 && found ? { session: found.session, name: found.name } : null;
    },
    { equal: (a, b) => a?.session === b?.session && a?.name === b?.name },
  );
  /** Newest first: what the person is asked about is at the top. */
  protected readonly newest = computed(() => this.offerings().toReversed());
  protected readonly takeable = computed(() =>
    this.offerings()
      .flatMap(({ transfers }) => transfers)
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
    // A member who left is not chosen any more, and a panel that is closed chooses no one.
    effect(() => this.chosen.set(this.receiver()));
    inject(DestroyRef).onDestroy(() => this.chosen.set(null));
    void sharedFiles.read().then((files) => this.shared.set(files), noted('pages', 'shared-files'));
  }

  protected select(session: string): void {
    this.chosen.set(this.others().find((other) => other.session === session) ?? null);
  }

  protected ask(chooser: HTMLInputElement): void {
    this.asked = this.receiver();
    chooser.click();
  }

  protected choose(chooser: HTMLInputElement): void {
    this.give(takeChosen(chooser), this.asked);
  }

  protected sendShared(): void {
    this.give(
      this.shared().map((file) => ({ file, path: '' })),
      this.receiver(),
    );
    this.dropShared();
  }

  protected dropShared(): void {
    this.shared.set([]);
    void sharedFiles.clear();
  }

  /** No card is left for the focus. */
  protected keepFocus(chooser: { readonly disabled: boolean; focus(): void }): void {
    (chooser.disabled ? this.host : chooser).focus();
  }

  private give(files: readonly GivenFile[], to: Receiver | null): void {
    if (files.length > 0) this.given.emit({ files, to });
  }
}
