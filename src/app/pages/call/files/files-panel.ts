import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
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
import { type Address, ChosenReceiver, type Giving, injectEveryone } from './receiver';

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
  private readonly everyone = injectEveryone();
  /** Whom the files are for that the person is choosing. */
  private asked: Address | null = null;

  protected readonly alone = computed(() => this.others().length === 0);
  /** The chosen member; null for everyone. */
  protected readonly receiver = this.chosen.asReadonly();
  /** The chosen member has left: nothing is sent until the person chooses again. */
  protected readonly gone = computed(() => {
    const one = this.chosen();
    return one !== null && !this.others().some(({ session }) => session === one.session);
  });
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
    // A panel that is closed chooses no one.
    inject(DestroyRef).onDestroy(() => this.chosen.set(null));
    void sharedFiles.read().then((files) => this.shared.set(files), noted('pages', 'shared-files'));
  }

  protected select(session: string): void {
    const found = this.others().find((other) => other.session === session);
    this.chosen.set(found ? { session, name: found.name } : null);
  }

  protected ask(chooser: HTMLInputElement): void {
    this.asked = this.address();
    chooser.click();
  }

  protected choose(chooser: HTMLInputElement): void {
    if (this.asked) this.give(takeChosen(chooser), this.asked);
  }

  protected sendShared(): void {
    this.give(
      this.shared().map((file) => ({ file, path: '' })),
      this.address(),
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

  private address(): Address {
    const one = this.receiver();
    return one ? { to: [one], everyone: false } : this.everyone();
  }

  private give(files: readonly GivenFile[], address: Address): void {
    if (files.length > 0) this.given.emit({ files, ...address });
  }
}
