/**
 * Weakens each condition of firestore.rules in turn and runs the attacks of the other specs until one is let through: a
 * condition whose absence no attack notices is defended by no test. It takes minutes and is run by `npm run test:mutants`.
 */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

import './config.spec';
import './calls.spec';
import './seats.spec';
import './links.spec';
import './candidates.spec';
import './joins.spec';
import './lobbies.spec';
import './people.spec';
import './sweeping.spec';
import './rings.spec';
import './answers.spec';
import { heading } from './coverage';
import { loadRules, rulesSource } from './emulator';
import { refusals, type Refusal } from './fixture';
import { mutantExceptions } from './mutant-exceptions';
import { mutantsOf, weakened, type Mutant } from './mutants';

/** Number of attacks at once. */
const AT_ONCE = 12;
/** Number of attacks whose coverage the emulator's memory holds easily. */
const PORTION = 96;

/** What an attack must be about to be tried first: its words beside those of the collection that a condition is for. */
const subjects: readonly (readonly [path: RegExp, attack: RegExp])[] = [
  [/match \/rings\//, /\bring/],
  [/match \/people\//, /entr|shard|people|appear|sweep|leav/],
  [/match \/lobbies\//, /lobb/],
  [/match \/(offer|answer)Candidates\//, /candidate|batch/],
  [/match \/links\//, /link|offer|answer/],
  [/match \/seats\//, /seat|join/],
  [/match \/calls\//, /call/],
  [/match \/config\//, /server|lobby/],
];

/** Attacks that noticed a mutant lately come first, then those on the same collection. */
function inOrder(mutant: Mutant): readonly Refusal[] {
  const before = rulesSource.slice(0, mutant.start);
  const nearest = subjects
    .map(([path, attack]) => ({
      attack,
      at: [...before.matchAll(new RegExp(path, 'g'))].at(-1)?.index ?? -1,
    }))
    .sort((a, b) => b.at - a.at)[0]!;
  const rank = (one: Refusal) => (nearest.attack.test(one.title) ? 0 : 2) + (noticed.has(one) ? 0 : 1);
  return [...refusals].sort((a, b) => rank(a) - rank(b));
}

const noticed = new Set<Refusal>();

/** Runs attacks until one is let through. Resolves to it, or to null when all are refused. */
async function firstLetThrough(rules: string, attacks: readonly Refusal[]): Promise<Refusal | null> {
  for (let at = 0; at < attacks.length; at += AT_ONCE) {
    // The emulator keeps what every expression came to until rules are loaded.
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
    (one) => one.condition === condition && (one.instead ?? 'true') === instead && one.within === within,
  );

describe('firestore.rules with one condition weakened', () => {
  after(() => loadRules());

  it('refuses all attacks with none weakened', async () => {
    assert.ok(refusals.length > 0);
    const through = await firstLetThrough(rulesSource, refusals);
    assert.equal(through?.attack, undefined);
  });

  const all = mutantsOf(rulesSource).map((mutant) => ({ mutant, within: heading(mutant.start) }));
  // `MUTANTS=isNextOffer npm run test:mutants` tries only those of one function.
  const wanted = new RegExp(process.env['MUTANTS'] ?? '');
  for (const { mutant, within } of all.filter((one) => wanted.test(one.within))) {
    const line = rulesSource.slice(0, mutant.start).split('\n').length;
    const exception = exceptionOf(mutant, within);
    it(`line ${line}, ${within}: ${mutant.condition} → ${mutant.instead}`, async (context) => {
      const through = await firstLetThrough(weakened(rulesSource, mutant), inOrder(mutant));
      if (through) noticed.add(through);
      if (exception) {
        assert.equal(through?.attack, undefined, 'an attack notices it: remove the exception');
        return context.diagnostic(exception.why);
      }
      assert.notEqual(through, null, 'no attack notices it');
    });
  }

  it('needs every exception it is granted', () => {
    const unneeded = mutantExceptions.filter(
      (exception) => !all.some(({ mutant, within }) => exceptionOf(mutant, within) === exception),
    );
    assert.deepEqual(unneeded, []);
  });
});
