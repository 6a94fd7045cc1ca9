import { offeringPhase, offeringsOf } from './offering';
import type { Transfer, TransferState } from './transfer';

const facts = { name: 'a', size: 10, media: '', path: [] };
const transfer = (key: string, offering: string, state: TransferState = { phase: 'offered' }): Transfer => ({
  ...{ key, id: key, offering, direction: 'out', session: key, name: '', file: facts, place: 'none', at: 0 },
  state,
});
const keys = (...transfers: Transfer[]) =>
  offeringsOf(transfers).map((one) => [one.key, ...one.transfers.map(({ key }) => key)].join(' '));

describe('offerings', () => {
  it('have all transfers of their file, in the order in which they were offered', () => {
    expect(keys()).toEqual([]);
    expect(keys(transfer('a', 'A'), transfer('b', 'B'), transfer('c', 'A'), transfer('d', 'B'))).toEqual([
      'A a c',
      'B b d',
    ]);
  });

  const offered = { phase: 'offered' } as const;
  const running = { phase: 'running', bytes: 5 } as const;
  const paused = { phase: 'paused', bytes: 5 } as const;
  const done = { phase: 'done', file: null } as const;
  const left = { phase: 'ended', reason: 'left' } as const;
  for (const [phase, ...states] of [
    ['offered', offered],
    ['offered', done, offered, left],
    ['running', offered, running, done],
    ['running', paused, left],
    ['over', done],
    ['over', left, done],
  ] as const) {
    it(`are ${phase} while their transfers are ${states.map((state) => state.phase).join(', ')}`, () => {
      const [offering] = offeringsOf(states.map((state, index) => transfer(String(index), 'A', state)));
      expect(offeringPhase(offering!)).toBe(phase);
    });
  }
});
