import type { ChatState, Delivery } from '../../call/chat';
import type { ChatMessage } from '../../call/chat-messages';
import { linkify, type TextPart } from './linkify';

/** A message as the panel shows it. */
export interface MessageView {
  readonly message: ChatMessage;
  readonly parts: readonly TextPart[];
  /** Shows author and time; not repeated for messages that follow each other closely. */
  readonly headed: boolean;
  /** The day that begins with this message, if it isn't today. */
  readonly day: string | null;
  readonly time: string;
  /** For the `datetime` attribute (HTML, section 4.5.14). */
  readonly datetime: string;
  /** For the person's own messages: set until every member has received it. */
  readonly delivery: Exclude<Delivery, 'delivered'> | null;
}

/** Messages from one author within this time share a heading, in ms. */
const BREATH = 5 * 60_000;

/** The person's preferred time format, as far as it is in the page's language (BCP 47). */
export const timeLocale = (page: string, wanted: readonly string[]): string =>
  wanted.find((tag) => tag.split('-')[0] === page.split('-')[0]) ?? page;

/**
 * @param locale how times and days are written
 * @param now in ms since the epoch
 */
export function messageViews(
  { messages, delivery }: ChatState,
  locale: string,
  now: number,
): readonly MessageView[] {
  const times = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'full' });
  const today = days.format(now);
  const viewOf = (message: ChatMessage, before: ChatMessage | undefined): MessageView => {
    const day = days.format(message.at);
    const newDay = before === undefined ? day !== today : day !== days.format(before.at);
    const state = delivery.get(message.key) ?? 'delivered';
    return {
      message,
      parts: linkify(message.text),
      headed:
        newDay ||
        before === undefined ||
        before.author !== message.author ||
        before.name !== message.name ||
        message.at - before.at > BREATH,
      day: newDay ? day : null,
      time: times.format(message.at),
      datetime: new Date(message.at).toISOString(),
      delivery: state === 'delivered' ? null : state,
    };
  };
  const views: MessageView[] = [];
  for (const message of messages) {
    try {
      views.push(viewOf(message, views.at(-1)?.message));
    } catch {
      // A message that can't be shown, such as one with an impossible time, doesn't prevent others from being shown.
    }
  }
  return views;
}
