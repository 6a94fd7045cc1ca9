import { afterRenderEffect, DOCUMENT, ElementRef, inject, type OutputEmitterRef } from '@angular/core';

import { Files } from '../../../files/files';

/**
 * A press in a file's card replaces its buttons. The focus stays on the card, not on a button that Space, to talk, would
 * press. Must be called in an injection context; returns a function to call on each press.
 *
 * @param shown reads what the buttons depend on
 */
export function injectKeptFocus(shown: () => unknown): () => void {
  const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  const document = inject(DOCUMENT);
  /** The person pressed something here since the buttons were last replaced. */
  let pressed = false;
  afterRenderEffect(() => {
    shown();
    if (pressed && document.activeElement === document.body) host.focus({ preventScroll: true });
    pressed = false;
  });
  return () => (pressed = true);
}

/**
 * Returns what removes the card's offering, by its key. The focus goes to another card; if there is none, `cleared` is emitted.
 * Must be called in an injection context.
 */
export function injectClear(cleared: OutputEmitterRef<void>): (offering: string) => void {
  const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  const files = inject(Files);
  return (offering) => {
    const next = nextCard(host);
    files.forget(offering);
    if (next) next.focus();
    else cleared.emit();
  };
}

/** The card to go to when this one is cleared: the next, or the last; null when it is the only one. */
function nextCard(card: HTMLElement): HTMLElement | null {
  const cards = [...(card.closest('[role=log], ul')?.querySelectorAll<HTMLElement>('[data-phase]') ?? [])];
  const at = cards.indexOf(card);
  return cards[at + 1] ?? cards[at - 1] ?? null;
}
