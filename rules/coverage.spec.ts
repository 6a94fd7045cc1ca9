import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { coverageExceptions } from './coverage-exceptions';
import { emulator, projectId, rulesSource } from './fixture';

/*
 * How the emulator's report is read.
 *
 * `GET /emulator/v1/projects/{project}:ruleCoverage` answers a tree: each node is an expression of the rules with its place
 * in the source (`endOffset` is the last character) and the values it has had, each with a count. A value is
 * - `{boolValue}`, `{intValue}`, `{mapValue}`, …: what it came to;
 * - `{undefined: {causeMessage}}`: it failed, which refuses the request;
 * - `{undefined: {}}`: it was not reached, since what stood before it had decided.
 * An expression counts when all it ever came to are booleans, and then both must have been seen. One that never came to
 * anything counts too: nobody knows what it is. A literal does not count. A function's body is in the report once, for all
 * its callers; each call is an expression of its own.
 */

interface ReportedValue {
  readonly value: Readonly<Record<string, unknown>>;
}

interface ReportNode {
  readonly sourcePosition?: {
    readonly line?: number;
    readonly currentOffset?: number;
    readonly endOffset?: number;
  };
  readonly values?: readonly ReportedValue[];
  readonly children?: readonly ReportNode[];
}

type Seen = 'true' | 'false' | 'other';

interface Expression {
  readonly text: string;
  readonly within: string;
  readonly line: number;
  readonly seen: Set<Seen>;
}

/** What an offset of the source stands in: the nearest `function` or `allow` before it, an `allow` with its collection. */
const heading = (offset: number): string => {
  const before = rulesSource.slice(0, offset + 1);
  const last = [...before.matchAll(/function (\w+)|allow ([\w, ]+):/g)].at(-1);
  if (!last) return '';
  if (last[1]) return last[1];
  const collection = [...before.matchAll(/match \/(\w+)\/\{/g)].at(-1)?.[1] ?? '';
  return `${collection} ${last[2]}`;
};

const valuesOf = ({ values = [] }: ReportNode): Set<Seen> =>
  new Set(
    values
      .filter(({ value }) => !('undefined' in value))
      .map(({ value }) => ('boolValue' in value ? (value['boolValue'] ? 'true' : 'false') : 'other')),
  );

/** The report's expressions, those at one place in the source taken together. */
const expressions = (roots: readonly ReportNode[]): readonly Expression[] => {
  const found = new Map<string, Expression>();
  const visit = (node: ReportNode): void => {
    const { line = 0, currentOffset = 0, endOffset = 0 } = node.sourcePosition ?? {};
    const text = rulesSource.slice(currentOffset, endOffset + 1).replace(/\s+/g, ' ');
    const key = `${currentOffset}-${endOffset}`;
    const expression = found.get(key) ?? { text, within: heading(currentOffset), line, seen: new Set() };
    for (const value of valuesOf(node)) expression.seen.add(value);
    found.set(key, expression);
    node.children?.forEach(visit);
  };
  roots.forEach(visit);
  return [...found.values()];
};

const isLiteral = (text: string): boolean => /^(true|false|null|-?\d+|'[^']*')$/.test(text);

/** The booleans an expression has not come to. */
const missed = ({ text, seen }: Expression): readonly ('true' | 'false')[] =>
  seen.has('other') || isLiteral(text) ? [] : (['true', 'false'] as const).filter((value) => !seen.has(value));

const excepted = (expression: Expression): boolean =>
  coverageExceptions.some(
    (exception) =>
      exception.expression === expression.text &&
      exception.within === expression.within &&
      missed(expression).every((value) => exception.never === 'either' || exception.never === value),
  );

describe('the coverage of firestore.rules (run through all.spec.ts)', () => {
  const report = async (): Promise<readonly Expression[]> => {
    const response = await fetch(`http://${emulator}/emulator/v1/projects/${projectId}:ruleCoverage`);
    assert.equal(response.status, 200);
    const { report: roots } = (await response.json()) as { readonly report: readonly ReportNode[] };
    return expressions(roots);
  };

  it('is reported for the whole file', async () => {
    const headings = new Set((await report()).map(({ within }) => within));
    const declared = [...rulesSource.matchAll(/function \w+|allow [\w, ]+:/g)].map((match) =>
      heading(match.index + match[0].length),
    );
    assert.deepEqual([...new Set(declared)].filter((within) => !headings.has(within)), []);
  });

  it('has every expression seen true and seen false', async () => {
    const open = (await report())
      .filter((expression) => missed(expression).length > 0 && !excepted(expression))
      .map(({ line, within, text, ...rest }) => {
        const never = missed({ line, within, text, ...rest }).join(' nor ');
        return `firestore.rules:${line} in ${within}: never ${never}: ${text}`;
      });
    assert.equal(open.length, 0, `\n${open.join('\n')}`);
  });

  it('needs every exception it is granted', async () => {
    const missing = (await report()).filter((expression) => missed(expression).length > 0);
    const unneeded = coverageExceptions.filter(
      ({ expression, within, never }) =>
        !missing.some(
          (one) =>
            one.text === expression &&
            one.within === within &&
            missed(one).join() === (never === 'either' ? 'true,false' : never),
        ),
    );
    assert.deepEqual(unneeded, []);
  });
});
