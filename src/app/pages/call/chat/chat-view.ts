import type { ChatState, Delivery } from '../../../activity/chat';
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
  /** For the person's own messages: set until every member has received it. */
  readonly delivery: Exclude<Delivery, 'delivered'> | null;
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
  { messages, delivery }: ChatState,
  files: readonly OfferedFile[],
  locale: string,
  now: number,
): readonly (MessageView | FileView)[] {
  const times = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'full' });
  const today = days.format(now);
  const entryOf = ({ key, author, name, at }: Authored, before: Authored | undefined): Entry => {
    const day = days.format(at);
    const newDay = before === undefined ? day !== today : day !== days.format(before.at);
    return {
      key,
      own: author === OWN,
      name,
      headed:
        newDay ||
        before === undefined ||
        before.author !== author ||
        before.name !== name ||
        at - before.at > BREATH,
      day: newDay ? day : null,
      time: times.format(at),
      datetime: new Date(at).toISOString(),
    };
  };
  const views: (MessageView | FileView)[] = [];
  let before: Authored | undefined;
  for (const one of inOrder(messages.map(writtenBy), files.map(offeredBy))) {
    try {
      const entry = entryOf(one, before);
      views.push(one.message ? messageView(entry, one.message, delivery) : { ...entry, kind: 'file' });
      before = one;
    } catch (error) {
      // A message that can't be shown, such as one with an impossible time, doesn't prevent others from being shown.
      noteError('pages', 'message', error);
    }
  }
  return views;
}

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

const offeredBy = ({ key, direction, at, transfers: [transfer] }: OfferedFile): Authored => ({
  key,
  // The transfers of an outgoing file are named after the receivers.
  ...(direction === 'in' && transfer
    ? { author: transfer.session, name: transfer.name }
    : { author: OWN, name: '' }),
  at,
  message: null,
});

const messageView = (
  entry: Entry,
  { key, text }: ChatMessage,
  delivery: ChatState['delivery'],
): MessageView => {
  const state = delivery.get(key) ?? 'delivered';
  return {
    ...entry,
    kind: 'message',
    parts: linkify(text),
    delivery: state === 'delivered' ? null : state,
  };
};

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
