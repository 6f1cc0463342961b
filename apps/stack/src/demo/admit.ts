import type { OrganisationName } from './cast.js';
import { ApiRefused, OutcomeWrong } from './errors.js';
import type { Scene, StructuredStage } from './stage.js';

/** The list that names are screened against in the sample; its entries are invented. */
const SCREENING_LIST = [
  { reference: 'SAMPLE-0001', name: 'Meridian Capital Orlov', country: 'CY' },
  { reference: 'SAMPLE-0002', name: 'Blue Harbour Shipping Co', country: null },
  { reference: 'SAMPLE-0003', name: 'Castellan Trade House', country: 'AE' },
];

/** Whose KYC record is entered, and what it says. Dates name the last day. */
export interface Applicant {
  readonly who: OrganisationName;
  readonly country: string;
  readonly category: string;
  readonly kycValidUntil: string;
  readonly lockedUntil: string | null;
  /** Tax withheld from interest, basis points; none when left out. */
  readonly withholdingBps?: number;
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
  const { people } = stage.cast;
  await people.firstOfficer.put('/screening-list', { entries: SCREENING_LIST });
  const registrations: string[] = [];
  const list = applicants(stage);
  for (const applicant of list) {
    const transactionId = await admitOne(stage, applicant);
    if (transactionId !== null) registrations.push(transactionId);
    stage.progress.advance();
  }
  for (const transactionId of registrations) await people.secondOfficer.mined(transactionId);
  return { admitted: registrations.length, refused: list.length - registrations.length };
}

/** Takes one applicant through admission, or renews a record; gives the entry in the registry, null when refused. */
export async function admitOne(scene: Scene, { who, ...facts }: Applicant): Promise<string | null> {
  const { people, organisations } = scene.cast;
  const { organisationId, account, name } = organisations[who];
  const record = { organisationId, legalName: name, account, ...facts };
  const { investorId } = await people.firstOfficer.post<{ investorId: string }>('/investors', record);
  const { outcome } = await people.firstOfficer.post<{ outcome: string }>(`/investors/${investorId}/screening`);
  const clear = outcome === 'clear';
  const decision = {
    decision: clear ? 'admit' : 'refuse',
    reason: clear ? 'documents complete, screening clear' : 'matches an entry of the screening list',
  };
  if (clear) await expectFourEyes(scene, investorId);
  const path = `/investors/${investorId}/decision`;
  const { transactionId } = await people.secondOfficer.post<{ transactionId: string | null }>(path, decision);
  return transactionId;
}

/** The officer who entered a record must not get through with deciding on it. */
async function expectFourEyes(scene: Scene, investorId: string): Promise<void> {
  const decision = { decision: 'admit', reason: 'trying to decide alone' };
  const refusal = await scene.cast.people.firstOfficer
    .post(`/investors/${investorId}/decision`, decision)
    .catch((error: unknown) => error);
  if (!(refusal instanceof ApiRefused) || refusal.code !== 'admission-refused')
    throw new OutcomeWrong('an officer could decide on a record of their own');
}
