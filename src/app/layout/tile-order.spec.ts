import * as fc from 'fast-check';

import { NO_TILES, nextOrder, type OnTiles, type TileOrder } from './tile-order';

const base: OnTiles = {
  members: [...'abcdefg'],
  large: null,
  speaker: null,
  perPage: 3,
  ahead: 0,
  page: 0,
};
/** The order after each of some changes, as a word; what is large stands in front, with a dot. */
const orders = (...changes: readonly Partial<OnTiles>[]): readonly string[] => {
  let state: TileOrder = NO_TILES;
  let now = base;
  return changes.map((change) => {
    now = { ...now, ...change };
    state = nextOrder(state, now);
    return `${state.large ? `${state.large}.` : ''}${state.tiles.join('')}`;
  });
};

describe('nextOrder', () => {
  const cases: readonly (readonly [string, readonly Partial<OnTiles>[], readonly string[]])[] = [
    [
      'a visible speaker moves nobody',
      [{}, { speaker: 'b' }, { speaker: 'a' }],
      ['abcdefg', 'abcdefg', 'abcdefg'],
    ],
    ['a hidden speaker replaces the last who never spoke', [{}, { speaker: 'f' }], ['abcdefg', 'abfdecg']],
    [
      'then the one who has been silent the longest',
      [{}, { speaker: 'a' }, { speaker: 'c' }, { speaker: 'b' }, { speaker: 'g' }, { speaker: 'f' }],
      ['abcdefg', 'abcdefg', 'abcdefg', 'abcdefg', 'gbcdefa', 'gbfdeca'],
    ],
    [
      'a speaker on the page that is shown stays there',
      [{ page: 1 }, { speaker: 'e' }],
      ['abcdefg', 'abcdefg'],
    ],
    [
      'until that page is turned',
      [{ page: 1 }, { speaker: 'e' }, { page: 0 }],
      ['abcdefg', 'abcdefg', 'abedcfg'],
    ],
    ['a newcomer comes last', [{ members: [...'abc'] }, { members: [...'dabc'] }], ['abc', 'abcd']],
    [
      'the first hidden member takes the place of one who left',
      [{}, { members: [...'acdefg'] }, { members: [...'acdeg'] }],
      ['abcdefg', 'adcefg', 'adceg'],
    ],
    [
      'without hidden ones the others move up',
      [{ perPage: 9 }, { members: [...'acdefg'] }],
      ['abcdefg', 'acdefg'],
    ],
    ['who becomes large is no tile', [{ perPage: 9 }, { large: 'c' }], ['abcdefg', 'c.abdefg']],
    [
      'who was large takes the place of who is now',
      [{ large: 'a' }, { large: 'c' }, { large: 'g' }],
      ['a.bcdefg', 'c.badefg', 'g.badefc'],
    ],
    ['and returns to the front of a grid', [{ large: 'c' }, { large: null }], ['c.abdefg', 'cabdefg']],
    [
      'who was large and left takes no place',
      [{ large: 'a' }, { large: 'b', members: [...'bcdefg'] }],
      ['a.bcdefg', 'b.ecdfg'],
    ],
    [
      'screens ahead leave less room on the first page',
      [{ ahead: 2 }, { speaker: 'b' }],
      ['abcdefg', 'bacdefg'],
    ],
    ['this member never moves anyone', [{}, { speaker: 'me' }], ['abcdefg', 'abcdefg']],
  ];
  for (const [what, changes, expected] of cases) {
    it(what, () => expect(orders(...changes)).toEqual(expected));
  }

  const session = fc.constantFrom(...'abcdefgh');
  const change = fc.record({
    members: fc.uniqueArray(session, { minLength: 1 }),
    large: fc.option(session),
    speaker: fc.option(session),
    perPage: fc.integer({ min: 1, max: 9 }),
    ahead: fc.integer({ min: 0, max: 2 }),
    page: fc.integer({ min: 0, max: 3 }),
  });

  it('has each member once, after any changes', () => {
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        let state = NO_TILES;
        for (const now of changes) {
          const large = now.large !== null && now.members.includes(now.large) ? now.large : null;
          state = nextOrder(state, { ...now, large });
          expect([...state.tiles, ...(large ? [large] : [])].toSorted()).toEqual(now.members.toSorted());
        }
      }),
    );
  });

  it('moves nobody who is visible while others speak: at most one tile of the first page is replaced', () => {
    const speakers = fc.array(fc.tuple(session, fc.integer({ min: 0, max: 2 })));
    fc.assert(
      fc.property(speakers, (turns) => {
        let state = nextOrder(NO_TILES, base);
        for (const [speaker, page] of turns) {
          const before = nextOrder(state, { ...base, page });
          state = nextOrder(before, { ...base, speaker, page });
          const shown = (order: TileOrder) => order.tiles.slice(page * 3, page * 3 + 3);
          const changed = shown(before).filter((one, index) => one !== shown(state)[index]);
          expect(changed.length).toBeLessThanOrEqual(page === 0 ? 1 : 0);
        }
      }),
    );
  });
});
