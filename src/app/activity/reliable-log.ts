import { MAX_BATCH } from './log-messages';

/**
 * What one member says to all others, kept so that each of them receives every entry exactly once and in order, however
 * often their channel is replaced. Entries are numbered from 1; the oldest are forgotten when there are too many.
 */
export interface OwnLog<T> {
  /** Number of the first entry that is still kept. */
  readonly oldest: number;
  readonly entries: readonly T[];
}

/** How much of a log is kept. */
export interface LogLimits {
  readonly entries: number;
  /** Length of all entries as JSON. */
  readonly characters: number;
}

/** Part of a log as it is sent to another member. */
export interface Batch {
  readonly oldest: number;
  /** Number of the first entry in this batch. */
  readonly first: number;
  readonly entries: readonly unknown[];
}

/** Maximum size of a message, in characters of JSON: with its frame it stays below the channel's limit. */
const BATCH_CHARACTERS = 32 * 1024;

export const emptyLog: OwnLog<never> = { oldest: 1, entries: [] };

/** The number of the next entry. */
export const nextOf = ({ oldest, entries }: OwnLog<unknown>): number => oldest + entries.length;

const sizeOf = (entry: unknown): number => JSON.stringify(entry).length;

/** Adds an entry, and forgets the oldest ones while the log exceeds its limits. */
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

/** The batch for a member who has everything before `next`; null when they have all entries. */
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
 * Which entries of a batch are new to a member who has everything before `next`, and what they have afterwards. A batch that
 * skips entries its author still has is not accepted: the acknowledgement asks for the earlier ones.
 */
export function receive(
  next: number,
  { oldest, first, entries }: Batch,
): { readonly next: number; readonly fresh: readonly unknown[] } {
  // Don't wait for entries that the author has forgotten.
  const wanted = Math.max(next, oldest);
  const after = first + entries.length;
  if (first > wanted || after <= wanted) return { next: wanted, fresh: [] };
  return { next: after, fresh: entries.slice(wanted - first) };
}

/** The state of sending a log to one member. */
export interface Sending {
  readonly log: OwnLog<unknown>;
  /** The receiver has everything before this entry; null until they have said so over this channel. */
  readonly has: number | null;
  /** Everything before this entry is sent but not acknowledged; null when nothing is in flight. */
  readonly sent: number | null;
  /** To send now: entries, or the question which of them the receiver has. */
  readonly batch: Batch | null;
  readonly ask: boolean;
  /** The receiver is listening. */
  readonly heard: boolean;
}

export type SendingEvent =
  | { readonly kind: 'log'; readonly log: OwnLog<unknown> }
  /** The receiver begins to listen, perhaps not for the first time: nothing sent before counts. */
  | { readonly kind: 'hello' }
  | { readonly kind: 'ack'; readonly next: number }
  /** The acknowledgement is overdue. */
  | { readonly kind: 'overdue' };

export const notSending: Sending = {
  log: emptyLog,
  has: null,
  sent: null,
  batch: null,
  ask: false,
  heard: false,
};

/** Whether an acknowledgement is due. */
export const awaitsAnswer = ({ heard, has, sent }: Sending): boolean =>
  heard && (has === null || sent !== null);

/** One batch is in flight at a time: the next one goes when it is acknowledged, the same one again when that is overdue. */
export function sending(state: Sending, event: SendingEvent): Sending {
  switch (event.kind) {
    case 'log':
      return proceed({ ...state, log: event.log });
    case 'hello':
      return { ...state, has: null, sent: null, batch: null, ask: true, heard: true };
    case 'ack': {
      // No receiver can have entries that have not been written.
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
