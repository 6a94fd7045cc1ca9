import { EMPTY, NEVER } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

import { MediaError } from '../media/media';
import { inputCheck, type InputFinding } from './input-check';

describe('inputCheck', () => {
  const track = new MediaStream() as unknown as MediaStreamTrack;
  const at = (state: InputFinding['state'], reason: InputFinding['reason'], level = 0): InputFinding => ({
    state,
    reason,
    track: reason === 'asking' ? null : track,
    level,
  });
  const asking = at('running', 'asking');
  const run = (spec: (helpers: Parameters<Parameters<TestScheduler['run']>[0]>[0]) => void) =>
    new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(spec);

  it('passes a camera as soon as it opens, and keeps it open', () => {
    run(({ cold, expectObservable, expectSubscriptions }) => {
      const open = cold('--a', { a: track });
      const check$ = inputCheck(
        'camera',
        () => open,
        () => EMPTY,
      );
      expectObservable(check$, '^----!').toBe('a-b', { a: asking, b: at('well', 'works') });
      expectSubscriptions(open.subscriptions).toBe('^----!');
    });
  });

  it('passes a microphone once it has heard something', () => {
    run(({ cold, expectObservable }) => {
      const loudness = cold('-q-l-q', { q: 0.02, l: 0.5 });
      const check$ = inputCheck(
        'microphone',
        () => cold('-a', { a: track }),
        () => loudness,
      );
      expectObservable(check$, '^------!').toBe('abq-l-h', {
        a: asking,
        b: at('running', 'listening'),
        q: at('running', 'listening', 0.02),
        l: at('well', 'heard', 0.5),
        h: at('well', 'heard', 0.02),
      });
    });
  });

  it('warns of a microphone that hears nothing for six seconds, until it does', () => {
    run(({ cold, expectObservable }) => {
      const loudness = cold('7s l', { l: 0.5 });
      const check$ = inputCheck(
        'microphone',
        () => cold('-a', { a: track }),
        () => loudness,
      );
      expectObservable(check$, '^ 8s !').toBe('ab 5999ms c 999ms d', {
        a: asking,
        b: at('running', 'listening'),
        c: at('warning', 'silent'),
        d: at('well', 'heard', 0.5),
      });
    });
  });

  it('reports why a device does not open, and when it is lost', () => {
    run(({ cold, expectObservable }) => {
      const refused = cold<MediaStreamTrack>('-#', {}, new MediaError('camera', 'denied'));
      expectObservable(
        inputCheck(
          'camera',
          () => refused,
          () => NEVER,
        ),
      ).toBe('a(b|)', {
        a: asking,
        b: { ...at('failed', 'denied'), track: null },
      });
      const lost = cold('-a-#', { a: track }, new MediaError('camera', 'lost'));
      expectObservable(
        inputCheck(
          'camera',
          () => lost,
          () => NEVER,
        ),
      ).toBe('ab-(c|)', {
        a: asking,
        b: at('well', 'works'),
        c: { ...at('failed', 'lost'), track: null },
      });
    });
  });
});
