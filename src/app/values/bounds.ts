/** End of the year 9999, in ms since the epoch: the limit of calendars and of Firestore's timestamps. */
export const LAST_TIME = 253_402_300_799_999;
/** One day, in ms. The maximum duration of a call (docs/protocol.md, `calls/{callId}`). */
export const DAY = 86_400_000;
/** Largest number of an entry or revision: a thousand a second for eleven days. */
export const MOST_COUNTED = 1_000_000_000;

/** Whether a value from outside is a number in an inclusive range. NaN and infinity are not. */
export const isNumberIn = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && value >= least && value <= most;

/** Whether a value from outside is an integer in an inclusive range. */
export const isWholeIn = (value: unknown, least: number, most: number): value is number =>
  Number.isSafeInteger(value) && isNumberIn(value, least, most);

/** Whether a value from outside is a time that any calendar can show, in ms since the epoch. */
export const isTime = (value: unknown): value is number => isNumberIn(value, 0, LAST_TIME);
