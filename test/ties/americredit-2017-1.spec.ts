import { describe, expect, it } from '@jest/globals';
import { AS_SCHEDULED, POOL_FLOW_COLUMNS, type PoolFlows, type PoolLine, projectPool } from '@weir/collateral';
import { averageLife, type DealProjection, securityFlows } from '@weir/valuation';
import { projectable, projectionOf, recordsOf } from './projected.js';
import { tableOf } from './replayed.js';

const FOLDER = 'americredit-2017-1';
const SPEEDS = ['0.50', '1.00', '1.50', '2.00'];
/** Published classes; A-2-A and A-2-B share theirs. */
const CLASSES: [string, string[]][] = [
  ['A-1', ['A1']],
  ['A-2', ['A2A', 'A2B']],
  ['A-3', ['A3']],
  ['B', ['B']],
  ['C', ['C']],
  ['D', ['D']],
];
/** Cells that differ, each by less than 0.7: the first months of A-1. Another implementation differs in the same three. */
const OPEN: Record<string, string[]> = { '0.50': ['A-1 2017-05'], '1.00': ['A-1 2017-05'], '2.00': ['A-1 2017-03'] };
const deal = projectable(FOLDER);

const linesOf = (cutOff: string): PoolLine[] =>
  recordsOf(tableOf(FOLDER, 'pools'))
    .filter((row) => row['cutOff'] === cutOff)
    .map((row) => {
      const grossRate = Number(row['rate']?.replace('%', '')) / 100;
      return {
        balance: Math.round(100 * Number(row['balance'])),
        grossRate,
        netRate: grossRate - 0.0225,
        remainingTerm: Number(row['remainingTerm']),
        age: Number(row['age']),
      };
    });

/** The loans with a cut-off in January pay twice before the first payment date, the others once. */
function flowsAt(abs: number): PoolFlows {
  const assumptions = { ...AS_SCHEDULED, prepayment: { model: 'ABS', speed: abs / 100 } } as const;
  const [january, february] = [linesOf('2017-01-01'), linesOf('2017-02-01')];
  const [first, later] = [projectPool(january, assumptions), projectPool(february, assumptions)];
  const untouched = february.reduce((sum, { balance }) => sum + balance, 0);
  const months = Math.max(first.months, later.months + 1);
  const columns = POOL_FLOW_COLUMNS.map((name) => {
    const whole = name === 'openingBalance' || name === 'closingBalance' ? untouched : 0;
    const values = Float64Array.from(
      { length: months },
      (_, month) => (first[name][month] ?? 0) + (month === 0 ? whole : (later[name][month - 1] ?? 0)),
    );
    return [name, values] as const;
  });
  return { months, ...(Object.fromEntries(columns) as Record<(typeof POOL_FLOW_COLUMNS)[number], Float64Array>) };
}

const called = (abs: string): DealProjection =>
  projectionOf(deal, flowsAt(Number(abs)), 'prepayment: none\ncalls:\n  cleanUp: asap');
const held = (abs: string): DealProjection => projectionOf(deal, flowsAt(Number(abs)));

/** Balances of a published class after each payment date as a share of the original. */
function classShares(projection: DealProjection, names: readonly string[]): number[] {
  const tranches = projection.tranches.filter(({ name }) => names.includes(name));
  const original = tranches.reduce((sum, tranche) => sum + tranche.original, 0);
  return Array.from({ length: 62 }, (_, row) => {
    const balance = tranches.reduce((sum, { closing }) => sum + (closing[row] ?? 0), 0);
    return balance / original;
  });
}

describe('AmeriCredit 2017-1 has the published lives and balances at four ABS speeds', () => {
  it.each(SPEEDS)('average lives to call and to maturity at %s %% ABS', (abs) => {
    const published = recordsOf(tableOf(FOLDER, 'published-lives'));
    for (const [basis, projection] of [
      ['call', called(abs)],
      ['maturity', held(abs)],
    ] as const) {
      const lives = CLASSES.map(([label, [name]]) => {
        const tranche = projection.tranches.find((other) => other.name === name);
        const life = tranche ? averageLife(securityFlows(projection, tranche), '2017-02-23') : null;
        return [label, (life ?? 0).toFixed(2)];
      });
      const wanted = published.flatMap((row) => (row['basis'] === basis ? [[row['class'], row[abs]]] : []));
      expect({ basis, lives }).toEqual({ basis, lives: wanted });
    }
  });

  it.each(SPEEDS)('percentages outstanding at %s %% ABS, within the rounding of the table', (abs) => {
    const table = tableOf(FOLDER, 'published-outstanding');
    const months = table.columns.slice(2);
    const rows = recordsOf(table).filter((row) => row['abs'] === abs);
    const projection = called(abs);
    const different = CLASSES.flatMap(([label, names]) => {
      const row = rows.find((other) => other['class'] === label) ?? {};
      return classShares(projection, names).flatMap((share, index) => {
        const month = months[index] ?? '';
        const published = row[month] === '*' ? 0.4 : Number(row[month]);
        const open = OPEN[abs]?.includes(`${label} ${month}`) ?? false;
        const allowed = open ? 0.7 : 0.5 + 1e-9;
        const found = 100 * share;
        return Math.abs(found - published) <= allowed ? [] : [{ label, month, published, found }];
      });
    });
    expect(different).toEqual([]);
  });

  it('the cash of 46 months at 1.50 % ABS is that of another engine, to a few cents', () => {
    const projection = held('1.50');
    const column = (name: string): number[] => [...projection.figure(name)];
    // Parity payments are principal that the other engine pays with the distributable amount.
    const notes = projection.tranches.map(({ principalPaid }) => principalPaid);
    const principal = notes[0]?.map((_, row) => notes.reduce((sum, paid) => sum + (paid[row] ?? 0), 0)) ?? [];
    const found: Record<string, number[]> = {
      servicing: column('servicing.paid'),
      principal: [...principal],
      certificates: column('residual.paid'),
    };
    const worst = { servicing: 0, principal: 0, certificates: 0 };
    const rows = recordsOf(tableOf(FOLDER, 'engine-1.50'));
    expect(rows).toHaveLength(46);
    for (const row of rows) {
      for (const name of ['servicing', 'principal', 'certificates'] as const) {
        const at = (found[name]?.[Number(row['period']) - 1] ?? 0) / 100;
        worst[name] = Math.max(worst[name], Math.abs(at - Number(row[name])));
      }
    }
    expect(worst.servicing).toBeLessThan(0.01);
    expect(worst.principal).toBeLessThan(0.1);
    expect(worst.certificates).toBeLessThan(0.1);
  });
});
