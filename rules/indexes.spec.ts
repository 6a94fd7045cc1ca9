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

const sealedFields: Readonly<Record<string, readonly string[]>> = {
  calls: [],
  seats: ['card'],
  links: ['offer', 'answer'],
  offerCandidates: ['batch'],
  answerCandidates: ['batch'],
};

const overrides = (group: string, field: string) =>
  fieldOverrides.filter((override) => override.collectionGroup === group && override.fieldPath === field);

describe('firestore.indexes.json', () => {
  it('is about the collections that the rules match, all of them', () => {
    const matched = [...rulesSource.matchAll(/match \/(\w+)\/\{\w+\} /g)].map((match) => match[1] ?? '');
    assert.deepEqual([...new Set(matched)].sort(), Object.keys(sealedFields).sort());
    const named = new Set(fieldOverrides.map(({ collectionGroup }) => collectionGroup));
    assert.deepEqual([...named].sort(), Object.keys(sealedFields).sort());
  });

  for (const [group, sealed] of Object.entries(sealedFields)) {
    it(`sweeps ${group} by expiresAt, which no query asks for`, () => {
      assert.deepEqual(overrides(group, 'expiresAt'), [
        { collectionGroup: group, fieldPath: 'expiresAt', ttl: true, indexes: [] },
      ]);
    });
    for (const field of sealed) {
      it(`keeps the sealed ${group}.${field} out of every index`, () => {
        assert.deepEqual(overrides(group, field), [
          { collectionGroup: group, fieldPath: field, indexes: [] },
        ]);
      });
    }
  }

  it('declares nothing else', () => {
    const expected = Object.values(sealedFields).reduce((sum, sealed) => sum + 1 + sealed.length, 0);
    assert.equal(fieldOverrides.length, expected);
    assert.deepEqual(indexes, []);
  });
});
