import * as fc from 'fast-check';

import { insertMessages, readChatEntry, type ChatMessage } from '../../../activity/chat-messages';
import { conversation, type OfferedFile } from './chat-view';

const now = Date.UTC(2026, 10, 23, 9, 30);
const message = (key: string, at: number, text = key): ChatMessage => ({
  key,
  author: 'ann',
  session: 'ann-session',
  name: 'Ann',
  own: false,
  text,
  at,
});

describe('the messages of a chat', () => {
  it('are shown even if one of them can’t be', () => {
    for (const absurd of [NaN, Infinity, 8.64e15 + 1, -1e300]) {
      const views = conversation(
        [message('a', now), message('b', absurd), message('c', now + 1_000)],
        [],
        'en',
        now,
      );
      expect(views.map(({ key }) => key))
        .withContext(`${absurd}`)
        .toEqual(['a', 'c']);
      expect(views.map(({ headed }) => headed)).toEqual([true, false]);
    }
  });

  it('have machine-readable times', () => {
    expect(conversation([message('a', now)], [], 'en', now)[0]?.datetime).toBe('2026-11-23T09:30:00.000Z');
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
            insertMessages(all, [message(`${index}`, at, text)]),
          [],
        );
        const views = conversation(messages, [], 'en', now);
        expect(views.length).toBe(read.length);
        for (const view of views) {
          expect(Number.isFinite(Date.parse(view.datetime))).toBeTrue();
          const parts = view.kind === 'message' ? view.parts : [];
          expect(parts.length).toBeGreaterThan(0);
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

describe('the files in a chat', () => {
  const file = (key: string, at: number, direction: 'in' | 'out' = 'in'): OfferedFile => ({
    key,
    direction,
    at,
    transfers: [{ session: 'ann-session', name: 'Ann' }],
  });
  const shown = (messages: readonly ChatMessage[], files: readonly OfferedFile[]) =>
    conversation(messages, files, 'en', now);
  const keys = (messages: readonly ChatMessage[], files: readonly OfferedFile[]) =>
    shown(messages, files).map(({ key }) => key);

  it('stand among the messages in the order of time', () => {
    const messages = [message('b', now + 2), message('d', now + 4)];
    const files = [file('A', now + 1), file('C', now + 3), file('E', now + 5)];
    expect(keys(messages, files)).toEqual(['A', 'b', 'C', 'd', 'E']);
    expect(keys([], files)).toEqual(['A', 'C', 'E']);
    expect(keys(messages, [])).toEqual(['b', 'd']);
  });

  it('follow a message of the same time', () => {
    expect(keys([message('a', now)], [file('B', now)])).toEqual(['a', 'B']);
  });

  it('leave the messages of an author whose clock went back in their order', () => {
    expect(keys([message('a', now + 9), message('b', now)], [file('C', now + 5)])).toEqual(['C', 'a', 'b']);
  });

  it('share a heading with the same person’s entries, and start one after another person’s', () => {
    const own = { ...message('a', now), author: 'me', own: true };
    const files = [
      file('B', now + 1, 'out'),
      file('C', now + 2),
      file('D', now + 3),
      file('E', now + 4, 'out'),
    ];
    const views = shown([own], files);
    expect(views.map(({ headed }) => headed)).toEqual([true, false, true, false, true]);
    expect(views.map((view) => view.own)).toEqual([true, true, false, false, true]);
    // The transfer names the receiver, who isn’t the author of an outgoing file.
    expect(views.map(({ name }) => name)).toEqual(['', '', 'Ann', 'Ann', '']);
  });

  it('tell apart authors of the same name, in their files too', () => {
    const by = (key: string, author: string, name = 'Ann') => ({
      ...message(key, now),
      author,
      session: `${author}-session`,
      name,
    });
    const messages = [
      by('a', 'ann'),
      by('b', 'other'),
      by('c', 'ben', 'Ben'),
      by('d', 'other'),
      { ...by('e', 'me'), own: true },
    ];
    const sent = { ...file('F', now + 1), transfers: [{ session: 'other-session', name: 'Ann' }] };
    const unwritten = { ...file('G', now + 1), transfers: [{ session: 'new', name: 'Ann' }] };
    const views = shown(messages, [file('E', now + 1), sent, unwritten]);
    expect(views.map(({ name, twin }) => `${name} ${twin}`)).toEqual([
      'Ann 1',
      'Ann 2',
      'Ben 1',
      'Ann 2',
      ' 1',
      'Ann 1',
      'Ann 2',
      'Ann 3',
    ]);
    expect(views.map(({ headed }) => headed)).toEqual(Array(8).fill(true));
  });

  it('start a new day', () => {
    const [, next] = shown([message('a', now)], [file('B', now + 24 * 60 * 60_000)]);
    expect(next?.day).toBe('Tuesday, November 24, 2026');
  });
});
