import {
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { Router } from '@angular/router';

import { readTyped } from '../../call/code';
import { injectTexts } from '../../i18n/i18n';
import { peopleTexts } from '../../i18n/people';
import type { PeopleReason } from '../../people/people';
import { Drafts } from '../../ui/drafts';
import { meetingRoomIcon } from '../../ui/icon/people-icons';
import { Icon } from '../../ui/icon/icon';
import { ScanButton } from '../scan/scan-button';
import { injectTroubleWords } from './trouble-words';

/** The two ways into a lobby: by its code, or by creating one. */
@Component({
  selector: 'parley-lobby-entry',
  imports: [Icon, ScanButton],
  templateUrl: './lobby-entry.html',
  styleUrl: './lobby-entry.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LobbyEntry {
  readonly making = input.required<boolean>();
  /** Why no lobby could be created, after a failed attempt. */
  readonly trouble = input.required<PeopleReason | null>();
  /** *Create a circle* was pressed, with the person's own name for it, which may be empty. */
  readonly made = output<string>();

  protected readonly t = injectTexts(peopleTexts);
  protected readonly troubleWords = injectTroubleWords(false);
  protected readonly icons = { lobby: meetingRoomIcon };
  private readonly router = inject(Router);
  private readonly drafts = inject(Drafts);
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');

  protected readonly name = computed(() => this.drafts.get('lobby name') ?? '');
  protected readonly typed = computed(() => this.drafts.get('lobby code') ?? '');
  protected readonly mistake = signal<'lobby.codeMissing' | 'lobby.codeWrong' | 'lobby.codeSeveral' | null>(
    null,
  );

  protected call(name: string): void {
    this.drafts.set('lobby name', name);
  }

  protected type(text: string): void {
    this.drafts.set('lobby code', text);
    this.mistake.set(null);
  }

  protected open(): void {
    const read = readTyped(this.typed());
    if (read.kind === 'code') {
      this.drafts.set('lobby code', null);
      void this.router.navigate([`/${read.place ?? 'lobby'}`], { fragment: read.code });
      return;
    }
    if (read.kind === 'several') this.mistake.set('lobby.codeSeveral');
    else this.mistake.set(this.typed().trim() ? 'lobby.codeWrong' : 'lobby.codeMissing');
    this.box().nativeElement.focus();
  }
}
