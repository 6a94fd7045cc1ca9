import type { ActivityNews } from '../../../activity/activity';

/** What the toast tells: messages while the chat isn't open, or raised hands. */
export type PassingNews =
  | {
      readonly kind: 'messages';
      readonly people: readonly Person[];
      readonly count: number;
      /** First line of the newest message. */
      readonly line: string;
    }
  | { readonly kind: 'hands'; readonly people: readonly Person[] };

/** A member, each only once; the name is empty for a member without one. */
interface Person {
  readonly who: string;
  readonly name: string;
}

/** Maximum number of a message's characters in the toast. */
const LINE = 200;

const firstLine = (text: string): string => {
  const line = text.split('\n').find((one) => one.trim() !== '') ?? '';
  return [...line.trim()].slice(0, LINE).join('');
};

/**
 * The toast after some news: it adds to a toast of the same kind that still shows, and replaces another one. Null when the news
 * needs no toast: reactions show on the tiles, and messages from before this member joined aren't new.
 */
export const passing = (shown: PassingNews | null, news: ActivityNews): PassingNews | null => {
  if (news.kind === 'reaction' || (news.kind === 'messages' && news.history)) return shown;
  const kind = news.kind === 'hand' ? 'hands' : 'messages';
  const before = shown?.kind === kind ? shown.people : [];
  const { who, name } = news;
  const people = before.some((one) => one.who === who) ? before : [...before, { who, name }];
  if (news.kind === 'hand') return { kind: 'hands', people };
  const line = firstLine(news.messages.at(-1)?.text ?? '');
  const count = (shown?.kind === 'messages' ? shown.count : 0) + news.messages.length;
  return { kind: 'messages', people, count, line };
};
