import type { Seat } from '../signaling/records';
import type { LinkState } from '../links/link';
import { membersOf, onceSeated } from './members';

const NOW = 1_000_000;

const link = (change: Partial<LinkState> = {}): LinkState =>
  ({
    path: { seat: 1, id: 'l' },
    session: 'ben',
    provisionalName: 'Ben',
    status: 'connecting',
    ...change,
  }) as LinkState;
const seat: Seat = {
  number: 1,
  uid: 'b',
  session: 'ben',
  since: NOW - 1,
  lease: NOW + 1,
  card: { name: 'Benjamin' },
};
const members = (seats: readonly Seat[], links: readonly LinkState[], away: readonly string[] = []) =>
  membersOf('ada', seats, links, NOW, true, new Set(away)).map(({ session, name }) => `${session} ${name}`);

describe('membersOf', () => {
  it('counts a peer that has connected before their seat is known', () => {
    expect(members([], [link()])).toEqual(['ben Ben']);
  });

  it('counts them once when it is known', () => {
    expect(members([seat], [link()])).toEqual(['ben Benjamin']);
  });

  it('does not count them when they said goodbye or are away', () => {
    expect(members([], [link()], ['ben'])).toEqual([]);
    expect(members([seat], [link()], ['ben'])).toEqual([]);
  });

  it('does not count a link without an answer, nor one that no provisional answer led to', () => {
    expect(members([], [link({ session: null }), link({ provisionalName: null })])).toEqual([]);
  });

  it('does not count a peer whose seat was seen and is held no longer', () => {
    const seen = new Set(['ben']);
    expect(members([], [onceSeated(link(), seen)])).toEqual([]);
    expect(members([], [onceSeated(link(), new Set())])).toEqual(['ben Ben']);
  });
});
