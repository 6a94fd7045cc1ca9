import { silence, sounding } from './sound-pace';

/** The times at which a sound plays. */
const played = (times: readonly number[]): readonly number[] => {
  let pace = silence;
  return times.filter((at) => (pace = sounding(pace, at)).plays);
};

describe('the sounds of a call', () => {
  const cases: Record<string, { readonly events: readonly number[]; readonly heard: readonly number[] }> = {
    'sound at once after a calm': { events: [0, 60_000], heard: [0, 60_000] },
    'are at most one in two seconds': { events: [0, 500, 1_999, 2_000, 4_500], heard: [0, 2_000, 4_500] },
    'stop in a flood, and start again after it': {
      events: [0, 2_000, 4_000, 6_000, 8_000, 9_900, 12_000, 14_000, 40_000],
      heard: [0, 2_000, 4_000, 6_000, 8_000, 12_000, 14_000, 40_000],
    },
    'are none while a flood lasts': {
      events: Array.from({ length: 100 }, (_, index) => index * 1_000),
      heard: [0, 2_000, 4_000],
    },
  };
  for (const [what, { events, heard }] of Object.entries(cases)) {
    it(what, () => expect(played(events)).toEqual([...heard]));
  }

  it('remember only as much as they need', () => {
    const pace = Array.from({ length: 1_000 }, (_, index) => index).reduce(sounding, silence);
    expect(pace.events.length).toBeLessThan(10);
  });
});
