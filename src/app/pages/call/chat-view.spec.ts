import * as fc from 'fast-check';

import type { ChatState } from '../../call/chat';
import { insertMessage, readChatEntry, type ChatMessage } from '../../call/chat-messages';
import { messageViews } from './chat-view';

const now = Date.UTC(2026, 10, 23, 9, 30);
const message = (key: string, at: number, text = key): ChatMessage => ({
  key,
  author: 'ann',
  name: 'Ann',
  own: false,
  text,
  at,
});
const state = (messages: readonly ChatMessage[]): ChatState => ({ messages, delivery: new Map(), unread: 0 });

describe('the messages of a chat', () => {
  it('are shown even if one of them can’t be', () => {
    for (const absurd of [NaN, Infinity, 8.64e15 + 1, -1e300]) {
      const views = messageViews(
        state([message('a', now), message('b', absurd), message('c', now + 1_000)]),
        'en',
        now,
      );
      expect(views.map(({ message: { key } }) => key))
        .withContext(`${absurd}`)
        .toEqual(['a', 'c']);
      expect(views.map(({ headed }) => headed)).toEqual([true, false]);
    }
  });

  it('have machine-readable times', () => {
    expect(messageViews(state([message('a', now)]), 'en', now)[0]?.datetime).toBe('2026-11-23T09:30:00.000Z');
  });

  it('shows every message that can be decoded, with any values a peer may send', () => {
    const time = fc.oneof(fc.double(), fc.maxSafeInteger(), fc.constantFrom(8.64e15, -8.64e15, 1e18, 0, now));
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\uD800',
        '\u202Ehttps://a.example/\uDFFF',
        `a${'\u0301'.repeat(3_999)}`,
        'www.\uD800.example',
      ),
    );
    const entry = fc.oneof(fc.record({ text, at: time }), fc.anything());
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 5 }), (entries) => {
        const read = entries.map(readChatEntry).filter((one) => one !== null);
        const messages = read.reduce(
          (all: readonly ChatMessage[], { at, text }, index) =>
            insertMessage(all, message(`${index}`, at, text)),
          [],
        );
        const views = messageViews(state(messages), 'en', now);
        expect(views.length).toBe(read.length);
        for (const { parts, datetime } of views) {
          expect(Number.isFinite(Date.parse(datetime))).toBeTrue();
          for (const part of parts) {
            expect(part.text).not.toMatch(/[\p{Cs}\u202A-\u202E]|\p{M}{9}/u);
            expect(() => encodeURIComponent(part.text)).not.toThrow();
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are rejected if nothing in them is visible', () => {
    for (const blank of ['\u200B', '\u202E\u202C', ' \u3164\n', '\uD800', '\u0301'])
      expect(readChatEntry({ text: blank, at: now }))
        .withContext(JSON.stringify(blank))
        .toBeNull();
    expect(readChatEntry({ text: '👍🏽', at: now })).toEqual({ text: '👍🏽', at: now });
  });
});
