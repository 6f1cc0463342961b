export { CONTRACT_DAY_COUNTS, type ContractDayCount } from './accrual.js';
export type { BusinessDayRule, ContractCalendar } from './business-days.js';
export { projectModified } from './modified-loan.js';
export type { LoanModification, ModifiableLoan } from './modified-loan.js';
export {
  ContractInvalid,
  DrawingRefused,
  MomentFormatError,
  PrepaymentLockedOut,
  ObservationMissing,
  type TermProblem,
  TooManyEvents,
} from './errors.js';
export { type ContractEvent, EVENT_KINDS, type EventKind } from './event.js';
export { type Moment, parseMoment, type Period } from './moment.js';
export {
  NOTHING_OBSERVED,
  type Observation,
  type Observations,
  OBSERVED_KINDS,
  type ObservedEvent,
  type ObservedKind,
} from './observations.js';
export { projectContract } from './project-contract.js';
export type { Cycle, EndOfMonthRule, Recurrence } from './schedule.js';
export * from './terms.js';
