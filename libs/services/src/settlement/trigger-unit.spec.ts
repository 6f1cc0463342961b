import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readDocument } from '../deals/compiled.js';
import { triggerUnit } from './trigger-unit.js';

const TEMPLATE = readFileSync(new URL('../../../deal/templates/auto.yaml', import.meta.url), 'utf8');
const WHEN = 'cumulative(chargeOffs) - cumulative(recoveries) > roundDown(1.5 % * cutOffPool)';

function unitOf(when: string): string | null {
  const deal = readDocument(TEMPLATE.replace(WHEN, when));
  const [trigger] = deal.triggers;
  return trigger === undefined ? null : triggerUnit(deal, trigger.when.expression);
}

describe('the unit of a trigger', () => {
  it('is money where amounts are compared', () => {
    expect(unitOf(WHEN)).toBe('money');
    expect(unitOf('0 < chargeOffs')).toBe('money');
    expect(unitOf('targetOC > 2 * poolClosing')).toBe('money');
    expect(unitOf('poolClosing / 4 < max(0, cutOffPool)')).toBe('money');
  });

  it('is a ratio where plain numbers are', () => {
    expect(unitOf('poolClosing / cutOffPool < 10 %')).toBe('ratio');
    expect(unitOf('0 < 1.5 % - chargeOffs / cutOffPool')).toBe('ratio');
  });
});
