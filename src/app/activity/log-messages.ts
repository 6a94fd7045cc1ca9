import { isTime, isWholeIn, MOST_COUNTED } from '../values/bounds';
import type { Codec } from '../wire/codec';

/** Maximum number of entries in one message. */
export const MAX_BATCH = 64;

/**
 * Carries a log, entry by entry, to another member: exactly once and in order, over as many channels as it takes. `log`
 * names the kind of log. `id` is the author's id for its log to this one receiver.
 */
export type LogMessage =
  /** The author has a log, and asks how much of it the receiver has. */
  | { readonly type: 'log-open'; readonly log: string; readonly id: string }
  /** The receiver has everything before the entry numbered `next`. */
  | { readonly type: 'log-ack'; readonly log: string; readonly id: string; readonly next: number }
  /**
   * Entries numbered from `first` on. The author no longer has any before `oldest`. `now` is the author's clock, in ms
   * since the epoch, so that the receiver can convert times inside entries to its own clock.
   */
  | {
      readonly type: 'log';
      readonly log: string;
      readonly id: string;
      readonly oldest: number;
      readonly first: number;
      readonly now: number;
      readonly entries: readonly unknown[];
    };

const isName = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z][a-z-]{0,19}$/.test(value);
const isId = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-z]{16}$/.test(value);
/** Entries are numbered from 1. */
const isNumber = (value: unknown): value is number => isWholeIn(value, 1, MOST_COUNTED);

/** The log's owner checks the entries. */
export const logs: Codec<LogMessage> = {
  'log-open': ({ log, id }) => (isName(log) && isId(id) ? { log, id } : null),
  'log-ack': ({ log, id, next }) => (isName(log) && isId(id) && isNumber(next) ? { log, id, next } : null),
  log: ({ log, id, oldest, first, now, entries }) =>
    isName(log) &&
    isId(id) &&
    isNumber(oldest) &&
    isNumber(first) &&
    oldest <= first &&
    isTime(now) &&
    Array.isArray(entries) &&
    entries.length <= MAX_BATCH
      ? { log, id, oldest, first, now, entries: entries as unknown[] }
      : null,
};
