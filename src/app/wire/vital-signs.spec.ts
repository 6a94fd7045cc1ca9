import { Subject } from 'rxjs';

import { heard$, Received } from './vital-signs';

describe('signs of life', () => {
  beforeEach(() => {
    jasmine.clock().install();
    jasmine.clock().mockDate(new Date(1_000_000));
  });
  afterEach(() => jasmine.clock().uninstall());

  const pass = async (time: number) => {
    for (let passed = 0; passed < time; passed += 100) {
      jasmine.clock().tick(100);
      for (let turn = 0; turn < 4; turn++) await Promise.resolve();
    }
  };

  const watched = (received: () => Received) => {
    const messages$ = new Subject<unknown>();
    const told: [number, boolean][] = [];
    const asked: number[] = [];
    const at = () => Date.now() - 1_000_000;
    const subscription = heard$(
      messages$,
      () => {
        asked.push(at());
        return Promise.resolve(received());
      },
      Date.now,
    ).subscribe((heard) => told.push([at(), heard]));
    return { messages$, told, asked, end: () => subscription.unsubscribe() };
  };
  const NOTHING: Received = { bytes: 0, last: null, at: 0 };

  it('check packets only when a heartbeat is late', async () => {
    const { messages$, told, asked, end } = watched(() => NOTHING);
    for (let beat = 0; beat < 5; beat++) {
      await pass(1_000);
      messages$.next(null);
    }
    expect(told).toEqual([[0, true]]);
    expect(asked).toEqual([]);
    end();
  });

  it('are missing two seconds after the last one, and back with the next', async () => {
    const { messages$, told, end } = watched(() => NOTHING);
    await pass(5_000);
    messages$.next(null);
    expect(told).toEqual([
      [0, true],
      [2_000, false],
      [5_000, true],
    ]);
    end();
  });

  it('include packets when no heartbeat gets through', async () => {
    let bytes = 0;
    const { told, end } = watched(() => ({
      bytes: (bytes += Date.now() < 1_004_000 ? 100 : 0),
      last: null,
      at: 0,
    }));
    await pass(8_000);
    expect(told.length).toBe(2);
    expect(told[1]![0]).toBeGreaterThanOrEqual(5_800);
    expect(told[1]![0]).toBeLessThanOrEqual(6_000);
    end();
  });

  it('count from the last packet where the browser reports its time', async () => {
    const { told, end } = watched(() => ({ bytes: 0, last: 700, at: Date.now() - 1_000_000 }));
    await pass(4_000);
    expect(told).toEqual([
      [0, true],
      [2_700, false],
    ]);
    end();
  });

  it('continue while packets arrive, even if the report’s clock is wrong', async () => {
    const { told, end } = watched(() => {
      const time = Date.now() - 1_000_000;
      const set = time < 2_000 ? 0 : time < 4_000 ? -3_600_000 : 7_200_000;
      return { bytes: Date.now(), last: time + set - 10, at: time + set };
    });
    await pass(8_000);
    expect(told).toEqual([[0, true]]);
    end();
  });

  it('are missing two seconds after the last packet even if the clock was set back', async () => {
    const { told, end } = watched(() => {
      const time = Math.min(Date.now() - 1_000_000, 3_000);
      return { bytes: time, last: time, at: Date.now() - 1_000_000 - (time < 3_000 ? 0 : 3_600_000) };
    });
    await pass(8_000);
    expect(told.length).toBe(2);
    expect(told[1]![0]).toBeGreaterThanOrEqual(4_800);
    expect(told[1]![0]).toBeLessThanOrEqual(5_200);
    end();
  });
});
