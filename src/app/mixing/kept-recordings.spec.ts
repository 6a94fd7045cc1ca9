import { CUES, hasElement, played, recorded } from '../testing/recorded';
import { interruptedRecordings, keepRecording, resumeRecording } from './kept-recordings';
import { RecordingDatabase } from './recording-database';

const type = 'video/webm;codecs=vp8,opus';
const since = Date.UTC(2026, 10, 27, 12);
const heard: number[] = [];
const progress = (share: number) => heard.push(share);
/** Resumes the recording as soon as the browser has released the lock. */
const whenFree = async (id: string) => {
  for (;;) {
    const kept = await resumeRecording(id);
    if (kept) return kept;
  }
};
/** The raw bytes as stored, as another page of the same site would see them. */
const stored = async (id: string) => {
  const database = new RecordingDatabase();
  try {
    return await database.whole(id, 'raw', type);
  } finally {
    database.close();
  }
};

describe('a kept recording', () => {
  let chunks: readonly Blob[];

  beforeAll(async () => (chunks = await recorded(type, 4)));
  afterEach(async () => {
    for (const { id } of await interruptedRecordings()) await (await resumeRecording(id))?.discard();
  });

  it('is on disk piece by piece, before it is finished', async () => {
    const kept = await keepRecording(type, since);
    for (const chunk of chunks) await kept.append(chunk);
    kept.release();
    const [found] = await interruptedRecordings();
    expect((await stored(found!.id)).size).toBe(chunks.reduce((sum, { size }) => sum + size, 0));
  });

  it('is not offered while its page uses it, but once that page is closed', async () => {
    const kept = await keepRecording(type, since);
    for (const chunk of chunks) await kept.append(chunk);
    expect(await interruptedRecordings()).toEqual([]);
    kept.release();
    expect((await interruptedRecordings()).map(({ since: start }) => start)).toEqual([since]);
  });

  it('is not offered if it holds only the first byte of a file', async () => {
    const kept = await keepRecording(type, since);
    await kept.append(new Blob([new Uint8Array([0x1a])]));
    kept.release();
    expect(await interruptedRecordings()).toEqual([]);
  });

  it('is used by one page at a time', async () => {
    const kept = await keepRecording(type, since);
    for (const chunk of chunks) await kept.append(chunk);
    kept.release();
    const [{ id } = { id: '' }] = await interruptedRecordings();
    const resumed = await resumeRecording(id);
    expect(resumed).not.toBeNull();
    expect(await resumeRecording(id)).toBeNull();
    expect(await interruptedRecordings()).toEqual([]);
    resumed!.release();
    expect((await interruptedRecordings()).length).toBe(1);
  });

  it('becomes a file that has a duration and can be seeked', async () => {
    const kept = await keepRecording(type, since);
    for (const chunk of chunks) await kept.append(chunk);
    kept.release();
    const [{ id } = { id: '' }] = await interruptedRecordings();
    const resumed = await resumeRecording(id);
    heard.length = 0;
    const finished = await resumed!.finish(progress);
    expect(finished!.seekable).toBeTrue();
    expect(finished!.name).toMatch(/^Parley 2026-11-2\d \d\d\.\d\d\.webm$/);
    expect(await hasElement(finished!.file, CUES)).toBeTrue();
    const { duration, middle } = await played(finished!.file);
    expect(Number.isFinite(duration)).toBeTrue();
    expect(middle).toBeCloseTo(duration / 2, 1);
    expect(heard.at(-1)).toBe(1);
    // The raw parts take no more space, and a second attempt gives the same file.
    expect((await stored(id)).size).toBe(0);
    expect((await resumed!.finish(progress))!.file.size).toBe(finished!.file.size);
    resumed!.release();
    const again = await whenFree(id);
    expect((await again.finish(progress))!.file.size).toBe(finished!.file.size);
    await again.discard();
    expect(await interruptedRecordings()).toEqual([]);
  });

  it('stays as it is where it can’t be read', async () => {
    const kept = await keepRecording(type, since);
    await kept.append(new Blob(['no recording']));
    const finished = await kept.finish(progress);
    expect(finished!.seekable).toBeFalse();
    expect(await finished!.file.text()).toBe('no recording');
    await kept.discard();
  });

  it('is no longer offered once it was saved, and is deleted at the next visit', async () => {
    const kept = await keepRecording(type, since);
    for (const chunk of chunks) await kept.append(chunk);
    await kept.saved();
    kept.release();
    expect(await interruptedRecordings()).toEqual([]);
    const database = new RecordingDatabase();
    expect(await database.entries()).toEqual([]);
    database.close();
  });

  it('is deleted when it is empty', async () => {
    const kept = await keepRecording(type, since);
    expect(await kept.finish(progress)).toBeNull();
    kept.release();
    expect(await interruptedRecordings()).toEqual([]);
  });

  it('stays in memory where nothing can be stored, up to a limit', async () => {
    spyOn(navigator.locks, 'request').and.rejectWith(new DOMException('blocked', 'SecurityError'));
    const kept = await keepRecording(type, since);
    for (const chunk of chunks) await kept.append(chunk);
    const huge = { size: 256 * 1024 * 1024 } as Blob;
    await expectAsync(kept.append(huge)).toBeRejected();
    const finished = await kept.finish(progress);
    expect(finished!.seekable).toBeTrue();
    expect(Number.isFinite((await played(finished!.file)).duration)).toBeTrue();
  });
});
