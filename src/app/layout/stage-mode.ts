/** Positions of a small picture of one's own; each corner is followed by the next one around. */
export const corners = ['bottom-end', 'bottom-start', 'top-start', 'top-end'] as const;
export type Corner = (typeof corners)[number];

/**
 * How a stage is laid out. `alone`: this member fills it. `pair`: the peer fills it, and this member is small in a corner.
 * `grid`: all are equal. `screen`: screens fill it, with everyone in a strip beside or below them.
 */
export type StageMode = 'alone' | 'pair' | 'grid' | 'screen';

/** The layout for a number of other members and of shared screens. */
export const stageMode = (others: number, screens: number): StageMode => {
  if (screens > 0) return 'screen';
  return (['alone', 'pair'] as const)[others] ?? 'grid';
};
