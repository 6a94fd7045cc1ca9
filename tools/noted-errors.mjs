/**
 * A rule for ESLint: no error is dropped without a trace. Code that handles an error passes it on, tells its reasons apart,
 * or notes it for the debug log (src/app/log/note.ts). Where nothing is lost, a comment that disables the rule says why.
 */

/** Calls whose only error says that the input isn't valid. */
const PARSERS = ['JSON.parse', 'URL', 'decodeURIComponent', 'atob', 'RegExp'];
/** Methods of strings and arrays that may be called on what was parsed. */
const HARMLESS = ['includes', 'slice', 'startsWith', 'test'];

/** @param {any} node @returns {boolean} */
const isFunction = ({ type }) => type === 'ArrowFunctionExpression' || type === 'FunctionExpression';

/** `a.b` for a member of a name, the name itself, or '' @param {any} node @returns {string} */
const nameOf = (node) =>
  node.type === 'Identifier'
    ? node.name
    : node.type === 'MemberExpression' && !node.computed && node.object.type === 'Identifier'
      ? `${node.object.name}.${node.property.name}`
      : '';

/** All nodes below one, without going into nested functions. @param {any} node @param {any} keys @returns {any[]} */
const below = (node, keys) =>
  [node, ...(keys[node.type] ?? []).flatMap((/** @type {string} */ key) => node[key])]
    .filter((child) => child?.type)
    .flatMap((child) => (child === node ? [child] : isFunction(child) ? [] : below(child, keys)));

/** Whether a block does nothing but parse. @param {any} block @param {any} keys */
const isParsing = (block, keys) => {
  const calls = below(block, keys).filter(({ type }) =>
    ['CallExpression', 'NewExpression', 'AwaitExpression', 'ImportExpression', 'YieldExpression'].includes(
      type,
    ),
  );
  const names = calls.map(({ callee }) => (callee ? nameOf(callee) : ''));
  return (
    names.some((name) => PARSERS.includes(name)) &&
    calls.every(
      ({ callee }, index) =>
        PARSERS.includes(names[index] ?? '') || HARMLESS.includes(callee?.property?.name ?? ''),
    )
  );
};

/** @type {import('eslint').Rule.RuleModule} */
export const notedErrors = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      dropped: 'Use the error, or note it: noted(…) and noteError(…) of log/note.ts.',
      retried: 'Note the error before retrying: `delay` is a function that takes it.',
    },
  },
  create(context) {
    const { visitorKeys, scopeManager } = context.sourceCode;

    /** Whether a function or a catch clause uses its first parameter. @param {any} node */
    const usesError = (node) => {
      const parameter = node.type === 'CatchClause' ? node.param : node.params[0];
      if (!parameter) return false;
      const [from, to] = parameter.range;
      return scopeManager
        .getDeclaredVariables(node)
        .some(
          ({ references, identifiers }) =>
            references.length > 0 &&
            identifiers.some(({ range }) => range && from <= range[0] && range[1] <= to),
        );
    };

    /** @param {any} handler @param {'dropped' | 'retried'} messageId */
    const checkHandler = (handler, messageId = 'dropped') => {
      if (handler && isFunction(handler) && !usesError(handler)) context.report({ node: handler, messageId });
    };

    /** @param {any} object @param {string} key @returns {any} */
    const valueOf = (object, key) =>
      object?.type === 'ObjectExpression'
        ? object.properties.find((/** @type {any} */ property) => property.key?.name === key)?.value
        : undefined;

    /** @param {any} node the call of `retry` @param {any} config */
    const checkRetry = (node, config) => {
      const delay = valueOf(config, 'delay');
      const isConstant = delay?.type === 'Identifier' && /^[A-Z_\d]+$/.test(delay.name);
      if (!delay || delay.type === 'Literal' || isConstant) context.report({ node, messageId: 'retried' });
      else checkHandler(delay, 'retried');
    };

    return {
      CatchClause(/** @type {any} */ node) {
        if (!usesError(node) && !isParsing(node.parent.block, visitorKeys)) {
          context.report({ node, messageId: 'dropped' });
        }
      },
      CallExpression(/** @type {any} */ node) {
        const { callee } = node;
        const [first, second] = node.arguments;
        if (callee.type === 'Identifier') {
          if (callee.name === 'catchError') checkHandler(first);
          else if (callee.name === 'retry') checkRetry(node, first);
        } else if (callee.type === 'MemberExpression') {
          if (callee.property.name === 'catch') checkHandler(first);
          else if (callee.property.name === 'then') checkHandler(second);
          else if (callee.property.name === 'subscribe') checkHandler(valueOf(first, 'error'));
        }
      },
    };
  },
};
