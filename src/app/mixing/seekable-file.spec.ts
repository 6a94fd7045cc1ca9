import { CUES, DURATION, hasElement, played, recorded } from '../testing/recorded';
import { UnreadableRecording, writeSeekable } from './seekable-file';

/** The rewritten file, in memory. */
const rewritten = async (raw: Blob): Promise<Blob> => {
  let bytes = new Uint8Array();
  await writeSeekable(raw, async (position, more) => {
    if (position + more.length > bytes.length) {
      const larger = new Uint8Array(position + more.length);
      larger.set(bytes);
      bytes = larger;
    }
    bytes.set(more, position);
  });
  return new Blob([bytes], { type: raw.type.split(';', 1)[0] ?? '' });
};

for (const type of ['video/webm;codecs=vp8,opus', 'video/webm;codecs=vp9,opus', 'video/mp4']) {
  describe(`writeSeekable, of ${type}`, () => {
    let chunks: readonly Blob[];

    beforeAll(async () => (chunks = await recorded(type, 6)));

    it('gives a recording a duration, and a player finds its middle', async () => {
      const raw = new Blob([...chunks], { type });
      const file = await rewritten(raw);
      const { duration, middle } = await played(file);
      expect(duration).toBeGreaterThan(0.5);
      expect(duration).toBeLessThan(60);
      expect(middle).toBeCloseTo(duration / 2, 1);
      if (type.startsWith('video/mp4')) return;
      expect(await hasElement(raw, CUES)).toBeFalse();
      expect(await hasElement(file, CUES)).toBeTrue();
      expect(await hasElement(file, DURATION)).toBeTrue();
    });

    it('keeps the readable part of a recording that is cut off', async () => {
      const raw = new Blob([...chunks], { type });
      const file = await rewritten(raw.slice(0, Math.floor(raw.size * 0.8)));
      const { duration } = await played(file);
      expect(duration).toBeGreaterThan(0);
      expect(Number.isFinite(duration)).toBeTrue();
    });
  });
}

describe('writeSeekable', () => {
  it('rejects input that is not a recording', async () => {
    for (const raw of [new Blob(), new Blob(['no recording'])])
      await expectAsync(rewritten(raw)).toBeRejectedWithError(UnreadableRecording);
  });

  it('rejects with the error of the disk', async () => {
    const raw = new Blob([...(await recorded('video/webm;codecs=vp8,opus', 2))]);
    const full = new DOMException('full', 'QuotaExceededError');
    await expectAsync(writeSeekable(raw, () => Promise.reject(full))).toBeRejectedWith(full);
  });

  it('reports progress', async () => {
    const raw = new Blob([...(await recorded('video/webm;codecs=vp8,opus', 3))]);
    const shares: number[] = [];
    await writeSeekable(
      raw,
      () => Promise.resolve(),
      (share) => shares.push(share),
    );
    expect(shares.at(-1)).toBe(1);
    expect(shares.every((share) => share >= 0 && share <= 1)).toBeTrue();
  });
});
