import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '@weir/persistence';
import { once, startPlatform, type TestPlatform } from '../../../../test/platform.js';
import { Forbidden, NotFound, OutOfOrder } from '../problem.js';
import {
  ApprovalNamesAnotherProgram,
  ApproverNotIndependent,
  DealDocumentInvalid,
  PartTaken,
  PartUnknown,
  PartsMissing,
  PartsNotDistinct,
} from './errors.js';

const DOCUMENT = readFileSync(new URL('../../../deal/templates/auto.yaml', import.meta.url), 'utf8');

describe('deals', () => {
  let platform: TestPlatform;
  let author: Actor;
  let trustee: Actor;
  let servicer: Actor;
  let agent: Actor;
  const deals = () => platform.services.deals;
  const status = async (dealId: string) => (await deals().get(author, dealId)).status;

  /** A deal as structuring leaves it; picking the pool has tests of its own. */
  async function structured(): Promise<{ dealId: string; programHash: string }> {
    const { dealId } = await deals().create(author, DOCUMENT, once());
    const programHash = `0x${'1'.repeat(64)}`;
    const set = `update weir.deal set status = 'structured', program_hash = $2, cut_off_pool = 1000000 where deal_id = $1`;
    await platform.asSystem(set, [dealId, programHash]);
    return { dealId, programHash };
  }

  const give = (dealId: string, role: 'servicer' | 'trustee' | 'calculation-agent' | 'investor', to: Actor) =>
    deals().addParty(author, dealId, { role, organisationId: to.organisationId }, once());

  beforeAll(async () => {
    platform = await startPlatform();
    author = await platform.member('sponsor', 'issuer');
    trustee = await platform.member('trustee', 'trustee');
    servicer = await platform.member('servicer', 'servicer');
    agent = await platform.member('calculation-agent', 'calculation-agent');
  }, 60_000);
  afterAll(() => platform.stop());

  it('are approved by another person than author and editor, whatever the account', async () => {
    const { dealId, programHash } = await structured();
    const sameHuman = await platform.colleague(author, ['issuer'], author.personId);
    const colleague = await platform.colleague(author);
    for (const one of [author, sameHuman])
      await expect(deals().approve(one, dealId, programHash, once())).rejects.toThrow(ApproverNotIndependent);
    const other = `0x${'2'.repeat(64)}`;
    await expect(deals().approve(colleague, dealId, other, once())).rejects.toThrow(ApprovalNamesAnotherProgram);
    await deals().approve(colleague, dealId, programHash, once());
    expect(await status(dealId)).toBe('approved');
  });

  it('lose their approval by any edit, and the editor may not give it again', async () => {
    const { dealId, programHash } = await structured();
    const [editor, colleague] = [await platform.colleague(author), await platform.colleague(author)];
    await deals().approve(colleague, dealId, programHash, once());
    await deals().edit(editor, dealId, `${DOCUMENT}\n`, once());
    const { approvedHash, programHash: compiled } = await deals().get(author, dealId);
    expect([await status(dealId), approvedHash, compiled]).toEqual(['draft', null, null]);
    await expect(deals().approve(colleague, dealId, programHash, once())).rejects.toThrow(OutOfOrder);
    await platform.asSystem(`update weir.deal set status = 'structured', program_hash = $2 where deal_id = $1`, [
      dealId,
      programHash,
    ]);
    await expect(deals().approve(editor, dealId, programHash, once())).rejects.toThrow(ApproverNotIndependent);
  });

  it('are approved as they are or not at all when an edit comes at the same moment', async () => {
    const { dealId, programHash } = await structured();
    const colleague = await platform.colleague(author);
    await Promise.allSettled([
      deals().approve(colleague, dealId, programHash, once()),
      deals().edit(author, dealId, DOCUMENT, once()),
    ]);
    expect(await status(dealId)).toBe('draft');
    expect((await deals().get(author, dealId)).approvedHash).toBeNull();
  });

  it('have one organisation a part, and a trustee that is neither servicer nor calculation agent', async () => {
    const { dealId } = await deals().create(author, DOCUMENT, once());
    await give(dealId, 'servicer', servicer);
    await give(dealId, 'servicer', servicer);
    await expect(give(dealId, 'servicer', agent)).rejects.toThrow(PartTaken);
    await expect(give(dealId, 'trustee', servicer)).rejects.toThrow(PartsNotDistinct);
    await give(dealId, 'trustee', trustee);
    await expect(give(dealId, 'calculation-agent', trustee)).rejects.toThrow(PartsNotDistinct);
    await give(dealId, 'calculation-agent', servicer);
    const ghost = { role: 'investor' as const, organisationId: randomUUID() };
    await expect(deals().addParty(author, dealId, ghost, once())).rejects.toThrow(NotFound);
    const odd = { role: 'auditor' as 'investor', organisationId: agent.organisationId };
    await expect(deals().addParty(author, dealId, odd, once())).rejects.toThrow(PartUnknown);
    await expect(
      deals().addParty(servicer, dealId, { role: 'investor', organisationId: agent.organisationId }, once()),
    ).rejects.toThrow(Forbidden);
  });

  it('are deployed once every part is given; from then on document and parts stand', async () => {
    const { dealId, programHash } = await structured();
    await deals().approve(await platform.colleague(author), dealId, programHash, once());
    const deploy = () => platform.services.deployment.deployDeal(author, dealId, once());
    await give(dealId, 'servicer', servicer);
    await expect(deploy()).rejects.toThrow(PartsMissing);
    await give(dealId, 'trustee', trustee);
    await give(dealId, 'calculation-agent', agent);
    await deploy();
    expect(await status(dealId)).toBe('deploying');
    await expect(deals().edit(author, dealId, DOCUMENT, once())).rejects.toThrow(OutOfOrder);
    await expect(give(dealId, 'servicer', servicer)).rejects.toThrow(OutOfOrder);
    await give(dealId, 'investor', await platform.member('investor', 'investor'));
  });

  it('are not there for organisations that have no part in them, nor open to people without the role', async () => {
    const { dealId } = await deals().create(author, DOCUMENT, once());
    const stranger = await platform.member('sponsor', 'issuer');
    await expect(deals().get(stranger, dealId)).rejects.toThrow(NotFound);
    await expect(deals().edit(stranger, dealId, DOCUMENT, once())).rejects.toThrow(NotFound);
    const clerk = await platform.colleague(author, ['servicer']);
    await expect(deals().edit(clerk, dealId, DOCUMENT, once())).rejects.toThrow(Forbidden);
    await expect(deals().create(servicer, DOCUMENT, once())).rejects.toThrow(Forbidden);
  });

  it('name the place of an error in the document and keep nothing of it', async () => {
    const before = (await deals().list(author)).length;
    const wrong = DOCUMENT.replace('cutOffPool)', 'cutOfPool)');
    await expect(deals().create(author, wrong, once())).rejects.toThrow(DealDocumentInvalid);
    expect((await deals().list(author)).length).toBe(before);
  });

  it('name with it what only compiling finds', async () => {
    const wrong = DOCUMENT.replace('target: 1 % * cutOffPool', 'target: 1 % * cutOfPool').replace(
      'amount: 0.02 % / 12 * poolOpening',
      'amount: 1.00 USD - 2.00 USD',
    );
    await expect(deals().create(author, wrong, once())).rejects.toMatchObject({
      diagnostics: [{ code: 'unknown-name' }, { code: 'negative', path: 'fees.trustee.amount' }],
    });
  });
});
