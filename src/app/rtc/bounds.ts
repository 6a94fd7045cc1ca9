/** End of the year 9999, in ms since the epoch: calendars and Firestore's timestamps end there. */
export const LAST_TIME = 253_402_300_799_999;
/** One day, in ms. A call lasts no longer (docs/protocol.md, `calls/{callId}`). */
export const DAY = 86_400_000;
/** Largest number of an entry or revision: a thousand a second for eleven days. */
export const MOST_COUNTED = 1_000_000_000;

/** Whether a value from outside is a number between two others, both included. Neither NaN nor infinity is. */
export const isNumberIn = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && value >= least && value <= most;

/** Whether a value from outside is a whole number between two others, both included. */
export const isWholeIn = (value: unknown, least: number, most: number): value is number =>
  Number.isSafeInteger(value) && isNumberIn(value, least, most);

/** Whether a value from outside is a time that any calendar can show, in ms since the epoch. */
export const isTime = (value: unknown): value is number => isNumberIn(value, 0, LAST_TIME);
