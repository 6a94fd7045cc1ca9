import * as fc from 'fast-check';

import { isOver, transition, type TransferEvent, type TransferState } from './transfer';

const size = 100;
const after = (...events: TransferEvent[]) =>
  events.reduce((state, event) => transition(state, event, size), { phase: 'offered' } as TransferState);
const accepted = { type: 'accepted', offset: 0 } as const;
const started = { type: 'started', offset: 0 } as const;
const progressed = (bytes: number) => ({ type: 'progressed', bytes }) as const;

describe('a transfer', () => {
  it('runs from the offer to its end', () => {
    expect(after()).toEqual({ phase: 'offered' });
    expect(after(accepted)).toEqual({ phase: 'waiting', bytes: 0 });
    expect(after(accepted, started, progressed(40))).toEqual({ phase: 'running', bytes: 40 });
    const file = new Blob();
    expect(after(accepted, started, progressed(100), { type: 'finished', file })).toEqual({
      phase: 'done',
      file,
    });
  });

  it('pauses when the link breaks, and resumes at the same byte', () => {
    const broken = after(accepted, started, progressed(40), { type: 'interrupted' });
    expect(broken).toEqual({ phase: 'paused', bytes: 40 });
    const again = transition(broken, { type: 'accepted', offset: 48 }, size);
    expect(again).toEqual({ phase: 'waiting', bytes: 48 });
    expect(transition(again, { type: 'started', offset: 48 }, size)).toEqual({ phase: 'running', bytes: 48 });
  });

  it('does not pause before it was accepted', () => {
    expect(after({ type: 'interrupted' })).toEqual({ phase: 'offered' });
  });

  it('neither starts nor finishes before it was accepted', () => {
    expect(after(started)).toEqual({ phase: 'offered' });
    expect(after({ type: 'finished', file: null })).toEqual({ phase: 'offered' });
  });

  it('never goes backwards or beyond its size while running', () => {
    const running = after(accepted, started, progressed(40));
    for (const bytes of [39, 40, 101, -1, NaN, 0.5]) {
      expect(transition(running, progressed(bytes), size)).toBe(running);
    }
    for (const offset of [-1, 101, NaN, 1.5]) {
      expect(transition(running, { type: 'accepted', offset }, size)).toBe(running);
    }
  });

  it('ignores every event once it is over', () => {
    const event = fc.oneof(
      fc.record({ type: fc.constantFrom('accepted', 'started'), offset: fc.integer() }),
      fc.record({ type: fc.constant('progressed'), bytes: fc.integer() }),
      fc.constantFrom(
        { type: 'interrupted' },
        { type: 'finished', file: null },
        { type: 'ended', reason: 'left' },
      ),
    ) as fc.Arbitrary<TransferEvent>;
    fc.assert(
      fc.property(fc.array(event), (events) => {
        let state: TransferState = { phase: 'offered' };
        for (const one of events) {
          const next = transition(state, one, size);
          if (isOver(state)) expect(next).toBe(state);
          if ('bytes' in next) expect(next.bytes >= 0 && next.bytes <= size).toBeTrue();
          state = next;
        }
      }),
    );
  });
});
