import assert from 'node:assert/strict';

import { emulator, loadRules, projectId, rulesSource } from './emulator';

/*
 * How to read the emulator's report.
 *
 * `GET /emulator/v1/projects/{project}:ruleCoverage` returns a tree. Each node is an expression of the rules, with its
 * place in the source (`endOffset` is its last character) and the values it has had, each with a count. A value is
 * - `{boolValue}`, `{intValue}`, `{mapValue}`, …: the result;
 * - `{undefined: {causeMessage}}`: the evaluation failed, which refuses the request;
 * - `{undefined: {}}`: it was not evaluated, because an earlier operand had decided.
 * An expression counts if all its results are booleans, and then both must have been seen. One without any result
 * counts too, because its type is unknown. Literals don't count. The body of a function is in the report once, for all
 * its callers; each call is an expression of its own.
 *
 * The emulator keeps each distinct value until rules are loaded, and its memory can't hold those of hundreds of specs.
 * So the report is gathered in portions, and the rules are loaded again after each.
 */

interface ReportNode {
  readonly sourcePosition?: {
    readonly line?: number;
    readonly currentOffset?: number;
    readonly endOffset?: number;
  };
  readonly values?: readonly { readonly value: Readonly<Record<string, unknown>> }[];
  readonly children?: readonly ReportNode[];
}

export interface Expression {
  /** As it is in the rules, with white space collapsed. */
  readonly text: string;
  /** The function that contains it, or the collection and methods of the `allow`. */
  readonly within: string;
  readonly line: number;
  readonly seen: Set<'true' | 'false' | 'other'>;
}

const found = new Map<string, Expression>();

/** The function or `allow` that contains an offset of the source. */
export const heading = (offset: number): string => {
  const before = rulesSource.slice(0, offset + 1);
  const last = [...before.matchAll(/function (\w+)|allow ([\w, ]+):/g)].at(-1);
  if (!last) return '';
  if (last[1]) return last[1];
  const collection = [...before.matchAll(/match \/(\w+)\/\{?\w+\}? \{/g)].at(-1)?.[1] ?? '';
  return `${collection} ${last[2]}`;
};

const read = (node: ReportNode): void => {
  const { line = 0, currentOffset = 0, endOffset = 0 } = node.sourcePosition ?? {};
  const key = `${currentOffset}-${endOffset}`;
  const expression = found.get(key) ?? {
    text: rulesSource.slice(currentOffset, endOffset + 1).replace(/\s+/g, ' '),
    within: heading(currentOffset),
    line,
    seen: new Set(),
  };
  for (const { value } of node.values ?? []) {
    if ('undefined' in value) continue;
    expression.seen.add('boolValue' in value ? (value['boolValue'] ? 'true' : 'false') : 'other');
  }
  found.set(key, expression);
  node.children?.forEach(read);
};

/** Reads what the emulator has seen since the last call. */
export const gather = async (): Promise<void> => {
  const response = await fetch(`http://${emulator}/emulator/v1/projects/${projectId}:ruleCoverage`);
  assert.equal(response.status, 200, 'the emulator has no coverage report');
  const { report } = (await response.json()) as { readonly report: readonly ReportNode[] };
  report.forEach(read);
  await loadRules();
};

/** Everything gathered; the results of expressions at the same place in the source are combined. */
export const expressions = (): readonly Expression[] => [...found.values()];

const isLiteral = (text: string): boolean => /^(true|false|null|-?\d+|'[^']*')$/.test(text);

/** The booleans that an expression has not resulted in. */
export const missed = ({ text, seen }: Expression): readonly ('true' | 'false')[] =>
  seen.has('other') || isLiteral(text)
    ? []
    : (['true', 'false'] as const).filter((value) => !seen.has(value));
