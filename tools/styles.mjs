/**
 * Finds styles that name left or right. Where text runs from right to left, they would stay where they are while everything
 * around them is mirrored. Logical properties do the same and follow the direction (CSS Logical Properties, sections 2 to 4).
 */

import { blank, lineAt } from './source-text.mjs';

/** @typedef {{ readonly line: number, readonly style: string, readonly instead: string }} Fault */

const property =
  /^(?:left|right|(?:scroll-)?(?:margin|padding)-(?:left|right)|border-(?:left|right)(?:-\w+)?|border-(?:top|bottom)-(?:left|right)-radius)$/;

/** Properties whose values may be sides. */
const sided =
  /^(?:text-align|float|clear|caption-side|background(?:-position|-image)?|object-position|transform-origin)$/;

/** Properties whose values are one for each side, starting at the top and going around. */
const around = /^(?:margin|padding|inset|scroll-margin|scroll-padding)$/;

/** Splits a value at spaces outside of brackets. @param {string} value */
const parts = (value) => {
  let depth = 0;
  let part = '';
  /** @type {string[]} */
  const found = [];
  for (const character of `${value} `) {
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (/\s/.test(character) && depth === 0) {
      if (part) found.push(part);
      part = '';
    } else part += character;
  }
  return found;
};

/** What to write instead of a declaration; null if it is fine. @param {string} name @param {string} value */
const instead = (name, value) => {
  if (property.test(name)) return 'a logical property';
  if (sided.test(name) && /\b(?:left|right)\b/.test(value)) return 'start or end';
  const values = parts(value);
  if (/-inline|-start|-end/.test(name)) {
    return /--parley-safe-(?:left|right)/.test(value) ? '--parley-safe-start and --parley-safe-end' : null;
  }
  if (around.test(name) && values.length === 4 && values[1] !== values[3]) {
    // The cut-outs of a display stay where they are.
    const isCutOut =
      /--parley-safe-right/.test(values[1] ?? '') && /--parley-safe-left/.test(values[3] ?? '');
    return isCutOut ? null : `${name}-block and ${name}-inline`;
  }
  if (name === 'border-radius' && values.length > 1 && !value.includes('/')) {
    const [topLeft, topRight, bottomRight = topLeft, bottomLeft = topRight] = values;
    return topLeft === topRight && bottomRight === bottomLeft ? null : 'border-start-start-radius and so on';
  }
  if (name === 'translate' && !/^(?:none|0\w*)$/.test(values[0] ?? ''))
    return 'margin-inline or inset-inline';
  if (name === 'transform' && /translate(?:X|3d)?\((?!0)/.test(value)) return 'margin-inline or inset-inline';
  return null;
};

/**
 * The styles of a file, with everything else blanked, so that lines keep their numbers.
 * @param {string} path
 * @param {string} source
 */
const stylesIn = (path, source) => {
  let styles = path.endsWith('.ts') ? '' : source;
  if (path.endsWith('.ts')) {
    for (const { 0: all, 1: content = '', index } of source.matchAll(/\bstyles: `([^`]*)`/g)) {
      const start = index + all.length - content.length - 1;
      styles += blank(source.slice(styles.length, start)) + content;
    }
  }
  return styles.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*/g, blank);
};

/** Bindings of templates. @param {string} source @returns {Fault[]} */
const bindings = (source) =>
  [...source.matchAll(/\[style\.([\w-]+)(?:\.[\w%]+)?\]/g)]
    .filter(([, name = '']) => property.test(name))
    .map(({ 0: style, index }) => ({
      line: lineAt(source, index),
      style,
      instead: 'a logical property',
    }));

/** @param {string} path of a file of styles, a component or a template @param {string} source @returns {Fault[]} */
export const faults = (path, source) => {
  if (path.endsWith('.html')) return bindings(source);
  const styles = stylesIn(path, source);
  const found = [...styles.matchAll(/(?<![\w-])([a-z][a-z-]*)\s*:\s+([^;{}]+);/g)].flatMap(
    ({ 0: all, 1: name = '', 2: value = '', index }) => {
      const better = instead(name, value.trim());
      const line = lineAt(styles, index);
      return better === null ? [] : [{ line, style: all.replace(/\s+/g, ' '), instead: better }];
    },
  );
  return path.endsWith('.ts') ? [...found, ...bindings(source)] : found;
};
