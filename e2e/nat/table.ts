import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const readme = join(import.meta.dirname, '../../README.md');
const [begin, end] = ['<!-- nat -->', '<!-- /nat -->'];

/** What became of each call, for the README. */
export class NatTable {
  private readonly rows: string[] = [];

  /** @param time ms */
  add(between: string, outcome: string, time: number): void {
    const row = `| ${between} | ${outcome} | ${(time / 1_000).toFixed(1)} s |`;
    this.rows.push(row);
    console.log(`  ${row}`);
  }

  /** The calls that the README's table tells of. */
  static inReadme(): readonly string[] {
    const text = readFileSync(readme, 'utf8');
    const table = text.slice(text.indexOf(begin), text.indexOf(end));
    return [...table.matchAll(/^\| (?!between|---)(.*?) +\|/gm)].map((row) => row[1]!);
  }

  /** Into the README where `NAT_TABLE` asks for it: tests leave the checkout as it is. */
  write(): void {
    if (!process.env['NAT_TABLE'] || this.rows.length === 0) return;
    const text = readFileSync(readme, 'utf8');
    const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end)];
    const table = ['| between | what became of it | after |', '| --- | --- | ---: |', ...this.rows].join(
      '\n',
    );
    writeFileSync(readme, `${text.slice(0, from)}\n\n${table}\n\n${text.slice(to)}`);
  }
}
