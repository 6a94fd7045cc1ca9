/*
 * Creates weakened copies of firestore.rules. A parser that knows just enough of the language finds every condition of
 * every function and every `allow`. Each mutant replaces one condition with `true`, or loosens one comparison.
 */

export interface Mutant {
  /** Offset of the condition in the source. */
  readonly start: number;
  readonly end: number;
  /** The condition as it is in the rules, with white space collapsed. */
  readonly condition: string;
  /** Its replacement. */
  readonly instead: string;
}

interface Condition {
  readonly kind: 'and' | 'or' | 'choice' | 'leaf';
  readonly start: number;
  readonly end: number;
  /** Operands; for a choice, its test and its two outcomes. */
  readonly parts: readonly Condition[];
}

/** Blanks comments and strings, so that their contents are not taken for code. Offsets stay the same. */
const blank = (source: string): string =>
  source.replace(/'[^']*'|\/\/.*/g, (text) => (text.startsWith('/') ? ' ' : '#').repeat(text.length));

class Parser {
  private at: number;

  constructor(
    private readonly code: string,
    start: number,
    private readonly end: number,
  ) {
    this.at = start;
  }

  condition(): Condition {
    const start = this.skip();
    const test = this.operands('||', 'or', () => this.operands('&&', 'and', () => this.operand()));
    if (!this.takes('?')) return test;
    const yes = this.condition();
    if (!this.takes(':')) throw new Error(`firestore.rules: no “:” at ${this.at}`);
    const no = this.condition();
    return { kind: 'choice', start, end: no.end, parts: [test, yes, no] };
  }

  private operands(operator: string, kind: 'and' | 'or', one: () => Condition): Condition {
    const parts = [one()];
    while (this.takes(operator)) parts.push(one());
    if (parts.length === 1) return parts[0]!;
    return { kind, start: parts[0]!.start, end: parts.at(-1)!.end, parts };
  }

  private operand(): Condition {
    const start = this.skip();
    if (this.code[start] === '(' && this.isWhole(start)) {
      this.at++;
      const inner = this.condition();
      this.takes(')');
      return { ...inner, start, end: this.at };
    }
    let depth = 0;
    let end = start;
    for (; this.at < this.end; this.at++) {
      const rest = this.code.slice(this.at, this.at + 2);
      if (depth === 0 && (/^(&&|\|\|)/.test(rest) || /^[?:)]/.test(rest))) break;
      if (/^[([{]/.test(rest)) depth++;
      if (/^[)\]}]/.test(rest)) depth--;
      if (/^\S/.test(rest)) end = this.at + 1;
    }
    return { kind: 'leaf', start, end, parts: [] };
  }

  /** Whether the parentheses enclose a whole operand. */
  private isWhole(open: number): boolean {
    let depth = 0;
    let close = open;
    do {
      if (this.code[close] === '(') depth++;
      if (this.code[close] === ')') depth--;
      close++;
    } while (depth > 0);
    return /^\s*(&&|\|\||[?:);]|$)/.test(this.code.slice(close, this.end + 1));
  }

  private takes(token: string): boolean {
    this.skip();
    if (!this.code.startsWith(token, this.at) || this.at >= this.end) return false;
    this.at += token.length;
    return true;
  }

  private skip(): number {
    while (this.at < this.end && /\s/.test(this.code[this.at]!)) this.at++;
    return this.at;
  }
}

/** Functions that return a value and decide nothing. */
const values = /^(uid|peopleBefore|peopleAfter|idOf|\w+Path|callAfter|linkAfter|hostOf|hostSeatOf)$/;

/** Looser forms of a comparison of numbers or times. */
const looser: Readonly<Record<string, readonly string[]>> = {
  '<': ['<='],
  '>': ['>='],
  '==': ['<=', '>='],
};

const isOrdered = (text: string): boolean => /request\.time|revision|createdAt|seats|size\(\)/.test(text);

/** All mutants of the given rules, in the order of the source. */
export function mutantsOf(source: string): readonly Mutant[] {
  const code = blank(source);
  const found: Mutant[] = [];
  const textOf = ({ start, end }: { start: number; end: number }) =>
    source.slice(start, end).replace(/\s+/g, ' ');
  const add = (part: { start: number; end: number }, instead: string) => {
    if (textOf(part) !== instead)
      found.push({ start: part.start, end: part.end, condition: textOf(part), instead });
  };
  const loosen = (leaf: Condition) => {
    const text = code.slice(leaf.start, leaf.end);
    const operator = / (<=|>=|==|<|>) /.exec(text);
    if (!operator || !isOrdered(text)) return;
    const original = source.slice(leaf.start, leaf.end);
    const before = original.slice(0, operator.index + 1);
    const after = original.slice(operator.index + 1 + operator[1]!.length);
    for (const other of looser[operator[1]!] ?? []) add(leaf, (before + other + after).replace(/\s+/g, ' '));
  };
  const visit = (condition: Condition, isAlternative = false) => {
    // If one alternative is true, all of them are: that is a single mutant.
    if (!isAlternative) add(condition, 'true');
    if (condition.kind === 'choice') add(condition.parts[0]!, 'false');
    if (condition.kind === 'leaf') loosen(condition);
    for (const part of condition.parts) visit(part, condition.kind === 'or');
  };
  for (const match of code.matchAll(/function (\w+)\([^)]*\) \{\s*return |allow [\w, ]+: if /g)) {
    if (values.test(match[1] ?? '')) continue;
    const start = match.index + match[0].length;
    const whole = new Parser(code, start, code.indexOf(';', start)).condition();
    // If a function is used negated, false lets more requests through.
    if (match[1] && code.includes(`!${match[1]}(`)) add(whole, 'false');
    visit(whole);
  }
  return found;
}

export const weakened = (source: string, { start, end, instead }: Mutant): string =>
  source.slice(0, start) + instead + source.slice(end);
