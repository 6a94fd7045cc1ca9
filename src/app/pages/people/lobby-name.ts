import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  Injector,
  input,
  linkedSignal,
  viewChild,
} from '@angular/core';

import { injectTexts } from '../../i18n/i18n';
import { peopleTexts } from '../../i18n/people';
import { KnownLobbies } from '../../people/known-lobbies';
import { isPressed } from '../../ui/pressed';

/** The page's heading: the person's own name for the lobby, which they can change. */
@Component({
  selector: 'parley-lobby-name',
  template: `
    <div class="line">
      <h1>
        <bdi>{{ name() || t('lobby') }}</bdi>
      </h1>
      @if (known() && !editing()) {
        <button #edit type="button" class="button text" (click)="begin()">
          {{ t(name() ? 'lobby.rename' : 'lobby.giveName') }}
        </button>
      }
    </div>
    @if (editing()) {
      <form class="field" novalidate (submit)="$event.preventDefault(); save(box.value)">
        <label for="lobby-name">{{ t('lobby.name') }}</label>
        <div class="row">
          <input
            #box
            id="lobby-name"
            autocomplete="off"
            enterkeyhint="done"
            maxlength="64"
            aria-describedby="lobby-name-own"
            [value]="name()"
            (keydown)="press($event)"
          />
          <button type="submit" class="button tonal">{{ t('lobby.saveName') }}</button>
          <button type="button" class="button text" (click)="end()">{{ t('lobby.keepName') }}</button>
        </div>
        <p id="lobby-name-own">{{ t('lobby.name.own') }}</p>
      </form>
    }
  `,
  styles: `
    :host {
      flex: 1;
      min-inline-size: 0;
    }
    .line {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 0.5rem;
      min-block-size: 3rem;
    }
    h1 {
      min-inline-size: 0;
      font: var(--mat-sys-title-large);
      font-weight: 600;
      overflow-wrap: anywhere;
    }
    .line .button {
      flex: none;
      margin-inline-end: -0.75rem;
    }
    form {
      max-inline-size: 30rem;
    }
    .row {
      display: flex;
      flex-wrap: wrap;
      gap: 0.5rem;
    }
    input {
      flex: 1 1 10rem;
    }
    p {
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LobbyName {
  /** The open lobby; null if none is open. */
  readonly code = input.required<string | null>();

  protected readonly t = injectTexts(peopleTexts);
  private readonly lobbies = inject(KnownLobbies);
  private readonly injector = inject(Injector);
  private readonly box = viewChild<ElementRef<HTMLInputElement>>('box');
  private readonly edit = viewChild<ElementRef<HTMLElement>>('edit');

  /** The device knows the lobby once it has been open. */
  protected readonly known = computed(() => this.lobbies.lobbies().some(({ code }) => code === this.code()));
  protected readonly name = computed(() => this.lobbies.nameOf(this.code() ?? ''));
  protected readonly editing = linkedSignal({ source: this.code, computation: () => false });

  protected begin(): void {
    this.editing.set(true);
    this.afterwards(() => this.box()?.nativeElement.select());
  }

  protected save(name: string): void {
    const code = this.code();
    if (code !== null) this.lobbies.rename(code, name);
    this.end();
  }

  protected press(event: KeyboardEvent): void {
    if (isPressed(event, 'Escape')) this.end();
  }

  protected end(): void {
    this.editing.set(false);
    this.afterwards(() => this.edit()?.nativeElement.focus());
  }

  private afterwards(act: () => void): void {
    afterNextRender(act, { injector: this.injector });
  }
}
