import * as fc from 'fast-check';

import { type Deed, type Untold, untold } from './told';

const comes = (kind: 'joined' | 'left' | 'lost', name: string): Deed => ({ kind, name });
const hand = (who: string, name = who): Deed => ({ kind: 'hand', who, name });
const messages = (who: string, count: number, text = ''): Deed => ({
  kind: 'messages',
  who,
  name: who,
  count,
  text,
  history: false,
});
const all = (...deeds: readonly Deed[]): Untold => deeds.reduce(untold, []);
const brief = (waiting: Untold) =>
  waiting.map(({ kind, people }) => `${people.map(({ name }) => name).join(' ')} ${kind}`);

describe('what members did that no one has been told of', () => {
  const cases: Record<string, { readonly deeds: readonly Deed[]; readonly told: readonly string[] }> = {
    'merges those who join': {
      deeds: ['Ada', 'Ben', 'Cem', 'Dee'].map((name) => comes('joined', name)),
      told: ['Ada Ben Cem Dee joined'],
    },
    'tells of each kind in the order in which it began': {
      deeds: [comes('left', 'Ada'), comes('joined', 'Ben'), comes('left', 'Cem'), comes('lost', 'Dee')],
      told: ['Ada Cem left', 'Ben joined', 'Dee lost'],
    },
    'keeps apart two people of the same name': {
      deeds: [comes('joined', 'Ada'), comes('joined', 'Ada'), hand('1', 'Ada'), hand('2', 'Ada')],
      told: ['Ada Ada joined', 'Ada Ada hand'],
    },
    'names each hand once': { deeds: [hand('Ada'), hand('Ben'), hand('Ada')], told: ['Ada Ben hand'] },
    'says nothing of a member who reloads': {
      deeds: [comes('left', 'Ada'), comes('joined', 'Ada')],
      told: [],
    },
    'says nothing of a member who comes and goes': {
      deeds: [comes('joined', 'Ada'), comes('joined', 'Ben'), comes('lost', 'Ada')],
      told: ['Ben joined'],
    },
    'doesn’t take people without a name for each other': {
      deeds: [comes('left', ''), comes('joined', '')],
      told: [' left', ' joined'],
    },
    'says that one of two members of the same name left': {
      deeds: [comes('left', 'Ada'), comes('left', 'Ada'), comes('joined', 'Ada')],
      told: ['Ada left'],
    },
  };
  for (const [what, { deeds, told }] of Object.entries(cases)) {
    it(what, () => expect(brief(all(...deeds))).toEqual([...told]));
  }

  it('counts messages, and keeps the newest text', () => {
    const [told] = all(messages('Ada', 1, 'one'), messages('Ben', 3, 'four'));
    expect(told).toEqual(jasmine.objectContaining({ count: 4, text: 'four' }));
  });

  it('names each emoji once', () => {
    const reaction = (who: string, emoji: '👍' | '🎉'): Deed => ({ kind: 'reaction', who, name: who, emoji });
    const [told] = all(reaction('Ada', '👍'), reaction('Ben', '🎉'), reaction('Ada', '🎉'));
    expect(told?.emoji).toEqual(['👍', '🎉']);
    expect(told?.people.length).toBe(2);
  });

  it('never grows without bound, and never has an empty sentence', () => {
    const name = fc.integer({ min: 0, max: 100 }).map(String);
    const deed = fc.oneof(
      fc
        .tuple(fc.constantFrom('joined' as const, 'left' as const, 'lost' as const), name)
        .map(([kind, one]): Deed => comes(kind, one)),
      name.map((one) => hand(one)),
      name.map((one) => messages(one, 2)),
    );
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 300 }), (deeds) => {
        const waiting = all(...deeds);
        expect(waiting.length).toBeLessThanOrEqual(6);
        for (const { people } of waiting) {
          expect(people.length).toBeGreaterThan(0);
          expect(people.length).toBeLessThanOrEqual(16);
        }
      }),
    );
  });
});
