import type { Fields, FieldValue } from '../firebase/documents';
import { PayloadError } from './payloads';
import { callRecord, doorFields, guestRecord } from './records';

const time = new Date(1_000);
const older: Fields = {
  createdBy: 'ada',
  createdAt: time,
  expiresAt: new Date(2_000),
  seats: 2,
  mode: 'mesh',
  open: true,
};
const call: Fields = { ...older, ask: false, host: 'ben', hostSeat: 3 };
const reading = (read: (fields: Fields) => unknown, fields: Fields) => {
  try {
    return read(fields);
  } catch (error) {
    return error instanceof PayloadError ? error.message : error;
  }
};

describe('A call’s document', () => {
  it('of an older app has its creator as the host, and a door that doesn’t ask', () => {
    const read = { createdAt: 1_000, expiresAt: 2_000, seats: 2, mode: 'mesh', host: 'ada', hostSeat: 0 };
    expect<object>(callRecord(older)).toEqual({ ...read, door: 'open' });
    expect<object>(callRecord({ ...older, open: false })).toEqual({ ...read, door: 'closed' });
  });

  it('says who the host is and how the door is', () => {
    expect(callRecord(call)).toEqual(jasmine.objectContaining({ host: 'ben', hostSeat: 3 }));
    for (const door of ['open', 'ask', 'closed'] as const) {
      expect(callRecord({ ...call, ...doorFields(door) }).door).toBe(door);
    }
    // An older app can open a door that asks.
    expect(callRecord({ ...call, open: true, ask: true }).door).toBe('open');
  });

  const invalid: readonly (readonly [field: string, value: FieldValue])[] = [
    ['open', 'yes'],
    ['ask', 1],
    ['host', 7],
    ['hostSeat', -1],
    ['hostSeat', 16],
    ['hostSeat', 0.5],
    ['createdAt', 'today'],
    ['seats', 17],
  ];
  for (const [field, value] of invalid) {
    it(`is refused with ${field} ${JSON.stringify(value)}`, () => {
      // The door is only read as far as it matters.
      const fields = { ...call, open: false, [field]: value };
      expect(reading(callRecord, fields)).toBe(field);
    });
  }
});

describe('A guest’s document', () => {
  it('has one of three states', () => {
    for (const state of ['waiting', 'admitted', 'refused'] as const) {
      expect(guestRecord({ state, at: time })).toEqual({ state, at: 1_000 });
    }
    expect(reading(guestRecord, { state: 'host', at: time })).toBe('state');
    expect(reading(guestRecord, { state: 'waiting', at: 5 })).toBe('at');
  });
});
