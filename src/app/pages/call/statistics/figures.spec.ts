import { meterLevel } from '../../../media/sound-level';
import { fakeStatistics } from '../../../testing/fake-call';
import { clockTime } from '../duration';
import { Figures, codecName, remember, totalBitRate } from './figures';
import { modulePath } from '../../../ui/qr-code/qr-code';
import { initials } from '../stage/member-view';

describe('Figures', () => {
  const figures = new Figures('en');

  it('formats rates, times and shares with their units', () => {
    expect(figures.bitRate(1_240_000)).toBe('1.2 Mbit/s');
    expect(figures.bitRate(31_400)).toBe('31 kbit/s');
    expect(figures.time(42.4)).toBe('42 ms');
    expect(figures.loss(0.0042)).toBe('0.4%');
    expect(figures.frameRate(29.7)).toBe('30');
  });

  it('distinguishes unknown from zero', () => {
    expect([figures.bitRate(null), figures.time(null), figures.loss(null), codecName(null)]).toEqual([
      '–',
      '–',
      '–',
      '–',
    ]);
    expect(figures.bitRate(0)).toBe('0 kbit/s');
  });

  it('adds audio and video, and is null if both are unknown', () => {
    expect(totalBitRate(fakeStatistics().sent)).toBe(1_232_000);
    expect(totalBitRate({ audio: null, video: null })).toBeNull();
  });

  it('keeps one minute', () => {
    const moments = [0, 30_000, 59_000, 61_000].map((at) => fakeStatistics({ at }));
    expect(moments.reduce(remember, []).map(({ at }) => at)).toEqual([30_000, 59_000, 61_000]);
  });
});

describe('clockTime', () => {
  it('formats a duration like a clock', () => {
    expect([0, 9_999, 247_000, 3_847_000, -5].map(clockTime)).toEqual([
      '0:00',
      '0:09',
      '4:07',
      '1:04:07',
      '0:00',
    ]);
  });
});

describe('meterLevel', () => {
  it('rises in even steps of decibels from silence to full scale', () => {
    expect([0, 0.001, 1, 2].map(meterLevel)).toEqual([0, 0, 1, 1]);
    expect(meterLevel(10 ** (-30 / 20))).toBeCloseTo(0.5);
  });
});

describe('modulePath', () => {
  it('draws a run of modules as one rectangle', () => {
    expect(
      modulePath([
        [true, true, false, true],
        [false, false, false, false],
      ]),
    ).toBe('M0 0h2v1H0zM3 0h1v1H3z');
  });
});

describe('initials', () => {
  it('uses the first and last word, in any script', () => {
    expect(['Ann', 'ann van Dyk', '小林', ''].map(initials)).toEqual(['A', 'AD', '小', '']);
  });
});
