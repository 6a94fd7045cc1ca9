import { MAX_BATCH } from '../rtc/log-messages';

/**
 * What one member says to all others, kept so that each gets every entry exactly once and in order, however often
 * their channel is made anew. Entries are numbered from 1; the oldest are forgotten when there are too many.
 */
export interface OwnLog<T> {
  /** Number of the first entry that is still there. */
  readonly oldest: number;
  readonly entries: readonly T[];
}

/** How much of a log is kept. */
export interface LogLimits {
  readonly entries: number;
  /** Of all entries as JSON. */
  readonly characters: number;
}

/** Part of a log as it crosses to another member. */
export interface Batch {
  readonly oldest: number;
  /** Number of the first of these entries. */
  readonly first: number;
  readonly entries: readonly unknown[];
}

/** A message carries no more than this, characters of JSON: with its frame it stays below the channel's limit. */
const BATCH_CHARACTERS = 32 * 1024;

export const emptyLog: OwnLog<never> = { oldest: 1, entries: [] };

/** The number that the next entry is going to have. */
export const nextOf = ({ oldest, entries }: OwnLog<unknown>): number => oldest + entries.length;

const sizeOf = (entry: unknown): number => JSON.stringify(entry).length;

/** Adds an entry, and forgets the oldest while there is too much. */
export function append<T>(log: OwnLog<T>, entry: T, limits: LogLimits): OwnLog<T> {
  const entries = [...log.entries, entry];
  let characters = entries.reduce((sum, each) => sum + sizeOf(each), 0);
  let forgotten = 0;
  while (
    entries.length - forgotten > 1 &&
    (entries.length - forgotten > limits.entries || characters > limits.characters)
  ) {
    characters -= sizeOf(entries[forgotten++]);
  }
  return { oldest: log.oldest + forgotten, entries: entries.slice(forgotten) };
}

/** What to send to somebody who has everything before `next`; null when they have all there is. */
export function batchFrom(log: OwnLog<unknown>, next: number): Batch | null {
  const first = Math.max(next, log.oldest);
  const entries: unknown[] = [];
  let characters = 0;
  for (const entry of log.entries.slice(first - log.oldest)) {
    characters += sizeOf(entry);
    if (entries.length === MAX_BATCH || (entries.length > 0 && characters > BATCH_CHARACTERS)) break;
    entries.push(entry);
  }
  return entries.length > 0 ? { oldest: log.oldest, first, entries } : null;
}

/**
 * What of a batch is new to somebody who has everything before `next`, and what they have then. A batch that leaves
 * out what its author still has is not taken: the acknowledgement asks for what comes before it.
 */
export function receive(
  next: number,
  { oldest, first, entries }: Batch,
): { readonly next: number; readonly fresh: readonly unknown[] } {
  // What the author has forgotten can't be waited for.
  const wanted = Math.max(next, oldest);
  const after = first + entries.length;
  if (first > wanted || after <= wanted) return { next: wanted, fresh: [] };
  return { next: after, fresh: entries.slice(wanted - first) };
}

/** Where the sending of a log to one member stands. */
export interface Sending {
  readonly log: OwnLog<unknown>;
  /** They have everything before this one; null until they have said so over this channel. */
  readonly has: number | null;
  /** They have been sent everything before this one, and have not answered; null when nothing is under way. */
  readonly sent: number | null;
  /** To be sent now: entries, or the question what of them is known. */
  readonly batch: Batch | null;
  readonly ask: boolean;
  /** They listen. */
  readonly heard: boolean;
}

export type SendingEvent =
  | { readonly kind: 'log'; readonly log: OwnLog<unknown> }
  /** They begin to listen, perhaps not for the first time: nothing sent before counts. */
  | { readonly kind: 'hello' }
  | { readonly kind: 'ack'; readonly next: number }
  /** The answer is overdue. */
  | { readonly kind: 'overdue' };

export const notSending: Sending = {
  log: emptyLog,
  has: null,
  sent: null,
  batch: null,
  ask: false,
  heard: false,
};

/** Whether an answer is due. */
export const awaitsAnswer = ({ heard, has, sent }: Sending): boolean =>
  heard && (has === null || sent !== null);

/** One batch is under way at a time: the next one goes when it is acknowledged, the same again when that is overdue. */
export function sending(state: Sending, event: SendingEvent): Sending {
  switch (event.kind) {
    case 'log':
      return proceed({ ...state, log: event.log });
    case 'hello':
      return { ...state, has: null, sent: null, batch: null, ask: true, heard: true };
    case 'ack': {
      // Nobody can have what has not been written.
      const has = Math.min(event.next, nextOf(state.log));
      const done = state.sent === null || has >= state.sent;
      return proceed({ ...state, has, sent: done ? null : state.sent });
    }
    case 'overdue':
      return state.has === null ? { ...state, ask: true } : proceed({ ...state, sent: null });
  }
}

function proceed(state: Sending): Sending {
  const batch = state.has === null || state.sent !== null ? null : batchFrom(state.log, state.has);
  return { ...state, batch, ask: false, sent: batch ? batch.first + batch.entries.length : state.sent };
}
