/** A press of a pointer: `x` and `y` in CSS px, `timeStamp` in ms. */
export type Press = Pick<MouseEvent, 'clientX' | 'clientY' | 'timeStamp'>;

/** Longest time between the presses of a double press, in ms, and their largest distance, in CSS px. */
const DOUBLE = { time: 400, distance: 30 } as const;

/**
 * Whether two presses are a double click or a double tap. `dblclick` isn't fired for touch in every browser, and `detail`
 * of a click isn't counted there.
 */
export const isDoublePress = (first: Press | null, second: Press): boolean =>
  first !== null &&
  second.timeStamp - first.timeStamp <= DOUBLE.time &&
  Math.hypot(second.clientX - first.clientX, second.clientY - first.clientY) <= DOUBLE.distance;
