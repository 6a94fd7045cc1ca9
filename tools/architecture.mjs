/**
 * `node tools/architecture.mjs` draws the folders of src/app and their imports into docs/architecture.md. A test fails when
 * the drawing no longer matches the code, or when folders import each other in a circle.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

import { inProject } from './project.mjs';

/**
 * For each folder, the folders that it imports: `value` if the import exists at run time, `type` if the compiler removes it.
 *
 * @typedef {ReadonlyMap<string, ReadonlyMap<string, 'value' | 'type'>>} Graph
 */

const DOCUMENT = inProject('docs/architecture.md');
const BEGIN = '<!-- tools/architecture.mjs writes from here … -->';
const END = '<!-- … to here -->';

/** The modules that a source text imports, and whether only for types. @param {string} source */
export function importsOf(source) {
  /** @type {{ module: string, kind: 'value' | 'type' }[]} */
  const found = [];
  /** @param {ts.Expression | undefined} specifier @param {boolean} isType */
  const add = (specifier, isType) => {
    if (specifier && ts.isStringLiteral(specifier)) {
      found.push({ module: specifier.text, kind: isType ? 'type' : 'value' });
    }
  };
  /** @param {ts.NodeArray<ts.ImportSpecifier | ts.ExportSpecifier>} elements */
  const onlyTypes = (elements) => elements.length > 0 && elements.every(({ isTypeOnly }) => isTypeOnly);
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isImportDeclaration(node)) {
      const { importClause: clause } = node;
      const named = clause?.namedBindings;
      const isList = named !== undefined && ts.isNamedImports(named) && !clause?.name;
      add(node.moduleSpecifier, clause?.isTypeOnly === true || (isList && onlyTypes(named.elements)));
    } else if (ts.isExportDeclaration(node)) {
      const named = node.exportClause;
      const isList = named !== undefined && ts.isNamedExports(named);
      add(node.moduleSpecifier, node.isTypeOnly || (isList && onlyTypes(named.elements)));
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(/** @type {ts.Expression} */ (node.argument.literal), true);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest));
  return found;
}

/** The imports between the folders of the app, without specs and `testing`. @param {string} app @returns {Graph} */
export function folderImports(app) {
  /** @type {Map<string, Map<string, 'value' | 'type'>>} */
  const graph = new Map();
  const files = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      file.includes(sep) &&
      file.endsWith('.ts') &&
      !/\.(spec|contract)\.ts$/.test(file) &&
      !file.startsWith(`testing${sep}`),
  );
  for (const file of files.sort()) {
    const [from = ''] = file.split(sep);
    const arrows = graph.get(from) ?? new Map();
    graph.set(from, arrows);
    for (const { module, kind } of importsOf(readFileSync(join(app, file), 'utf8'))) {
      if (!module.startsWith('.')) continue;
      const [to = '', ...rest] = relative(app, resolve(app, dirname(file), module)).split(sep);
      // `..` leaves src/app, as for packages' styles.
      if (to === from || to === '..' || rest.length === 0) continue;
      if (kind === 'value' || !arrows.has(to)) arrows.set(to, kind);
    }
  }
  return graph;
}

/** A circle as `a → b → a`; null if there is none. @param {Graph} graph @returns {string | null} */
export function circleIn(graph) {
  const done = new Set();
  /** @param {string} folder @param {readonly string[]} path @returns {string | null} */
  const follow = (folder, path) => {
    const since = path.indexOf(folder);
    if (since >= 0) return [...path.slice(since), folder].join(' → ');
    if (done.has(folder)) return null;
    for (const to of graph.get(folder)?.keys() ?? []) {
      const circle = follow(to, [...path, folder]);
      if (circle) return circle;
    }
    done.add(folder);
    return null;
  };
  for (const folder of graph.keys()) {
    const circle = follow(folder, []);
    if (circle) return circle;
  }
  return null;
}

/** The folders by layer, lowest first: each one stands directly above the highest that it imports. @param {Graph} graph @returns {string[][]} */
export function layers(graph) {
  const circle = circleIn(graph);
  if (circle) throw new Error(`Folders import each other in a circle: ${circle}`);
  /** @param {string} folder @returns {number} */
  const height = (folder) => Math.max(-1, ...[...(graph.get(folder)?.keys() ?? [])].map(height)) + 1;
  /** @type {string[][]} */
  const rows = [];
  for (const folder of [...graph.keys()].sort()) (rows[height(folder)] ??= []).push(folder);
  return rows;
}

/** The graph without arrows that others imply: where `a → b → c`, `a → c` says nothing new. @param {Graph} graph */
export function reduced(graph) {
  /** @param {string} from @param {string} to @returns {boolean} */
  const leads = (from, to) =>
    [...(graph.get(from)?.keys() ?? [])].some((next) => next === to || leads(next, to));
  return new Map(
    [...graph].map(([from, arrows]) => [
      from,
      new Map(
        [...arrows].filter(([to]) => ![...arrows.keys()].some((next) => next !== to && leads(next, to))),
      ),
    ]),
  );
}

/** A name in the picture: some folders have names that Mermaid reserves, such as `call`. @param {string} folder */
const id = (folder) => `${folder}_`;

/** The picture (Mermaid) and the layers as a list (Markdown). @param {Graph} graph */
export function drawn(graph) {
  const rows = layers(graph).reverse();
  const order = rows.flat();
  const arrows = order.flatMap((from) =>
    [...(reduced(graph).get(from) ?? [])]
      .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
      .map(([to, kind]) => `  ${id(from)} ${kind === 'value' ? '-->' : '-.->'} ${id(to)}`),
  );
  return [
    '```mermaid',
    'flowchart TD',
    ...order.map((folder) => `  ${id(folder)}["${folder}"]`),
    ...arrows,
    '```',
    '',
    ...rows.map(
      (folders, row) => `- Layer ${rows.length - row}: ${folders.map((name) => `\`${name}\``).join(', ')}`,
    ),
  ].join('\n');
}

/** The document with the drawing in its place. @param {string} document @param {string} drawing */
export function withDrawing(document, drawing) {
  const [from, to] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (from < 0 || to < from) throw new Error('docs/architecture.md has no place for the drawing.');
  return `${document.slice(0, from + BEGIN.length)}\n\n${drawing}\n\n${document.slice(to)}`;
}

export const architecture = () => {
  const graph = folderImports(inProject('src/app'));
  const document = readFileSync(DOCUMENT, 'utf8');
  return { graph, document, current: withDrawing(document, drawn(graph)) };
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  writeFileSync(DOCUMENT, architecture().current);
