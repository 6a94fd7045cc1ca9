import { paceFor, RateMeter } from './pace';

const KIB = 1024;

describe('the pace of a transfer', () => {
  it('starts with messages of 64 KiB', () => {
    expect(paceFor(null, 256 * KIB)).toEqual({ chunk: 64 * KIB, high: 512 * KIB, low: 256 * KIB });
  });

  it('sends small messages over a slow link, so that other messages need not wait', () => {
    expect(paceFor(100_000, 256 * KIB).chunk).toBe(16 * KIB);
  });

  it('sends large ones over a fast link, and buffers more', () => {
    const { chunk, high, low } = paceFor(100_000_000, 256 * KIB);
    expect(chunk).toBe(256 * KIB);
    expect(high).toBe(4 * KIB * KIB);
    expect(low).toBe(high / 2);
  });

  it('respects the maximum that the peer accepts', () => {
    expect(paceFor(100_000_000, 64 * KIB).chunk).toBe(64 * KIB);
    expect(paceFor(null, 10_000).chunk).toBe(10_000);
    expect(paceFor(100_000_000, 1_073_741_823).chunk).toBe(256 * KIB);
    expect(paceFor(100_000_000, 0).chunk).toBe(256 * KIB);
  });

  it('is measured over tenths of seconds, and smoothed', () => {
    const meter = new RateMeter(1_000, 0);
    meter.measure(2_000, 50);
    expect(meter.rate).toBeNull();
    meter.measure(3_000, 100);
    expect(meter.rate).toBe(20_000);
    meter.measure(3_000, 200);
    expect(meter.rate).toBe(10_000);
  });
});
