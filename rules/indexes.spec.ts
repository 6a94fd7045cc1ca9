import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { rulesSource } from './emulator';

interface FieldOverride {
  readonly collectionGroup: string;
  readonly fieldPath: string;
  readonly ttl?: boolean;
  readonly indexes: readonly unknown[];
}

const { indexes, fieldOverrides } = JSON.parse(
  readFileSync(new URL('../firestore.indexes.json', import.meta.url), 'utf8'),
) as { readonly indexes: readonly unknown[]; readonly fieldOverrides: readonly FieldOverride[] };

/**
 * Fields that no query uses and that would fill the indexes: sealed fields, and the map of all entries with everything
 * below it.
 */
const unindexed: Readonly<Record<string, readonly string[]>> = {
  calls: [],
  seats: ['card'],
  links: ['offer', 'pranswer', 'answer'],
  offerCandidates: ['batch'],
  answerCandidates: ['batch'],
  guests: ['card'],
  lobbies: [],
  people: ['people'],
  rings: ['offer', 'reply'],
};

const overrides = (group: string, field: string) =>
  fieldOverrides.filter((override) => override.collectionGroup === group && override.fieldPath === field);

describe('firestore.indexes.json', () => {
  it('covers exactly the collections that the rules match', () => {
    const matched = [...rulesSource.matchAll(/match \/(\w+)\/\{\w+\} /g)].map((match) => match[1] ?? '');
    assert.deepEqual([...new Set(matched)].sort(), Object.keys(unindexed).sort());
    const named = new Set(fieldOverrides.map(({ collectionGroup }) => collectionGroup));
    assert.deepEqual([...named].sort(), Object.keys(unindexed).sort());
  });

  for (const [group, bulky] of Object.entries(unindexed)) {
    it(`sweeps ${group} by expiresAt, which no query uses`, () => {
      assert.deepEqual(overrides(group, 'expiresAt'), [
        { collectionGroup: group, fieldPath: 'expiresAt', ttl: true, indexes: [] },
      ]);
    });
    for (const field of bulky) {
      it(`keeps ${group}.${field} out of every index`, () => {
        assert.deepEqual(overrides(group, field), [
          { collectionGroup: group, fieldPath: field, indexes: [] },
        ]);
      });
    }
  }

  // Firestore answers a query for two equalities from the indexes that it keeps for each field by default.
  it('keeps the fields indexed by which rings are queried', () => {
    assert.deepEqual(
      [...overrides('rings', 'to'), ...overrides('rings', 'from'), ...overrides('rings', 'state')],
      [],
    );
  });

  it('declares nothing else', () => {
    const expected = Object.values(unindexed).reduce((sum, bulky) => sum + 1 + bulky.length, 0);
    assert.equal(fieldOverrides.length, expected);
    assert.deepEqual(indexes, []);
  });
});
