import { type ShownMember, viewOf, type Watching, withMember } from './shown-views';

const size = { width: 320, height: 180 };
const shown: ShownMember = { size, hidden: false };
const hidden: ShownMember = { size, hidden: true };
const seen: Watching = { watched: true, recorded: false, several: true };

describe('the view that a member learns', () => {
  for (const [what, member, watching, expected] of [
    ['nothing before the page shows them', undefined, seen, null],
    ['the size', shown, seen, size],
    [
      'that they are hidden, as small as older apps can send',
      hidden,
      seen,
      { width: 1, height: 1, hidden: true },
    ],
    [
      'that they are hidden, in a call of two too',
      hidden,
      { ...seen, several: false },
      { width: 1, height: 1, hidden: true },
    ],
    [
      'that they are hidden if nobody sees the page',
      shown,
      { ...seen, watched: false },
      { width: 1, height: 1, hidden: true },
    ],
    [
      'the size if nobody sees the page of a call of two',
      shown,
      { ...seen, watched: false, several: false },
      size,
    ],
    [
      'the size if nobody sees the page and it is recorded',
      shown,
      { ...seen, watched: false, recorded: true },
      size,
    ],
    ['the last size if they are recorded but hidden', hidden, { ...seen, recorded: true }, size],
    [
      'a size for the recording if they were never shown',
      { size: null, hidden: true },
      { ...seen, recorded: true },
      { width: 640, height: 360 },
    ],
  ] as const) {
    it(what, () => expect(viewOf(member, watching)).toEqual(expected));
  }

  it('changes only with what changes', () => {
    const all = withMember(new Map(), 'ben', shown);
    expect(withMember(all, 'ben', { size: { ...size }, hidden: false })).toBe(all);
    expect(withMember(all, 'ben', hidden)).not.toBe(all);
    expect(withMember(all, 'cleo', shown).size).toBe(2);
  });
});
