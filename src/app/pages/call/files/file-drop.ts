import { computed, Directive, inject, input, output, signal } from '@angular/core';

import type { GivenFile } from '../../../files/outgoing';
import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { Parts } from '../../../loading/parts';
import { type Address, ChosenReceiver, type Giving, injectEveryone } from './receiver';

/** Takes files that are dropped on an element, or pasted anywhere. For folders it emits the files in them. */
@Directive({
  selector: '[parleyFileDrop]',
  host: {
    '(dragenter)': 'over($event)',
    '(dragover)': 'over($event)',
    '(dragleave)': 'leave($event)',
    '(drop)': 'drop($event)',
    '(document:paste)': 'paste($event)',
    '[class.dropping]': 'dropping()',
    '[attr.data-drop]': 'words()',
  },
})
export class FileDrop {
  /** Whether it takes files. */
  readonly parleyFileDrop = input.required<boolean>();

  private readonly parts = inject(Parts);
  private readonly t = injectTexts(callTexts);
  private readonly receiver = inject(ChosenReceiver).receiver;
  private readonly everyone = injectEveryone();
  readonly given = output<Giving>();
  protected readonly dropping = signal(false);
  /** What dropping does; the style sheet shows it meanwhile. */
  protected readonly words = computed(() => {
    const to = this.receiver();
    return to ? this.t('files.dropTo', { name: to.name || this.t('guest') }) : this.t('files.drop');
  });

  protected over(event: DragEvent): void {
    if (!this.parleyFileDrop() || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    this.dropping.set(true);
  }

  protected leave({ currentTarget, relatedTarget }: DragEvent): void {
    const stays =
      currentTarget instanceof Node && relatedTarget instanceof Node && currentTarget.contains(relatedTarget);
    if (!stays) this.dropping.set(false);
  }

  protected async drop(event: DragEvent): Promise<void> {
    this.dropping.set(false);
    const { dataTransfer } = event;
    if (!this.parleyFileDrop() || !dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    const address = this.address();
    // The dropped entries are accessible only during the event.
    const entries = [...dataTransfer.items].flatMap((item) => item.webkitGetAsEntry?.() ?? []);
    const files = [...dataTransfer.files];
    if (entries.some(({ isDirectory }) => isDirectory)) {
      const { filesIn } = await this.parts.load(() => import('./dropped-folders'));
      this.give(await filesIn(entries), address);
    } else {
      this.give(inNoFolder(files), address);
    }
  }

  protected paste(event: ClipboardEvent): void {
    if (!this.parleyFileDrop()) return;
    const { clipboardData, target } = event;
    const files = [...(clipboardData?.files ?? [])];
    const intoText = target instanceof Element && target.closest('input, textarea') !== null;
    // Text that comes with a picture of itself goes into the text box.
    if (files.length === 0 || (intoText && clipboardData?.types.includes('text/plain'))) return;
    event.preventDefault();
    this.give(inNoFolder(files), this.address());
  }

  private address(): Address {
    const one = this.receiver();
    return one ? { to: [one], everyone: false } : this.everyone();
  }

  private give(files: readonly GivenFile[], address: Address): void {
    if (files.length > 0) this.given.emit({ files, ...address });
  }
}

const inNoFolder = (files: readonly File[]) => files.map((file): GivenFile => ({ file, path: '' }));
