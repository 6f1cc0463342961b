import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '@weir/persistence';
import { chainOn, once, startPlatform, type TestPlatform } from '../../../../test/platform.js';
import { Services } from '../services.js';
import { Forbidden, NotFound } from '../problem.js';
import { AdmissionRefused, KycRecordInvalid, NoScreeningList } from './errors.js';

const ACCOUNT = `0x${'a'.repeat(40)}`;
const ADMIT = { decision: 'admit' as const, reason: 'documents complete' };

describe('admission', () => {
  let platform: TestPlatform;
  let officer: Actor;
  let second: Actor;
  let investor: Actor;
  const admission = () => platform.services.admission;
  const facts = (more: object = {}) => ({
    ...{ organisationId: investor.organisationId, legalName: 'Northlake Pension Fund', country: 'US' },
    ...{ account: ACCOUNT, kycValidUntil: '2020-12-31', lockedUntil: null, category: 'accredited' as const },
    withholdingBps: 1_500,
    ...more,
  });
  async function screened(more: object = {}): Promise<string> {
    const { investorId } = await admission().enter(officer, facts(more), once());
    await admission().screen(officer, investorId, once());
    return investorId;
  }
  const stateOf = async (investorId: string) =>
    (await admission().list(officer)).find((one) => one.investorId === investorId)?.state;

  beforeAll(async () => {
    platform = await startPlatform(chainOn('2020-07-01'));
    officer = await platform.member('operator', 'compliance-officer');
    second = await platform.colleague(officer);
    investor = await platform.member('investor', 'investor');
    await platform.asSystem(`insert into weir.platform_contract values ('InvestorRegistry', $1)`, [ACCOUNT]);
  }, 60_000);
  afterAll(() => platform.stop());

  it('screens against a list in force or not at all', async () => {
    const { investorId } = await admission().enter(officer, facts(), once());
    await expect(admission().screen(officer, investorId, once())).rejects.toThrow(NoScreeningList);
    const list = [{ reference: 'S-1', name: 'Orlov Meridian Capital', country: null }];
    await admission().loadScreeningList(officer, list, once());
    expect(await admission().screen(officer, investorId, once())).toEqual({ outcome: 'clear' });
  });

  it('is decided by another person than entered the record, whatever the account', async () => {
    const investorId = await screened();
    const sameHuman = await platform.colleague(officer, ['compliance-officer'], officer.personId);
    for (const one of [officer, sameHuman])
      await expect(admission().decide(one, investorId, ADMIT, once())).rejects.toThrow(AdmissionRefused);
    expect(await stateOf(investorId)).toBe('screened-clear');
    const { state, transactionId } = await admission().decide(second, investorId, ADMIT, once());
    expect([state, transactionId]).toEqual(['admitted', `investor/${investorId}/register`]);
    await expect(admission().decide(second, investorId, ADMIT, once())).rejects.toThrow(AdmissionRefused);
  });

  it('is decided once when two officers decide at the same moment', async () => {
    const investorId = await screened();
    const third = await platform.colleague(officer);
    const refuse = { decision: 'refuse' as const, reason: 'documents missing' };
    const outcomes = await Promise.allSettled([
      admission().decide(second, investorId, ADMIT, once()),
      admission().decide(third, investorId, refuse, once()),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('admits nobody whose name was found on the list, or whose record has run out meanwhile', async () => {
    const hit = await screened({ legalName: 'Meridian Capital Orlov' });
    await expect(admission().decide(second, hit, ADMIT, once())).rejects.toThrow(AdmissionRefused);
    const lapsed = await screened({ kycValidUntil: '2020-07-15' });
    const { context, dataSource, settings } = platform.services;
    const later = new Services({ ...context, provider: chainOn('2020-07-16') }, dataSource, settings).admission;
    await expect(later.decide(second, lapsed, ADMIT, once())).rejects.toThrow('ran out on 2020-07-15');
    expect(await stateOf(lapsed)).toBe('screened-clear');
  });

  it('takes no record with faults, of an unknown organisation, or by anybody but compliance', async () => {
    const wrong = { country: 'XX', kycValidUntil: '2020-02-30', category: 'constructor' };
    const refusal = admission().enter(officer, facts(wrong), once());
    await expect(refusal).rejects.toThrow(KycRecordInvalid);
    await expect(refusal).rejects.toMatchObject({
      details: { faults: [{ field: 'country' }, { field: 'kycValidUntil' }, { field: 'category' }] },
    });
    const ghost = facts({ organisationId: randomUUID() });
    await expect(admission().enter(officer, ghost, once())).rejects.toThrow(NotFound);
    await expect(admission().enter(investor, facts(), once())).rejects.toThrow(Forbidden);
  });

  it('shows an investor its own records and no other', async () => {
    const other = await platform.member('investor', 'investor');
    const { investorId } = await admission().enter(officer, facts({ organisationId: other.organisationId }), once());
    expect((await admission().list(other)).map((one) => one.investorId)).toEqual([investorId]);
    expect((await admission().list(investor)).map((one) => one.investorId)).not.toContain(investorId);
  });
});
