import { byteWords, timeWords } from './byte-words';

describe('sizes and times in words', () => {
  it('are formatted for people', () => {
    expect(byteWords(0, 'en')).toBe('0 bytes');
    expect(byteWords(1, 'en')).toBe('1 byte');
    expect(byteWords(20_000_000, 'en')).toBe('20.0 MB');
    expect(byteWords(999_600, 'en')).toBe('1.0 MB');
    expect(byteWords(1_073_741_824, 'en')).toBe('1.1 GB');
    expect(byteWords(123_456_789, 'zh-Hans')).toContain('123');
  });

  it('never show a time of zero', () => {
    expect(timeWords(0, 'en')).toBe('1 sec');
    expect(timeWords(200, 'en')).toBe('3 min 20 sec');
    expect(timeWords(3_725, 'en')).toBe('1 hr 2 min');
  });
});
