import { computed, DOCUMENT, inject, signal } from '@angular/core';

import type { PanelKind } from './panels';

/** What the room does with its panels. */
interface Place {
  /** The panel that opens by itself while the person has opened none; null for none. */
  readonly suggested: () => PanelKind | null;
  /** Called when a panel was opened by the person. */
  readonly opened: (kind: PanelKind) => void;
  /** Called when the panel was closed. */
  readonly closed: () => void;
}

export type RoomPanels = ReturnType<typeof injectPanels>;

/**
 * Which panel is open beside the people. Closing a panel that the person opened returns the focus to where it was. Must be
 * called in an injection context.
 */
export const injectPanels = ({ suggested, opened, closed }: Place) => {
  const document = inject(DOCUMENT);
  /** The panel that the person opened; null while they have opened and closed none. */
  const chosen = signal<PanelKind | 'none' | null>(null);
  let opener: HTMLElement | null = null;
  /** Whether the person opened the panel, or closed one. */
  const asked = computed(() => chosen() !== null);
  const open = computed((): PanelKind | null => {
    const kind = chosen();
    return kind === 'none' ? null : (kind ?? suggested());
  });
  const close = (): void => {
    const returns = asked();
    chosen.set('none');
    closed();
    if (returns) opener?.focus();
    opener = null;
  };
  return {
    open,
    asked,
    close,
    /** Opens a panel, or closes it if it is already open. */
    toggle: (kind: PanelKind): void => {
      if (open() === kind) return close();
      const { activeElement } = document;
      if (open() === null || !asked()) opener = activeElement instanceof HTMLElement ? activeElement : null;
      chosen.set(kind);
      opened(kind);
    },
    /** Leaves it to the room again which panel is open. */
    release: (): void => chosen.set(null),
  };
};
