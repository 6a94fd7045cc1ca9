import {
  append,
  batchFrom,
  emptyLog,
  nextOf,
  notSending,
  receive,
  sending,
  type OwnLog,
  type Sending,
  type SendingEvent,
} from './reliable-log';

const limits = { entries: 5, characters: 1_000 };
const logOf = (...entries: string[]): OwnLog<string> =>
  entries.reduce((log, entry) => append(log, entry, limits), emptyLog as OwnLog<string>);

describe('an own log', () => {
  it('numbers its entries from one', () => {
    expect(nextOf(emptyLog)).toBe(1);
    expect(nextOf(logOf('a', 'b'))).toBe(3);
    expect(batchFrom(logOf('a', 'b'), 1)).toEqual({ oldest: 1, first: 1, entries: ['a', 'b'] });
  });

  it('forgets the oldest by count and by size, never the newest', () => {
    expect(logOf('a', 'b', 'c', 'd', 'e', 'f', 'g')).toEqual({
      oldest: 3,
      entries: ['c', 'd', 'e', 'f', 'g'],
    });
    const long = 'x'.repeat(600);
    expect(logOf('a', long, long)).toEqual({ oldest: 3, entries: [long] });
    expect(logOf('y'.repeat(5_000)).entries.length).toBe(1);
  });

  it('is sent from where a member stopped, in batches that fit into a message', () => {
    const big = { entries: 500, characters: 1e7 };
    let log: OwnLog<string> = emptyLog;
    for (let n = 0; n < 100; n++) log = append(log, 'z'.repeat(4_000), big);
    const sizes: number[] = [];
    for (let next = 1, batch = batchFrom(log, next); batch; batch = batchFrom(log, next)) {
      expect(JSON.stringify(batch).length).toBeLessThan(64 * 1024);
      expect(batch.first).toBe(next);
      sizes.push(batch.entries.length);
      next = batch.first + batch.entries.length;
    }
    expect(sizes.reduce((sum, size) => sum + size)).toBe(100);
    expect(batchFrom(logOf('a'), 2)).toBeNull();
  });

  it('starts with the oldest entry for a member who is too far behind', () => {
    expect(batchFrom(logOf('a', 'b', 'c', 'd', 'e', 'f'), 1)?.first).toBe(2);
  });
});

describe('receiving', () => {
  const batch = (first: number, entries: string[], oldest = 1) => ({ oldest, first, entries });

  it('accepts the next entries once', () => {
    expect(receive(1, batch(1, ['a', 'b']))).toEqual({ next: 3, fresh: ['a', 'b'] });
    expect(receive(3, batch(1, ['a', 'b']))).toEqual({ next: 3, fresh: [] });
    expect(receive(2, batch(1, ['a', 'b', 'c']))).toEqual({ next: 4, fresh: ['b', 'c'] });
  });

  it('does not accept a gap, except for entries that the author has forgotten', () => {
    expect(receive(2, batch(4, ['d']))).toEqual({ next: 2, fresh: [] });
    expect(receive(2, batch(4, ['d'], 4))).toEqual({ next: 5, fresh: ['d'] });
  });
});

describe('sending', () => {
  const run = (...events: SendingEvent[]): Sending => events.reduce(sending, notSending);
  const three: SendingEvent = { kind: 'log', log: logOf('a', 'b', 'c') };
  const hello: SendingEvent = { kind: 'hello' };
  const ack = (next: number): SendingEvent => ({ kind: 'ack', next });

  it('sends nothing before the peer has said what it has', () => {
    expect(run(three).batch).toBeNull();
    expect(run(three, hello)).toEqual(jasmine.objectContaining({ batch: null, ask: true }));
    expect(run(three, hello, ack(2)).batch).toEqual({ oldest: 1, first: 2, entries: ['b', 'c'] });
  });

  it('has one batch in flight at a time', () => {
    const under = run(three, hello, ack(1), { kind: 'log', log: logOf('a', 'b', 'c', 'd') });
    expect(under.batch).toBeNull();
    expect(sending(under, ack(4)).batch?.entries).toEqual(['d']);
    expect(sending(under, ack(1)).batch)
      .withContext('the same answer twice')
      .toBeNull();
  });

  it('resends an overdue batch, and repeats an overdue question', () => {
    expect(run(three, hello, ack(1), { kind: 'overdue' }).batch?.entries).toEqual(['a', 'b', 'c']);
    expect(run(three, hello, { kind: 'overdue' }).ask).toBeTrue();
  });

  it('starts over when the peer begins to listen again', () => {
    const again = run(three, hello, ack(1), hello);
    expect(again).toEqual(jasmine.objectContaining({ batch: null, sent: null, has: null, ask: true }));
    expect(sending(again, ack(4)).batch).toBeNull();
  });

  it('does not believe an acknowledgement of entries that were never written', () => {
    expect(run(three, hello, ack(1_000)).has).toBe(4);
  });
});
