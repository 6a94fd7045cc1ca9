import fc from 'fast-check';

import type { Fields, FieldValue } from '../firebase/documents';
import { entriesIn, lobbyRecord, ringId, ringRecord } from './lobby-records';

const at = new Date(Date.UTC(2026, 10, 23));
const bytes = new Uint8Array([1, 2]);
const entry = { lease: at, state: 'available', card: bytes };
const ring: Fields = {
  from: 'ben',
  to: 'ada',
  revision: 3,
  state: 'ringing',
  createdAt: at,
  offer: bytes,
  reply: null,
  answeredBy: null,
};

/** Any value that a document may hold. */
const value: fc.Arbitrary<FieldValue> = fc.letrec<{ value: FieldValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.date(),
    fc.uint8Array({ maxLength: 8 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('lease', 'state', 'card')), tie('value')),
  ),
})).value;
/** A valid document with one field replaced by anything, or missing. */
const broken = (good: Fields) =>
  fc
    .tuple(fc.constantFrom(...Object.keys(good)), fc.option(value, { nil: undefined }))
    .map(([key, wrong]): Fields => {
      const { [key]: _, ...others } = good;
      return wrong === undefined ? others : { ...others, [key]: wrong };
    });

describe('records of a lobby', () => {
  it('are read if complete', () => {
    expect(lobbyRecord({ createdBy: 'x', createdAt: at, expiresAt: at })).toEqual({ expiresAt: +at });
    expect(entriesIn('15', { people: { ada: entry }, swept: '' })).toEqual([
      { uid: 'ada', shard: 15, lease: +at, availability: 'available', card: bytes },
    ]);
    expect(ringRecord('ada_ben', ring)).toEqual(
      jasmine.objectContaining({ id: 'ada_ben', createdAt: +at, revision: 3 }),
    );
  });

  it('have one id for each pair', () => {
    expect(ringId('b', 'a')).toBe('a_b');
    expect(ringId('a', 'b')).toBe('a_b');
    expect(ringId('a', 'B')).toBe('B_a');
  });

  it('accept valid document ids only', () => {
    for (const id of ['16', '-1', '01', '1.0', '1e0', ' 1', '', 'x', '0x1'])
      expect(entriesIn(id, { people: { ada: entry } })).toEqual([]);
  });

  it('leave out invalid entries only', () => {
    fc.assert(
      fc.property(broken(entry), (bad) => {
        const found = entriesIn('0', { people: { ada: entry, bad } });
        expect(found.map(({ uid }) => uid)).toContain('ada');
        for (const { lease, card, availability } of found) {
          expect(Number.isFinite(lease)).toBeTrue();
          expect(card).toBeInstanceOf(Uint8Array);
          expect(['available', 'busy', 'dnd']).toContain(availability);
        }
      }),
    );
  });

  it('never throw, and are no ring, for arbitrary documents', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), value, (fields, people) => {
        expect(ringRecord('ada_ben', fields)).toBeNull();
        expect(() => entriesIn('0', { people })).not.toThrow();
        expect(() => lobbyRecord(fields)).not.toThrow();
      }),
    );
  });

  it('are no ring if any field is invalid', () => {
    fc.assert(
      fc.property(broken(ring), (fields) => {
        const read = ringRecord('ada_ben', fields);
        if (read === null) return;
        expect(ringId(read.from, read.to)).toBe('ada_ben');
        expect(['ringing', 'accepted', 'declined', 'busy', 'cancelled', 'expired']).toContain(read.state);
        expect(read.revision).toBeGreaterThanOrEqual(1);
        expect(Number.isFinite(read.createdAt)).toBe(true);
      }),
    );
    expect(ringRecord('ada_cleo', ring)).toBeNull();
    for (const revision of [0, 1.5, 1e10, Infinity])
      expect(ringRecord('ada_ben', { ...ring, revision })).toBeNull();
    for (const createdAt of [new Date(NaN), new Date(8.64e15), new Date(-1)])
      expect(ringRecord('ada_ben', { ...ring, createdAt })).toBeNull();
  });
});
