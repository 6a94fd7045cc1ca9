/**
 * Weakens each condition of firestore.rules in turn and runs the attacks of the other specs until one succeeds. If no
 * attack notices that a condition is missing, no test defends it. Takes minutes; run it with `npm run test:mutants`.
 */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

import './requests';
import { heading } from './coverage';
import { loadRules, rulesSource } from './emulator';
import { refusals, type Refusal } from './fixture';
import { mutantExceptions, type MutantException } from './mutant-exceptions';
import { mutantsOf, weakened, type Mutant } from './mutants';

/** Number of concurrent attacks. */
const AT_ONCE = 12;
/** Number of attacks whose coverage the emulator's memory holds easily. */
const PORTION = 96;

/** Collection of the innermost `match` that contains an offset of the rules; null outside of all matches. */
function scopeOf(offset: number): string | null {
  let depth = 0;
  const open: { name: string; depth: number }[] = [];
  for (const { 0: token, 1: name } of rulesSource
    .slice(0, offset)
    .matchAll(/match \/(\w+)\/\{?\w+\}? \{|[{}]/g)) {
    if (token === '}') {
      if (open.at(-1)?.depth === depth) open.pop();
      depth--;
    } else {
      depth++;
      if (name) open.push({ name, depth });
    }
  }
  return open.at(-1)?.name ?? null;
}

/**
 * The attacks that can notice a mutant, because they send requests about the collection of its condition or one below
 * it. Attacks that noticed an earlier mutant come first.
 */
function attacksOn(mutant: Mutant): readonly Refusal[] {
  const scope = scopeOf(mutant.start);
  return refusals
    .filter(({ collections }) => scope === null || collections.has(scope))
    .sort((a, b) => Number(noticed.has(b)) - Number(noticed.has(a)));
}

const noticed = new Set<Refusal>();
const needed = new Set<MutantException>();

/** Runs attacks until one succeeds. Resolves to that attack, or to null if all are refused. */
async function firstLetThrough(rules: string, attacks: readonly Refusal[]): Promise<Refusal | null> {
  for (let at = 0; at < attacks.length; at += AT_ONCE) {
    // The emulator keeps the values of every expression until rules are loaded.
    if (at % PORTION === 0) await loadRules(rules);
    const outcomes = await Promise.all(
      attacks.slice(at, at + AT_ONCE).map((one) =>
        one.run().then(
          () => null,
          () => one,
        ),
      ),
    );
    const through = outcomes.find((one) => one !== null);
    if (through) return through;
  }
  return null;
}

const exceptionOf = ({ condition, instead }: Mutant, within: string) =>
  mutantExceptions.find(
    (one) =>
      one.within.test(within) && one.condition.test(condition) && (one.instead ?? /^true$/).test(instead),
  );

describe('firestore.rules with one condition weakened', () => {
  after(() => loadRules());

  // This run also records which collections each attack sends requests about.
  it('refuses all attacks with no condition weakened', async () => {
    assert.ok(refusals.length > 0);
    const through = await firstLetThrough(rulesSource, refusals);
    assert.equal(through?.attack, undefined);
  });

  const all = mutantsOf(rulesSource).map((mutant) => ({ mutant, within: heading(mutant.start) }));
  // `MUTANTS=isNextOffer npm run test:mutants` tries only those of one function.
  const wanted = new RegExp(process.env['MUTANTS'] ?? '');
  for (const { mutant, within } of all.filter((one) => wanted.test(one.within))) {
    const line = rulesSource.slice(0, mutant.start).split('\n').length;
    it(`line ${line}, ${within}: ${mutant.condition} → ${mutant.instead}`, async (context) => {
      const through = await firstLetThrough(weakened(rulesSource, mutant), attacksOn(mutant));
      if (through) return void noticed.add(through);
      const exception = exceptionOf(mutant, within);
      assert.ok(exception, 'no attack notices it');
      needed.add(exception);
      context.diagnostic(exception.why);
    });
  }

  it('needs every exception it is granted', { skip: wanted.source !== '(?:)' }, () => {
    assert.deepEqual(
      mutantExceptions.filter((exception) => !needed.has(exception)),
      [],
    );
  });
});
