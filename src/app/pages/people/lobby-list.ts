import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  DOCUMENT,
  type ElementRef,
  inject,
  Injector,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { Router, RouterLink } from '@angular/router';

import { I18n, injectTexts } from '../../i18n/i18n';
import { peopleTexts } from '../../i18n/people';
import { injectForgetLobby, type ForgottenLobby } from '../../people/forget-lobby';
import { KnownLobbies } from '../../people/known-lobbies';
import { People } from '../../people/people';
import { injectLobbyLabel } from './lobby-label';

/** The lobbies that this device knows: opened with one press, and forgotten with another, which can be undone. */
@Component({
  selector: 'parley-lobby-list',
  imports: [RouterLink],
  templateUrl: './lobby-list.html',
  styleUrl: './lobby-list.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LobbyList {
  /** The open lobby; null if none is open. */
  readonly code = input.required<string | null>();

  protected readonly t = injectTexts(peopleTexts);
  protected readonly label = injectLobbyLabel();
  private readonly i18n = inject(I18n);
  private readonly people = inject(People);
  private readonly router = inject(Router);
  private readonly document = inject(DOCUMENT);
  private readonly injector = inject(Injector);
  private readonly forgetLobby = injectForgetLobby();
  private readonly undo = viewChild<ElementRef<HTMLElement>>('undo');

  protected readonly lobbies = inject(KnownLobbies).lobbies;
  /** The lobby that was forgotten last; offered for undoing until the page is left. */
  protected readonly forgotten = signal<ForgottenLobby | null>(null);
  /** The lobby in which this person is visible. */
  protected readonly online = computed(() => this.people.visibility()?.code ?? null);
  protected readonly time = computed(
    () => new Intl.DateTimeFormat(this.i18n.tag(), { dateStyle: 'medium', timeStyle: 'short' }),
  );

  protected nameOf({ code, name }: ForgottenLobby): string {
    return name || this.label(code);
  }

  protected forget(code: string): void {
    const isOpen = code === this.code();
    this.forgotten.set(this.forgetLobby(code));
    // The page of a forgotten lobby would be the only place that still shows its code.
    if (isOpen) void this.router.navigate(['/lobby'], { replaceUrl: true });
    // The pressed button no longer exists.
    afterNextRender(() => this.undo()?.nativeElement.focus(), { injector: this.injector });
  }

  protected putBack(): void {
    const lobby = this.forgotten();
    this.forgotten.set(null);
    if (!lobby) return;
    lobby.undo();
    afterNextRender(() => this.document.getElementById(`forget-${lobby.code}`)?.focus(), {
      injector: this.injector,
    });
  }
}
