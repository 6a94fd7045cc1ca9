import * as fc from 'fast-check';

import { type ChatMessage, insertMessages } from './chat-messages';

const limits = { entries: 20, characters: 1_000 };
const message = (author: number, number: number, at: number): ChatMessage => ({
  key: `${author}/${number}`,
  author: String(author),
  session: String(author),
  name: 'Ada',
  own: false,
  text: 'text',
  at,
});

/** Batches of eight authors, who may write at any time by clocks that may be set back. */
const batches = fc
  .array(
    fc.record({
      author: fc.integer({ min: 0, max: 7 }),
      times: fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 6 }),
    }),
    { maxLength: 40 },
  )
  .map((said) => {
    const counts = new Map<number, number>();
    return said.map(({ author, times }) =>
      times.map((at) => {
        const number = (counts.get(author) ?? 0) + 1;
        counts.set(author, number);
        return message(author, number, at);
      }),
    );
  });

const all = (said: readonly (readonly ChatMessage[])[]) =>
  said.reduce((messages: readonly ChatMessage[], batch) => insertMessages(messages, batch, limits), []);
const keys = (messages: readonly ChatMessage[]) => messages.map(({ key }) => key);

describe('the messages of eight authors', () => {
  it('keep each author’s order, and each author’s newest', () => {
    fc.assert(
      fc.property(batches, (said) => {
        const shown = all(said);
        for (let author = 0; author < 8; author++) {
          const isTheirs = (one: ChatMessage) => one.author === String(author);
          expect(keys(shown.filter(isTheirs))).toEqual(
            keys(said.flat().filter(isTheirs).slice(-limits.entries)),
          );
        }
        expect(new Set(keys(shown)).size).toBe(shown.length);
      }),
    );
  });

  it('stand in the same order whether they arrive together or one by one', () => {
    fc.assert(
      fc.property(batches, (said) => {
        expect(keys(all(said))).toEqual(keys(all(said.flat().map((one) => [one]))));
      }),
    );
  });

  it('stand in the order of time if no clock is set back, however their logs arrive', () => {
    const logs = fc.array(fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 15 }), {
      minLength: 8,
      maxLength: 8,
    });
    fc.assert(
      fc.property(logs, (times) => {
        const said = times.map((log, author) =>
          log.toSorted((a, b) => a - b).map((at, number) => message(author, number, at)),
        );
        const shown = all(said).map(({ at }) => at);
        expect(shown).toEqual(shown.toSorted((a, b) => a - b));
      }),
    );
  });

  it('of a long call arrive without delay', () => {
    const start = performance.now();
    let shown: readonly ChatMessage[] = [];
    // The worst order: every author's history is older than what is shown already.
    for (let author = 0; author < 8; author++) {
      for (let first = 0; first < 500; first += 50) {
        const batch = Array.from({ length: 50 }, (_, index) =>
          message(author, first + index, 10 * (first + index) - author),
        );
        shown = insertMessages(shown, batch);
      }
    }
    expect(shown.length).toBe(4_000);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
