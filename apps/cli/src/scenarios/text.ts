import { figureUnit, type FigureSummary, type FigureUnit, type SetResult, summarise } from '@weir/valuation';
import { decimal, moneyText, percent } from '../output/figures.js';
import { textTable } from '../output/table.js';

const SHARES = [0.05, 0.5, 0.95];

/** A figure of a set for people. The mean of a flag is the share of scenarios that have it. */
function shown(unit: FigureUnit, value: number): string {
  switch (unit) {
    case 'amount':
      return moneyText(value);
    case 'years':
      return decimal(value, 2);
    case 'fraction a year':
      return percent(value, 3);
    case 'percent of par':
      return decimal(value, 4);
    case '1 or 0':
      return percent(value, 1);
  }
}

/** Figures that are nothing in every scenario say nothing. */
const isNothing = ({ least, most }: FigureSummary): boolean => least === 0 && most === 0;

/** How each figure is spread over the scenarios of a set, as a table. */
export function setText(title: string, result: SetResult, width: number): string {
  const rows = summarise(result, SHARES)
    .filter((each) => !isNothing(each))
    .map(({ name, mean, standardDeviation, least, most, percentiles }) => {
      const unit = figureUnit(name);
      const spread = percentiles.map(({ value }) => shown(unit, value));
      return [
        name,
        shown(unit, mean),
        shown(unit, standardDeviation),
        shown(unit, least),
        ...spread,
        shown(unit, most),
      ];
    });
  const right = (heading: string, dispensable?: number) => ({
    title: heading,
    right: true,
    ...(dispensable === undefined ? {} : { dispensable }),
  });
  const columns = [
    { title: 'figure' },
    ...[right('mean'), right('deviation', 3), right('least', 2), right('5 %'), right('median'), right('95 %')],
    right('most', 2),
  ];
  return `${title}\n\n${textTable(columns, rows, width)}\n`;
}
