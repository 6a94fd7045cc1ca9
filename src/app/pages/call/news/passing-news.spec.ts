import type { ChatMessage } from '../../../activity/chat-messages';
import type { ActivityNews } from '../../../activity/activity';
import { passing } from './passing-news';

const message = (text: string): ChatMessage => ({ text }) as ChatMessage;
const people = (...names: readonly string[]) => names.map((name) => ({ who: name, name }));
const hand = (name: string): ActivityNews => ({ kind: 'hand', who: name, name });
const messages = (name: string, ...texts: string[]): ActivityNews => ({
  kind: 'messages',
  who: name,
  name,
  history: false,
  messages: texts.map(message),
});

describe('passing', () => {
  it('tells the sender and the first line of a message', () => {
    const line = 'hello';
    expect(passing(null, messages('Ann', '\n  hello \nworld'))).toEqual({
      kind: 'messages',
      people: people('Ann'),
      count: 1,
      line,
    });
  });

  it('combines messages while they show', () => {
    const first = passing(null, messages('Ann', 'one', 'two'));
    const second = passing(first, messages('Bob', 'three'));
    expect(second).toEqual({ kind: 'messages', people: people('Ann', 'Bob'), count: 3, line: 'three' });
    expect(passing(second, messages('Ann', 'four'))).toEqual(
      jasmine.objectContaining({ people: people('Ann', 'Bob'), count: 4 }),
    );
  });

  it('replaces messages with a raised hand, and combines hands', () => {
    const hands = passing(passing(null, messages('Ann', 'one')), hand('Bob'));
    expect(hands).toEqual({ kind: 'hands', people: people('Bob') });
    expect(passing(hands, hand('Ann'))).toEqual({ kind: 'hands', people: people('Bob', 'Ann') });
  });

  it('leaves the toast as it is for reactions, and for messages from before', () => {
    const shown = passing(null, messages('Ann', 'one'));
    expect(passing(shown, { kind: 'reaction', who: 'Ann', name: 'Ann', emoji: '🎉' })).toBe(shown);
    expect(
      passing(null, { kind: 'messages', who: 'Ann', name: 'Ann', history: true, messages: [message('x')] }),
    ).toBeNull();
  });

  it('shortens a long line between whole characters', () => {
    const toast = passing(null, messages('Ann', '😀'.repeat(300)));
    expect(toast?.kind === 'messages' && toast.line).toBe('😀'.repeat(200));
  });
});
