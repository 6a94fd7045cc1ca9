import type { LobbyState } from '../../people/people';
import { fakePastRing } from '../../testing/fake-acquaintances';
import { fakeOutgoing, fakePerson } from '../../testing/fake-people';
import { addable, type Known } from './addable';

const FAMILY = 'abcd-efgh-jkmn-pqrs';
const WORK = '0123-4567-89ab-cdef';

const open = (...uids: string[]): LobbyState => ({
  phase: 'open',
  people: uids.map((uid) => fakePerson({ uid, name: uid })),
  age: 0,
  live: true,
});
const known = (change: Partial<Known> = {}): Known => ({
  lobbies: new Map([
    [FAMILY, open('ada', 'ben', 'cleo')],
    [WORK, open('dan')],
  ]),
  favourites: [],
  history: [],
  blocked: [],
  rings: [],
  ...change,
});
const one = (lobby: string, uid: string) => ({ lobby, uid, name: uid });

describe('addable', () => {
  for (const [what, change, uids] of [
    ['everyone who is online, circle by circle', {}, ['ada', 'ben', 'cleo', 'dan']],
    [
      'favourites first, then recent people',
      { favourites: [one(WORK, 'dan')], history: [fakePastRing({ lobby: FAMILY, uid: 'cleo' })] },
      ['dan', 'cleo', 'ada', 'ben'],
    ],
    ['no one who is blocked', { blocked: [one(FAMILY, 'ada')] }, ['ben', 'cleo', 'dan']],
    ['a blocked person of another circle', { blocked: [one(WORK, 'ada')] }, ['ada', 'ben', 'cleo', 'dan']],
    [
      'favourites who aren’t online last',
      { favourites: [one(FAMILY, 'eve')] },
      ['ada', 'ben', 'cleo', 'dan', 'eve (offline)'],
    ],
    [
      'no favourites of a circle that isn’t open',
      {
        favourites: [one(WORK, 'dan')],
        lobbies: new Map<string, LobbyState>([
          [FAMILY, open('ada')],
          [WORK, { phase: 'failed', reason: 'quota' }],
        ]),
      },
      ['ada'],
    ],
  ] as const satisfies readonly (readonly [string, Partial<Known>, readonly string[]])[]) {
    it(`lists ${what}`, () => {
      const listed = addable(known(change)).map(({ uid, availability }) =>
        availability === 'offline' ? `${uid} (offline)` : uid,
      );
      expect(listed).toEqual([...uids]);
    });
  }

  it('says who is being rung', () => {
    const ring = fakeOutgoing({ lobby: FAMILY, to: { uid: 'ben', name: 'ben' } });
    const elsewhere = fakeOutgoing({ lobby: WORK, to: { uid: 'ada', name: 'ada' } });
    const rung = addable(known({ rings: [elsewhere, ring] })).filter((person) => person.ring !== null);
    expect(rung.map(({ uid }) => uid)).toEqual(['ben']);
  });
});
