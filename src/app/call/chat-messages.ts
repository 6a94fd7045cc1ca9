import { isTime } from '../rtc/bounds';
import { plainLine, plainText } from '../text/plain-text';
import type { LogLimits } from './reliable-log';

/** A message is no longer than this, characters (UTF-16 code units). */
export const MAX_TEXT = 4_000;

/** What is kept of one author's messages, in memory and for newcomers. */
export const CHAT_LIMITS: LogLimits = { entries: 500, characters: 200_000 };

/** A message as it crosses to others. */
export interface ChatEntry {
  readonly text: string;
  /** When it was written, ms since the epoch by its author's clock. */
  readonly at: number;
}

/** A message as pages get it. */
export interface ChatMessage {
  /** The same for as long as it is shown. */
  readonly key: string;
  /** Whose it is: the same over reloads of theirs, and of nobody else. */
  readonly author: string;
  /** The name it was written under; empty when there was none. */
  readonly name: string;
  readonly own: boolean;
  readonly text: string;
  /** When it was written, ms since the epoch by this device's clock. */
  readonly at: number;
}

/** Checks an entry that a member sent, and makes its text fit to be shown; null when it is no message. */
export function readChatEntry(entry: unknown): ChatEntry | null {
  if (typeof entry !== 'object' || entry === null) return null;
  const { text, at } = entry as Readonly<Record<string, unknown>>;
  if (typeof text !== 'string' || text.length > MAX_TEXT || !isTime(at)) return null;
  const plain = plainText(text);
  return plainLine(plain) === '' ? null : { text: plain, at };
}

/**
 * Puts a message where it belongs by its time, never before one of the same author: each author's messages stay in
 * their order. Forgets the oldest of an author of whom there are too many.
 */
export function insertMessage(
  messages: readonly ChatMessage[],
  message: ChatMessage,
  limits: LogLimits = CHAT_LIMITS,
): readonly ChatMessage[] {
  const isTheirs = ({ author }: ChatMessage) => author === message.author;
  let place = messages.length;
  for (let before = messages[place - 1]; before; before = messages[place - 1]) {
    if (isTheirs(before) || before.at <= message.at) break;
    place--;
  }
  const inserted = [...messages.slice(0, place), message, ...messages.slice(place)];
  const theirs = inserted.filter(isTheirs);
  let characters = theirs.reduce((sum, { text }) => sum + text.length, 0);
  const forgotten = new Set<ChatMessage>();
  for (const old of theirs) {
    if (theirs.length - forgotten.size <= limits.entries && characters <= limits.characters) break;
    characters -= old.text.length;
    forgotten.add(old);
  }
  return forgotten.size > 0 ? inserted.filter((each) => !forgotten.has(each)) : inserted;
}
