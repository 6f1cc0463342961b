// Mutants of a TypeScript file: small changes of meaning at one place of its syntax tree.
import ts from 'typescript';

const { SyntaxKind } = ts;

/** What takes the place of an operator. */
const OPERATORS = {
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '<<': ['>>'],
  '>>': ['<<'],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
  '+=': ['-='],
  '-=': ['+='],
  '*=': ['/='],
  '/=': ['*='],
  '<<=': ['>>='],
  '>>=': ['<<='],
  '&': ['|'],
  '|': ['&'],
  '||=': ['&&='],
  '??=': ['&&='],
};

/** What takes the place of a method's name. */
const METHODS = { every: 'some', some: 'every', min: 'max', max: 'min', floor: 'ceil', ceil: 'floor' };

const isText = (node) => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);

/** Places whose change says nothing about behaviour: types, imports, what a thrown error is told, enum members. */
function isOutside(node) {
  return (
    ts.isTypeNode(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isThrowStatement(node) ||
    (ts.isClassDeclaration(node) && extendsError(node))
  );
}

/** An error class holds words for people and nothing that a run depends on. */
function extendsError(node) {
  return (node.heritageClauses ?? []).some(({ types }) =>
    types.some((type) => /Error$/.test(type.expression.getText())),
  );
}

/** Replacements of one node: `at` is what is replaced, `around` the expression or block that holds it. */
function changesOf(node) {
  const changes = [];
  const change = (at, text, around = node) => changes.push({ at, text, around });
  if (ts.isBinaryExpression(node)) {
    const { left, operatorToken, right } = node;
    const joined = operatorToken.kind === SyntaxKind.PlusToken && (isText(left) || isText(right));
    if (!joined) for (const other of OPERATORS[operatorToken.getText()] ?? []) change(operatorToken, other);
  } else if (ts.isPrefixUnaryExpression(node)) {
    if (node.operator === SyntaxKind.ExclamationToken || node.operator === SyntaxKind.MinusToken) {
      change(node, `(${node.operand.getText()})`);
    } else if (node.operator === SyntaxKind.PlusPlusToken) change(node, `--${node.operand.getText()}`);
    else if (node.operator === SyntaxKind.MinusMinusToken) change(node, `++${node.operand.getText()}`);
  } else if (ts.isPostfixUnaryExpression(node)) {
    change(node, node.operand.getText() + (node.operator === SyntaxKind.PlusPlusToken ? '--' : '++'));
  } else if (node.kind === SyntaxKind.TrueKeyword) change(node, 'false');
  else if (node.kind === SyntaxKind.FalseKeyword) change(node, 'true');
  else if (ts.isNumericLiteral(node)) change(node, `(${node.getText()} + 1)`);
  else if (ts.isBigIntLiteral(node)) change(node, `(${node.getText()} + 1n)`);
  else if (ts.isStringLiteralLike(node)) change(node, node.text === '' ? "'mutant'" : "''");
  else if (ts.isConditionalExpression(node)) decided(node.condition, change);
  else if (ts.isIfStatement(node)) decided(node.expression, change);
  else if (ts.isWhileStatement(node) || ts.isDoStatement(node)) change(node.expression, 'false', node.expression);
  else if (ts.isForStatement(node) && node.condition) change(node.condition, 'false', node.condition);
  else if (ts.isBlock(node) && node.statements.length > 0) change(node, '{}');
  else if (ts.isPropertyAccessExpression(node) && ts.isCallExpression(node.parent) && node.parent.expression === node) {
    const other = METHODS[node.name.text];
    if (other) change(node.name, other, node.parent);
  }
  return changes;
}

/** A condition that is always true, and one that never is. */
function decided(condition, change) {
  if (condition.kind === SyntaxKind.TrueKeyword || condition.kind === SyntaxKind.FalseKeyword) return;
  change(condition, 'true', condition);
  change(condition, 'false', condition);
}

/** A literal that stands where no expression may: a property's name, a discriminant of a type. */
function isName(node) {
  const { parent } = node;
  return parent !== undefined && 'name' in parent && parent.name === node;
}

/**
 * All mutants of a file, in order. start and end are what `text` replaces; `around` is the range that runs when it matters,
 * `block` whether that range is a block and no expression.
 */
export function mutantsOf(file, source) {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ES2023, true);
  const mutants = [];
  const visit = (node) => {
    if (isOutside(node)) return;
    if (!isName(node)) {
      for (const { at, text, around } of changesOf(node)) {
        const start = at.getStart(tree);
        mutants.push({
          file,
          line: tree.getLineAndCharacterOfPosition(start).line + 1,
          start,
          end: at.end,
          was: source.slice(start, at.end),
          text,
          around: [around.getStart(tree), around.end],
          block: ts.isBlock(around),
        });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return mutants.map((mutant) => ({ ...mutant, id: `${file}:${mutant.start}:${mutant.end}:${mutant.text}` }));
}

/** The source with one mutant in it. */
export function mutated(source, { start, end, text }) {
  return source.slice(0, start) + text + source.slice(end);
}

/** The source that calls `globalThis.__hit(n)` each time the range of mutant n runs. */
export function instrumented(source, mutants) {
  const ranges = new Map();
  mutants.forEach(({ around: [start, end], block }, n) => {
    const key = `${start}-${end}`;
    if (!ranges.has(key)) ranges.set(key, { start, end, block, hits: [] });
    ranges.get(key).hits.push(n);
  });
  const inserts = [...ranges.values()].flatMap(({ start, end, block, hits }) => {
    const call = `globalThis.__hit(${hits.join(',')})`;
    if (block) return [{ at: start + 1, text: `${call};`, size: 0 }];
    return [
      { at: start, text: `(${call},`, size: end - start },
      { at: end, text: ')', size: start - end },
    ];
  });
  // At one place what closes comes before what opens; of those that open the widest first, of those that close the narrowest.
  const order = ({ size }) => (size < 0 ? -1 : 1);
  inserts.sort((a, b) => a.at - b.at || order(a) - order(b) || b.size - a.size);
  let [text, last] = ['', 0];
  for (const { at, text: inserted } of inserts) {
    text += source.slice(last, at) + inserted;
    last = at;
  }
  return text + source.slice(last);
}
