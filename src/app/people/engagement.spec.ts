import { TestScheduler } from 'rxjs/testing';

import { Engagement } from './engagement';

describe('Engagement', () => {
  /** When `settled$` emits, in ms, and what. */
  const told = (script: (engagement: Engagement, at: (ms: number, act: () => void) => void) => void) => {
    const settled: (readonly [number, boolean])[] = [];
    const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
    scheduler.run(({ flush }) => {
      const engagement = new Engagement();
      script(engagement, (ms, act) => scheduler.schedule(act, ms));
      const listening = engagement.settled$.subscribe((is) => settled.push([scheduler.now(), is]));
      scheduler.schedule(() => listening.unsubscribe(), 60_000);
      flush();
    });
    return settled;
  };

  it('settles two seconds after two are connected, and ends at once', () => {
    const settled = told((engagement, at) => {
      let ends: (() => void)[] = [];
      at(100, () => (ends = [engagement.begin()]));
      at(1_000, () => ends.push(engagement.markConnected()));
      at(9_000, () => ends.forEach((end) => end()));
    });
    expect(settled).toEqual([
      [0, false],
      [3_000, true],
      [9_000, false],
    ]);
  });

  it('settles once, even if more members join later', () => {
    const settled = told((engagement, at) => {
      at(0, () => engagement.begin());
      let parts = engagement.markConnected();
      at(1_000, () => parts());
      at(5_000, () => (parts = engagement.markConnected()));
    });
    expect(settled).toEqual([
      [0, false],
      [2_000, true],
    ]);
  });

  it('settles after eight seconds for a person who is still alone', () => {
    expect(told((engagement) => void engagement.begin())).toEqual([
      [0, false],
      [8_000, true],
    ]);
  });

  it('does not settle if the call ended before', () => {
    const settled = told((engagement, at) => {
      let ends = () => {};
      at(0, () => (ends = engagement.begin()));
      at(7_999, () => ends());
    });
    expect(settled).toEqual([[0, false]]);
  });

  it('ends with the last of several calls', () => {
    const engagement = new Engagement();
    const [one, other] = [engagement.begin(), engagement.begin()];
    one();
    one();
    expect(engagement.engaged).toBeTrue();
    other();
    expect(engagement.engaged).toBeFalse();
  });
});
