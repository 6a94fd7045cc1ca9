import type { ReactionEmoji } from '../../../activity/reactions';

/** What another member did. */
export type Deed =
  /** Members who come and go are different people even if their names are the same. */
  | { readonly kind: 'joined' | 'left' | 'lost'; readonly name: string }
  | { readonly kind: 'hand'; readonly who: string; readonly name: string }
  | { readonly kind: 'reaction'; readonly who: string; readonly name: string; readonly emoji: ReactionEmoji }
  | {
      readonly kind: 'messages';
      readonly who: string;
      readonly name: string;
      readonly count: number;
      /** Text of the newest message. */
      readonly text: string;
      /** They were written before this member joined. */
      readonly history: boolean;
    };

export type DeedKind = Deed['kind'];

/** Deeds of one kind, told in one sentence. */
export interface Told {
  readonly kind: DeedKind;
  /** Who did it, in order, each once. */
  readonly people: readonly { readonly who: string | null; readonly name: string }[];
  /** Number of messages. */
  readonly count: number;
  readonly text: string;
  readonly emoji: readonly ReactionEmoji[];
}

/** Deeds that nobody has been told of yet: one sentence for each kind, so that there are never more than six. */
export type Untold = readonly Told[];

/** Maximum number of people in a sentence. No call has more seats; a flood beyond that isn't counted. */
const MOST_PEOPLE = 16;

/** The deeds that a deed undoes: nobody hears of a member who comes back before the others know that they were away. */
const undone = (kind: DeedKind): readonly DeedKind[] =>
  kind === 'joined' ? ['left', 'lost'] : kind === 'left' || kind === 'lost' ? ['joined'] : [];

/** Adds a deed to those that are waiting. People without a name are never taken for each other. */
export const untold = (waiting: Untold, deed: Deed): Untold => {
  const opposite = waiting.find(
    ({ kind, people }) =>
      deed.name !== '' && undone(deed.kind).includes(kind) && people.some(({ name }) => name === deed.name),
  );
  if (opposite) return waiting.flatMap((told) => (told === opposite ? without(told, deed.name) : [told]));
  const before = waiting.find(({ kind }) => kind === deed.kind);
  const after = merged(before, deed);
  return before ? waiting.map((told) => (told === before ? after : told)) : [...waiting, after];
};

const without = (told: Told, name: string): readonly Told[] => {
  const at = told.people.findIndex((one) => one.name === name);
  const people = told.people.filter((_, index) => index !== at);
  return people.length > 0 ? [{ ...told, people }] : [];
};

const nothing: Pick<Told, 'people' | 'count' | 'emoji'> = { people: [], count: 0, emoji: [] };

const merged = (before: Told | undefined, deed: Deed): Told => {
  const { people, count, emoji } = before ?? nothing;
  const who = 'who' in deed ? deed.who : null;
  const isKnown = who !== null && people.some((one) => one.who === who);
  return {
    kind: deed.kind,
    people: isKnown || people.length === MOST_PEOPLE ? people : [...people, { who, name: deed.name }],
    count: count + (deed.kind === 'messages' ? deed.count : 0),
    text: deed.kind === 'messages' ? deed.text : '',
    emoji: deed.kind === 'reaction' && !emoji.includes(deed.emoji) ? [...emoji, deed.emoji] : emoji,
  };
};
