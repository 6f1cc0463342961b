import type { Formula } from '../expression/ast.js';
import type { Deal } from '../model.js';
import { namesIn } from '../read/values.js';

/** All names that a formula reads as they are on the payment date, by itself or through formulas that it names. */
export function namesBehind(deal: Deal, formula: Formula): Set<string> {
  const formulas = new Map(deal.formulas.map(({ name, formula: of }) => [name, of]));
  const found = new Set<string>();
  const waiting: Formula[] = [formula];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const { name, inHistory } of namesIn(next.expression)) {
      if (inHistory || found.has(name)) continue;
      found.add(name);
      const behind = formulas.get(name);
      if (behind) waiting.push(behind);
    }
  }
  return found;
}
