import type { ChatMessage } from '../../../activity/chat-messages';
import type { ActivityNews } from '../../../activity/activity';
import { passing } from './passing-news';

const message = (text: string): ChatMessage => ({ text }) as ChatMessage;
const messages = (name: string, ...texts: string[]): ActivityNews => ({
  kind: 'messages',
  name,
  history: false,
  messages: texts.map(message),
});

describe('passing', () => {
  it('tells the sender and the first line of a message', () => {
    const line = 'hello';
    expect(passing(null, messages('Ann', '\n  hello \nworld'))).toEqual({
      kind: 'messages',
      names: ['Ann'],
      count: 1,
      line,
    });
  });

  it('combines messages while they show', () => {
    const first = passing(null, messages('Ann', 'one', 'two'));
    const second = passing(first, messages('Bob', 'three'));
    expect(second).toEqual({ kind: 'messages', names: ['Ann', 'Bob'], count: 3, line: 'three' });
    expect(passing(second, messages('Ann', 'four'))).toEqual(
      jasmine.objectContaining({ names: ['Ann', 'Bob'], count: 4 }),
    );
  });

  it('replaces messages with a raised hand, and combines hands', () => {
    const hands = passing(passing(null, messages('Ann', 'one')), { kind: 'hand', name: 'Bob' });
    expect(hands).toEqual({ kind: 'hands', names: ['Bob'] });
    expect(passing(hands, { kind: 'hand', name: 'Ann' })).toEqual({ kind: 'hands', names: ['Bob', 'Ann'] });
  });

  it('leaves the toast as it is for reactions, and for messages from before', () => {
    const shown = passing(null, messages('Ann', 'one'));
    expect(passing(shown, { kind: 'reaction', name: 'Ann', emoji: '🎉' })).toBe(shown);
    expect(
      passing(null, { kind: 'messages', name: 'Ann', history: true, messages: [message('x')] }),
    ).toBeNull();
  });

  it('shortens a long line between whole characters', () => {
    const toast = passing(null, messages('Ann', '😀'.repeat(300)));
    expect(toast?.kind === 'messages' && toast.line).toBe('😀'.repeat(200));
  });
});
