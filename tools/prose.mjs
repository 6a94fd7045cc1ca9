// node tools/prose.mjs [files]: prints every place where comments, documents or texts use words that CONTRIBUTING.md rules out.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

import { inProject, root, say } from './project.mjs';
import { blank, lineAt } from './source-text.mjs';

/**
 * @typedef {object} Rule
 * @property {RegExp} words
 * @property {string} instead what to write
 */

/** @type {readonly Rule[]} */
export const rules = [
  {
    words: /\b(?:whoever|whomever|whosever)\b/gi,
    instead: 'name the actor: caller, callee, host, member, peer, guest',
  },
  {
    words: /\b(?:somebody|anybody|everybody)\b/gi,
    instead: 'name the actor, or write someone, anyone, everyone',
  },
  {
    words: /\b(?:is|are|was|were|be|being) told\b(?! apart)/gi,
    instead: 'say who says it: the page shows, the peer learns',
  },
  {
    words: /\b(?:is|are) (?:gone|amiss)\b/gi,
    instead: 'left, ended, expired, was removed; is missing, is wrong',
  },
  { words: /\b(?:is|are) let (?:in|be|know)\b/gi, instead: 'may join; is admitted' },
  {
    words: /\b(?:anew|lest|thus|hence|whilst|thereof|therein|whereby|wherein)\b/gi,
    instead: 'again; so; because; in which',
  },
  { words: /\bmend(?:s|ed|ing)?\b/gi, instead: 'fix' },
  {
    words: /\b(?:without a goodbye|lies? ready|stands? behind|not to be seen)\b/gi,
    instead: 'the plain verb',
  },
  {
    words: /\bwhat does(?: not|n['’]t) \w+ (?:is|was|are)\b/gi,
    instead: 'subject first: “Fields that fail to decrypt are discarded”',
  },
  { words: /\bso long (?:is|as is)\b/gi, instead: 'for this long; while' },
  {
    words: /\b(?:utili[sz]e[sd]?|in order to|please note|simply|leverage[sd]?)\b/gi,
    instead: 'use; to; nothing',
  },
  {
    words: /, (?:ms|bit\/s|bytes|px|dB|Hz)\.?\s*(?:\*\/|$)/gm,
    instead: '“Retry delay, in ms.” at the end of the sentence that names it',
  },
];

/** What stands in a comment or document and is none of its prose. */
const quoted = /```[^]*?```|`[^`\n]*`|\]\([^)]*\)|https?:\/\/\S+|<!--[^]*?-->|\{@link [^}]*\}/g;

/** The text with everything replaced by spaces that isn't prose, so that places stay. @param {string} text */
const proseIn = (text) => text.replace(quoted, blank);

/**
 * Comments, and the titles of tests.
 *
 * @param {string} source
 * @returns {{ at: number, text: string }[]}
 */
function commentsOf(source) {
  /** @type {{ at: number, text: string }[]} */
  const found = [];
  /** @type {Set<number>} */
  const seen = new Set();
  const file = ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest, true);
  /** @param {ts.Node} node */
  const visit = (node) => {
    for (const list of [
      ts.getLeadingCommentRanges(source, node.getFullStart()) ?? [],
      ts.getTrailingCommentRanges(source, node.getEnd()) ?? [],
    ]) {
      for (const { pos, end } of list) {
        if (!seen.has(pos)) found.push({ at: pos, text: source.slice(pos, end) });
        seen.add(pos);
      }
    }
    if (
      ts.isCallExpression(node) &&
      /^(?:f?describe|it|test)(?:\.\w+)*$/.test(node.expression.getText(file))
    ) {
      const [title] = node.arguments;
      if (title && ts.isStringLiteralLike(title)) found.push({ at: title.getStart(file), text: title.text });
    }
    node.getChildren(file).forEach(visit);
  };
  visit(file);
  return found;
}

/** The strings of a file of texts. @param {string} source */
function textsOf(source) {
  /** @type {{ at: number, text: string }[]} */
  const found = [];
  const file = ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest, true);
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isPropertyAssignment(node) && ts.isStringLiteralLike(node.initializer)) {
      found.push({ at: node.initializer.getStart(file), text: node.initializer.text });
    }
    node.forEachChild(visit);
  };
  visit(file);
  return found;
}

/** @param {string} path @param {string} source */
function proseOf(path, source) {
  if (extname(path) === '.md') return [{ at: 0, text: source }];
  if (/\/i18n\/.*en\.ts$/.test(path)) return [...commentsOf(source), ...textsOf(source)];
  if (/\.(?:m?ts|mjs|cjs|js)$/.test(path)) return commentsOf(source);
  return [...source.matchAll(/<!--[^]*?-->|\/\*[^]*?\*\/|\/\/.*$/gm)].map((match) => ({
    at: match.index,
    text: match[0].replace(/^<!--|-->$/g, '    '),
  }));
}

/**
 * @param {string} path whose ending and folder say what in it is prose
 * @param {string} source
 * @returns {{ line: number, words: string, instead: string }[]} in the order of the file
 */
export function faults(path, source) {
  return proseOf(path, source)
    .flatMap(({ at, text }) =>
      rules.flatMap(({ words, instead }) =>
        [...proseIn(text).matchAll(words)].map((match) => ({
          line: lineAt(source, at + match.index),
          words: match[0].trim(),
          instead,
        })),
      ),
    )
    .sort((a, b) => a.line - b.line);
}

const kinds = /\.(?:md|m?ts|mjs|cjs|html|s?css|rules)$/;

/** @param {readonly string[]} paths @returns {number} how many faults were printed */
export function check(paths) {
  let count = 0;
  for (const path of paths) {
    for (const { line, words, instead } of faults(path, readFileSync(inProject(path), 'utf8'))) {
      say(`${path}:${line}: “${words}” (${instead})`);
      count++;
    }
  }
  return count;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const named = process.argv.slice(2);
  const tracked = () =>
    execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
    })
      .split('\n')
      .filter((path) => kinds.test(path) && path !== 'tools/prose.mjs' && path !== 'tools/prose.spec.mjs');
  const count = check(named.length > 0 ? named : tracked());
  if (count > 0) say(`${count} places use words that CONTRIBUTING.md rules out.`);
  process.exitCode = count > 0 ? 1 : 0;
}
