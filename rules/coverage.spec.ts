import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import { expressions, gather, heading, missed, type Expression } from './coverage';
import { coverageExceptions, type CoverageException } from './coverage-exceptions';
import { rulesSource } from './emulator';
// Imported only for the order: modules that don't wait for the fixture would run before those that do.
import './fixture';

const isOf = (exception: CoverageException, { text, within }: Expression): boolean =>
  exception.expression === text && exception.within === within;

const excepted = (expression: Expression): boolean =>
  coverageExceptions.some(
    (exception) =>
      isOf(exception, expression) &&
      missed(expression).every((value) => exception.never === 'either' || exception.never === value),
  );

describe('the coverage of firestore.rules (run through all.spec.ts)', () => {
  before(gather);

  it('is reported for the whole file', () => {
    const headings = new Set(expressions().map(({ within }) => within));
    const declared = [...rulesSource.matchAll(/function \w+|allow [\w, ]+:/g)].map((match) =>
      heading(match.index + match[0].length),
    );
    assert.ok(declared.length > 0);
    assert.deepEqual(
      declared.filter((within) => !headings.has(within)),
      [],
    );
  });

  it('has seen every expression true and false', () => {
    const open = expressions()
      .filter((expression) => missed(expression).length > 0 && !excepted(expression))
      .map(
        (expression) =>
          `firestore.rules:${expression.line} in ${expression.within}: never ${missed(expression).join(' nor ')}: ${expression.text}`,
      );
    assert.equal(open.length, 0, `\n${open.join('\n')}`);
  });

  it('needs every exception it is granted', () => {
    const unneeded = coverageExceptions.filter(
      (exception) =>
        !expressions().some(
          (expression) =>
            isOf(exception, expression) &&
            missed(expression).join() === (exception.never === 'either' ? 'true,false' : exception.never),
        ),
    );
    assert.deepEqual(unneeded, []);
  });
});
