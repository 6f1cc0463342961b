export {
  CATEGORY_BITS,
  InvestorFactsInvalid,
  checkInvestorFacts,
  type FactFault,
  type InvestorCategory,
  type InvestorFacts,
} from './investor.js';
export { countryCode } from './country.js';
export { HIT_SCORE, screenName, type ListEntry, type ScreeningHit, type ScreeningResult } from './screening.js';
export {
  OnboardingOutOfOrder,
  SameOfficer,
  afterDecision,
  afterScreening,
  type Decision,
  type OnboardingState,
} from './onboarding.js';
