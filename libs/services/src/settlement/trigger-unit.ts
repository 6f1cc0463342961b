import type { Deal, Expression } from '@weir/deal';

/**
 * What the two sides of a trigger's comparison are: amounts, or plain numbers at `RATE_SCALE`. The document was checked
 * when it was read, so both sides are of one unit and a literal zero takes that of the other.
 */
export function triggerUnit(deal: Pick<Deal, 'formulas'>, when: Expression): 'money' | 'ratio' {
  if (when.kind !== 'binary') return 'money';
  const telling = isZero(when.left) ? when.right : when.left;
  return isMoney(deal, telling) ? 'money' : 'ratio';
}

const isZero = (expression: Expression): boolean => expression.kind === 'number' && expression.value.num === 0n;

function isMoney(deal: Pick<Deal, 'formulas'>, expression: Expression): boolean {
  switch (expression.kind) {
    case 'number':
      return expression.unit === 'money';
    case 'name': {
      const formula = deal.formulas.find(({ name }) => name === expression.name);
      // Every other name that a comparison may hold is an amount: report items, balances, targets, what is due.
      return formula === undefined || formula.formula.unit === 'money';
    }
    case 'negate':
    case 'not':
      return isMoney(deal, expression.operand);
    case 'call':
      return expression.name === 'cumulative' || expression.args.some((argument) => isMoney(deal, argument));
    case 'binary': {
      const [left, right] = [isMoney(deal, expression.left), isMoney(deal, expression.right)];
      return expression.op === '/' ? left && !right : left || right;
    }
  }
}
