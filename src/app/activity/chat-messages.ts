import { isTime } from '../values/bounds';
import { plainLine, plainText } from '../text/plain-text';
import type { LogLimits } from './reliable-log';

/** Maximum length of a message, in characters (UTF-16 code units). */
export const MAX_TEXT = 4_000;

/** How much of one author's messages is kept, in memory and for newcomers. */
export const CHAT_LIMITS: LogLimits = { entries: 500, characters: 200_000 };

/** A message as it is sent to other members. */
export interface ChatEntry {
  readonly text: string;
  /** When it was written, in ms since the epoch by its author's clock. */
  readonly at: number;
}

/** A message as pages receive it. */
export interface ChatMessage {
  /** Stays the same while the message is shown. */
  readonly key: string;
  /** The author's id: it stays the same when the author reloads, and belongs to no other member. */
  readonly author: string;
  /** The author's session when it arrived. */
  readonly session: string;
  /** The author's name at that time; empty when there was none. */
  readonly name: string;
  readonly own: boolean;
  readonly text: string;
  /** When it was written, in ms since the epoch by this device's clock. */
  readonly at: number;
}

/** Validates an entry that a member sent, and cleans its text for display; null when it is no message. */
export function readChatEntry(entry: unknown): ChatEntry | null {
  if (typeof entry !== 'object' || entry === null) return null;
  const { text, at } = entry as Readonly<Record<string, unknown>>;
  if (typeof text !== 'string' || text.length > MAX_TEXT || !isTime(at)) return null;
  const plain = plainText(text);
  return plainLine(plain) === '' ? null : { text: plain, at };
}

/**
 * Inserts messages of one author by their times, but none before an earlier one of the same author: each author's messages stay
 * in their order. Forgets that author's oldest messages when there are too many.
 */
export function insertMessages(
  messages: readonly ChatMessage[],
  fresh: readonly ChatMessage[],
  limits: LogLimits = CHAT_LIMITS,
): readonly ChatMessage[] {
  const [first] = fresh;
  if (!first) return messages;
  const isTheirs = ({ author }: ChatMessage) => author === first.author;
  let from = messages.findLastIndex(isTheirs) + 1;
  const merged = messages.slice(0, from);
  for (const message of fresh) {
    let place = messages.length;
    while (place > from && messages[place - 1]!.at > message.at) place--;
    merged.push(...messages.slice(from, place), message);
    from = place;
  }
  merged.push(...messages.slice(from));
  return withinLimits(merged, isTheirs, limits);
}

function withinLimits(
  messages: readonly ChatMessage[],
  isTheirs: (message: ChatMessage) => boolean,
  limits: LogLimits,
): readonly ChatMessage[] {
  const theirs = messages.filter(isTheirs);
  let characters = theirs.reduce((sum, { text }) => sum + text.length, 0);
  const forgotten = new Set<ChatMessage>();
  for (const old of theirs) {
    if (theirs.length - forgotten.size <= limits.entries && characters <= limits.characters) break;
    characters -= old.text.length;
    forgotten.add(old);
  }
  return forgotten.size > 0 ? messages.filter((each) => !forgotten.has(each)) : messages;
}
