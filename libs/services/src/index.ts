export { AccessService, type NewOrganisation, type NewUser, type OrganisationView } from './access/access.service.js';
export { SessionInvalid, SignInRefused } from './access/errors.js';
export { AdmissionService, type InvestorView } from './admission/admission.service.js';
export { AmendmentsService, type AmendmentView } from './amendments/amendments.service.js';
export { FurtherIssuesService, type FurtherIssueView } from './further-issues/further-issues.service.js';
export type { IssueInput } from './further-issues/issue-terms.js';
export type { AmendmentStanding } from './amendments/entities.js';
export { ChainSilent, businessDate, type ServiceContext } from './context.js';
export { EmergencyService } from './control/emergency.service.js';
export { DealsService, type DealView } from './deals/deals.service.js';
export { PARTY_ROLES } from './deals/party.js';
export {
  DEPLOY_DEAL_QUEUE,
  DEPLOY_PLATFORM_QUEUE,
  DeploymentService,
  type ContractsView,
} from './deployment/deployment.service.js';
export { SigningService } from './signing/signing.service.js';
export type { PayloadView } from '@weir/chain';
export { DealHealthService, type AlarmView, type DealHealthView } from './monitoring/deal-health.service.js';
export { DistributionService, type PaidClass, type PushAnswer } from './distribution/distribution.service.js';
export { MonitoringService, type ReconciliationView, type TransactionView } from './monitoring/monitoring.service.js';
export { Attestations, type AttestationView, type BroughtAttestation } from './offering/attestations.js';
export { OfferingService } from './offering/offering.service.js';
export { PledgesService, type PledgeAnswer, type PledgesView } from './pledges/pledges.service.js';
export { Forbidden, IdempotencyKeyMissing, NotFound, OutOfOrder, Problem, type ProblemKind } from './problem.js';
export { ProjectionCancelled, ThreadsBusy } from './projection/errors.js';
export { LoanThreads, type ProjectionWatch } from './projection/loan-threads.js';
export { BUILD_REPORT_QUEUE, ReportsService } from './reports/reports.service.js';
export type { SetStatus, StoredSetFile } from './scenario-sets/entities.js';
export { ScenarioFailed, ScenarioRunStopped, ScenarioThreadEnded } from './scenario-sets/errors.js';
export { type LocalRun, runScenarioSet } from './scenario-sets/run-scenario-set.js';
export { ScenarioSetsService, type ScenarioSetView } from './scenario-sets/scenario-sets.service.js';
export type { CollateralOrder, OwnedBasis, OwnedOrder, SetBasis, SetOrder } from './scenario-sets/set-order.js';
export { RUN_SHARD_QUEUE } from './scenario-sets/shard-queue.js';
export { ENTITIES, MIGRATIONS, QUEUES, Services, openServices } from './services.js';
export { ConfigurationMissing, settingsFromEnvironment, type PlatformSettings } from './settings.js';
export type { PeriodView } from './settlement/period-view.js';
export type { ReportView } from './settlement/reports.js';
export { SettlementService } from './settlement/settlement.service.js';
export type { ChangedValueView, TapeDifferenceView } from './tapes/difference.js';
export { TAPE_KINDS, TAPE_STATUSES, type TapeKind, type TapeStatus } from './tapes/entities.js';
export { TapeHistoryService, type StrataView, type TapeLine } from './tapes/tape-history.service.js';
export { TapeMappingsService, type MappingView } from './tapes/tape-mappings.service.js';
export {
  IMPORT_TAPE_QUEUE,
  TapesService,
  type ExcludedLoanView,
  type PoolView,
  type TapeUpload,
  type TapeView,
} from './tapes/tapes.service.js';
export { type VintageView, VINTAGES_QUEUE } from './tapes/vintage-curves.js';
export { runWorker, type WorkerOptions } from './worker-loops.js';
