import { afterRenderEffect, DOCUMENT, ElementRef, inject } from '@angular/core';

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

/** The card to go to when this one is cleared: the next, or the last; null when it is the only one. */
export function nextCard(card: HTMLElement): HTMLElement | null {
  const cards = [...(card.closest('[role=log], ul')?.querySelectorAll<HTMLElement>('[data-phase]') ?? [])];
  const at = cards.indexOf(card);
  return cards[at + 1] ?? cards[at - 1] ?? null;
}
