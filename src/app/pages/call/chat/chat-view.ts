import type { ChatMessage } from '../../../activity/chat-messages';
import type { Offering } from '../../../files/offering';
import { noteError } from '../../../log/note';
import { linkify, type TextPart } from './linkify';

interface Entry {
  /** Stays the same while the entry is shown. */
  readonly key: string;
  readonly own: boolean;
  /** The author's name at that time; empty when there was none. */
  readonly name: string;
  /** Tells apart authors of the same name: 1 for the first of them. */
  readonly twin: number;
  /** Shows author and time; not repeated for entries that follow each other closely. */
  readonly headed: boolean;
  /** The day that begins with this entry, if it isn't today. */
  readonly day: string | null;
  readonly time: string;
  /** For the `datetime` attribute (HTML, section 4.5.14). */
  readonly datetime: string;
}

/** A message as the panel shows it. */
export interface MessageView extends Entry {
  readonly kind: 'message';
  readonly parts: readonly TextPart[];
}

/** The place of a file among the messages; its progress is in the offering with this key. */
export interface FileView extends Entry {
  readonly kind: 'file';
}

/** What the conversation needs to know of a file. None of it changes during the transfer. */
export type OfferedFile = Pick<Offering, 'key' | 'direction' | 'at'> & {
  readonly transfers: readonly Pick<Offering['transfers'][number], 'session' | 'name'>[];
};

/** Entries of one author within this time share a heading, in ms. */
const BREATH = 5 * 60_000;

/** The person's preferred time format, as far as it is in the page's language (BCP 47). */
export const timeLocale = (page: string, wanted: readonly string[]): string =>
  wanted.find((tag) => tag.split('-')[0] === page.split('-')[0]) ?? page;

/**
 * Messages and files in the order of time. Both lists keep their own order.
 *
 * @param locale how times and days are written
 * @param now in ms since the epoch
 */
export function conversation(
  messages: readonly ChatMessage[],
  files: readonly OfferedFile[],
  locale: string,
  now: number,
): readonly (MessageView | FileView)[] {
  const timeOf = minuteWords(new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }));
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'full' });
  const twinOf = twins();
  const entryOf = ({ key, author, name, at }: Authored, before: Authored | undefined): Entry => {
    // Throws if the time is impossible.
    const datetime = new Date(at).toISOString();
    const newDay = dayOf(at) !== dayOf(before === undefined ? now : before.at);
    return {
      key,
      own: author === OWN,
      name,
      twin: author === OWN ? 1 : twinOf(author, name),
      headed:
        newDay ||
        before === undefined ||
        before.author !== author ||
        before.name !== name ||
        at - before.at > BREATH,
      day: newDay ? days.format(at) : null,
      time: timeOf(at),
      datetime,
    };
  };
  const views: (MessageView | FileView)[] = [];
  let before: Authored | undefined;
  const authors = new Map(messages.flatMap(({ own, session, author }) => (own ? [] : [[session, author]])));
  for (const one of inOrder(
    messages.map(writtenBy),
    files.map((file) => offeredBy(file, authors)),
  )) {
    try {
      const entry = entryOf(one, before);
      views.push(
        one.message ? { ...entry, kind: 'message', parts: partsOf(one.message) } : { ...entry, kind: 'file' },
      );
      before = one;
    } catch (error) {
      // A message that can't be shown, such as one with an impossible time, doesn't prevent others from being shown.
      noteError('pages', 'message', error);
    }
  }
  return views;
}

/** The local day, as a number. */
const dayOf = (at: number): number => {
  const date = new Date(at);
  return (date.getFullYear() * 12 + date.getMonth()) * 31 + date.getDate();
};

/** Formats each minute once: eight members write thousands of messages. */
const minuteWords = (format: Intl.DateTimeFormat): ((at: number) => string) => {
  const known = new Map<number, string>();
  return (at) => {
    const minute = Math.floor(at / 60_000);
    const words = known.get(minute) ?? format.format(at);
    known.set(minute, words);
    return words;
  };
};

/** Numbers the authors that have the same name, from 1. */
const twins = (): ((author: string, name: string) => number) => {
  const known = new Map<string, string[]>();
  return (author, name) => {
    const authors = known.get(name) ?? [];
    if (!authors.includes(author)) authors.push(author);
    known.set(name, authors);
    return authors.indexOf(author) + 1;
  };
};

const parsed = new WeakMap<ChatMessage, readonly TextPart[]>();

const partsOf = (message: ChatMessage): readonly TextPart[] => {
  const parts = parsed.get(message) ?? linkify(message.text);
  parsed.set(message, parts);
  return parts;
};

/** An entry and its author: `OWN`, the author of a message, or the session that offers a file. */
interface Authored {
  readonly key: string;
  readonly author: string;
  readonly name: string;
  /** In ms since the epoch. */
  readonly at: number;
  /** Null for a file. */
  readonly message: ChatMessage | null;
}

const OWN = 'me';

const writtenBy = (message: ChatMessage): Authored => ({
  key: message.key,
  author: message.own ? OWN : message.author,
  name: message.own ? '' : message.name,
  at: message.at,
  message,
});

/** @param authors of messages, by their sessions */
const offeredBy = (
  { key, direction, at, transfers: [transfer] }: OfferedFile,
  authors: ReadonlyMap<string, string>,
): Authored => ({
  key,
  // The transfers of an outgoing file are named after the receivers.
  ...(direction === 'in' && transfer
    ? { author: authors.get(transfer.session) ?? transfer.session, name: transfer.name }
    : { author: OWN, name: '' }),
  at,
  message: null,
});

/** Puts each file before the first message that is newer. */
function inOrder(messages: readonly Authored[], files: readonly Authored[]): readonly Authored[] {
  const merged: Authored[] = [];
  let next = 0;
  for (const message of messages) {
    for (let file = files[next]; file && file.at < message.at; file = files[++next]) merged.push(file);
    merged.push(message);
  }
  return [...merged, ...files.slice(next)];
}
