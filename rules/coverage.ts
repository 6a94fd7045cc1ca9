import assert from 'node:assert/strict';

import { emulator, loadRules, projectId, rulesSource } from './emulator';

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
 *
 * The emulator keeps each distinct value until rules are loaded, and hundreds of specs are more than its memory holds. So the
 * report is gathered in portions, and the rules loaded afresh after each.
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
  /** As it stands in the rules, white space collapsed. */
  readonly text: string;
  /** The function it stands in, or the collection and methods of the `allow`. */
  readonly within: string;
  readonly line: number;
  readonly seen: Set<'true' | 'false' | 'other'>;
}

const found = new Map<string, Expression>();

/** What an offset of the source stands in. */
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

/** Reads what the emulator has seen since the last time. */
export const gather = async (): Promise<void> => {
  const response = await fetch(`http://${emulator}/emulator/v1/projects/${projectId}:ruleCoverage`);
  assert.equal(response.status, 200, 'the emulator has no coverage report');
  const { report } = (await response.json()) as { readonly report: readonly ReportNode[] };
  report.forEach(read);
  await loadRules();
};

/** All that was gathered; expressions at one place in the source are one. */
export const expressions = (): readonly Expression[] => [...found.values()];

const isLiteral = (text: string): boolean => /^(true|false|null|-?\d+|'[^']*')$/.test(text);

/** The booleans an expression has not come to. */
export const missed = ({ text, seen }: Expression): readonly ('true' | 'false')[] =>
  seen.has('other') || isLiteral(text)
    ? []
    : (['true', 'false'] as const).filter((value) => !seen.has(value));
