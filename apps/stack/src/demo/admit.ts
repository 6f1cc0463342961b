import type { OrganisationName } from './cast.js';
import { ApiRefused, OutcomeWrong } from './errors.js';
import type { StructuredStage } from './stage.js';

/** The list that names are screened against in the sample; its entries are invented. */
const SCREENING_LIST = [
  { reference: 'SAMPLE-0001', name: 'Meridian Capital Orlov', country: 'CY' },
  { reference: 'SAMPLE-0002', name: 'Blue Harbour Shipping Co', country: null },
  { reference: 'SAMPLE-0003', name: 'Castellan Trade House', country: 'AE' },
];

interface Applicant {
  readonly who: OrganisationName;
  readonly country: string;
  readonly category: string;
  readonly kycValidUntil: string;
  readonly lockedUntil: string | null;
}

/** The four investors, and the sponsor, whose residual account is locked until the legal end of the deal. */
function applicants(stage: StructuredStage): Applicant[] {
  const first = stage.compiled.periods[0];
  const last = stage.compiled.periods.at(-1);
  if (first === undefined || last === undefined) throw new OutcomeWrong('the deal has no payment dates');
  const ends = last.paymentDate;
  return [
    {
      who: 'northlake',
      country: 'US',
      category: 'qualified-institutional-buyer',
      kycValidUntil: ends,
      lockedUntil: null,
    },
    { who: 'harbour', country: 'GB', category: 'non-us-person', kycValidUntil: ends, lockedUntil: null },
    // Valid at closing, lapsed when the first payment date comes.
    { who: 'cedar', country: 'US', category: 'accredited', kycValidUntil: first.collectionTo, lockedUntil: null },
    { who: 'orlov', country: 'CY', category: 'non-us-person', kycValidUntil: ends, lockedUntil: null },
    { who: 'sponsor', country: 'US', category: 'accredited', kycValidUntil: ends, lockedUntil: ends },
  ];
}

/** Enters, screens and decides on every applicant: two officers each, registry entries on chain for the admitted. */
export async function admit(stage: StructuredStage): Promise<{ admitted: number; refused: number }> {
  const { people, organisations } = stage.cast;
  await people.firstOfficer.put('/screening-list', { entries: SCREENING_LIST });
  const list = applicants(stage);
  const counts = { admitted: 0, refused: 0 };
  for (const { who, ...facts } of list) {
    const { organisationId, account, name } = organisations[who];
    const record = { organisationId, legalName: name, account, ...facts };
    const { investorId } = await people.firstOfficer.post<{ investorId: string }>('/investors', record);
    const { outcome } = await people.firstOfficer.post<{ outcome: string }>(`/investors/${investorId}/screening`);
    const clear = outcome === 'clear';
    const decision = {
      decision: clear ? 'admit' : 'refuse',
      reason: clear ? 'documents complete, screening clear' : 'matches an entry of the screening list',
    };
    if (clear) await expectFourEyes(stage, investorId);
    const answer = await people.secondOfficer.post<{ transactionId: string | null }>(
      `/investors/${investorId}/decision`,
      decision,
    );
    if (answer.transactionId !== null) await people.secondOfficer.mined(answer.transactionId);
    counts[clear ? 'admitted' : 'refused'] += 1;
    stage.progress.advance();
  }
  return counts;
}

/** The officer who entered a record must not get through with deciding on it. */
async function expectFourEyes(stage: StructuredStage, investorId: string): Promise<void> {
  const decision = { decision: 'admit', reason: 'trying to decide alone' };
  const refusal = await stage.cast.people.firstOfficer
    .post(`/investors/${investorId}/decision`, decision)
    .catch((error: unknown) => error);
  if (!(refusal instanceof ApiRefused) || refusal.code !== 'admission-refused')
    throw new OutcomeWrong('an officer could decide on a record of their own');
}
