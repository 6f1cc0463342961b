import { JsonRpcProvider } from 'ethers';
import type { DataSource } from 'typeorm';
import { CHAIN_ENTITIES, CHAIN_MIGRATIONS, KeystoreSigners } from '@weir/chain';
import {
  BlobStore,
  PERSISTENCE_ENTITIES,
  openAppDataSource,
  type MigrationClass,
  type QueueDefinition,
} from '@weir/persistence';
import { AccessService } from './access/access.service.js';
import { OrganisationAccount } from './access/entities.js';
import { AdmissionService } from './admission/admission.service.js';
import { InvestorRecord, ScreeningEntry } from './admission/entities.js';
import { AmendmentsService } from './amendments/amendments.service.js';
import { AmendmentRecord } from './amendments/entities.js';
import type { ServiceContext } from './context.js';
import { EmergencyService } from './control/emergency.service.js';
import { DealsService } from './deals/deals.service.js';
import { DealRecord } from './deals/entities.js';
import { DEPLOY_DEAL_QUEUE, DEPLOY_PLATFORM_QUEUE, DeploymentService } from './deployment/deployment.service.js';
import { DealContract, PlatformContract, PlatformManifest } from './deployment/entities.js';
import { FurtherIssuesService } from './further-issues/further-issues.service.js';
import { DEPLOY_ISSUE_QUEUE } from './further-issues/issue-script.js';
import { DealHealthService } from './monitoring/deal-health.service.js';
import { DealAlarm, DealAudit } from './monitoring/entities.js';
import { DistributionService } from './distribution/distribution.service.js';
import { MonitoringService } from './monitoring/monitoring.service.js';
import { requireSound } from './monitoring/settlement-gate.js';
import { Attestations } from './offering/attestations.js';
import { OfferingService } from './offering/offering.service.js';
import { PledgesService } from './pledges/pledges.service.js';
import { ReportFileRecord } from './reports/entities.js';
import { BUILD_REPORT_QUEUE, ReportsService } from './reports/reports.service.js';
import { ScenarioSetRecord } from './scenario-sets/entities.js';
import { ScenarioSetsService } from './scenario-sets/scenario-sets.service.js';
import { MOST_ATTEMPTS, RUN_SHARD_QUEUE } from './scenario-sets/shard-queue.js';
import { ClaimTax1700000006500 } from './schema/claim-tax.js';
import { DealAlarms1700000006700 } from './schema/deal-alarms.js';
import { Amendments1700000006760 } from './schema/amendments.js';
import { FurtherIssues1700000006840 } from './schema/further-issues.js';
import { Stops1700000006750 } from './schema/stops.js';
import { PlatformManifest1700000006790 } from './schema/platform-manifest.js';
import { Pledges1700000006600 } from './schema/pledges.js';
import { MainJob1700000000100 } from './schema/main-job.js';
import { InvestorWithholding1700000006200 } from './schema/investor-withholding.js';
import { OutboxSigners1700000002000 } from './schema/outbox-signers.js';
import { ScenarioSetStarts1700000006100 } from './schema/scenario-set-starts.js';
import { ScenarioSetWarnings1700000006820 } from './schema/scenario-set-warnings.js';
import { ReportSubmissions1700000006400 } from './schema/report-submissions.js';
import { ScenarioSets1700000005000 } from './schema/scenario-sets.js';
import { TapeMonths1700000006300 } from './schema/tape-months.js';
import { TapeStore1700000003000 } from './schema/tape-store.js';
import { VintageCurves1700000006000 } from './schema/vintage-curves.js';
import { UseCaseUnitOfWork } from './faults.js';
import type { PlatformSettings } from './settings.js';
import { DealStateRecord, PaymentRecord, ReportSubmissionRecord, ServicerReportRecord } from './settlement/entities.js';
import { SigningService } from './signing/signing.service.js';
import { RELEASE_LOANS_QUEUE } from './settlement/pledged-periods.js';
import { SettlementService } from './settlement/settlement.service.js';
import { TapeRecord } from './tapes/entities.js';
import { REJUDGE_TAPES_QUEUE } from './tapes/judgements.js';
import { TapeHistoryService } from './tapes/tape-history.service.js';
import { TapeMappingsService } from './tapes/tape-mappings.service.js';
import { IMPORT_TAPE_QUEUE, TapesService } from './tapes/tapes.service.js';
import { VintageCurves, VINTAGES_QUEUE } from './tapes/vintage-curves.js';

/** Migrations of the chain tables and the use cases, in order; the foundation's come first by themselves. */
export const MIGRATIONS: MigrationClass[] = [
  MainJob1700000000100,
  ...CHAIN_MIGRATIONS,
  OutboxSigners1700000002000,
  TapeStore1700000003000,
  ScenarioSets1700000005000,
  VintageCurves1700000006000,
  ScenarioSetStarts1700000006100,
  InvestorWithholding1700000006200,
  TapeMonths1700000006300,
  ReportSubmissions1700000006400,
  ClaimTax1700000006500,
  Pledges1700000006600,
  DealAlarms1700000006700,
  Stops1700000006750,
  Amendments1700000006760,
  PlatformManifest1700000006790,
  ScenarioSetWarnings1700000006820,
  FurtherIssues1700000006840,
];

/** A deployment goes on where it was, so further attempts cost little: workers may end, and a chain be silent, many times. */
const DEPLOYMENT_ATTEMPTS = 50;

/** Job queues that the worker serves. A deployment waits for many transactions, a large tape is read
 * for minutes: both may take their time. */
export const QUEUES: QueueDefinition[] = [
  { name: IMPORT_TAPE_QUEUE, expireInSeconds: 3600 },
  { name: VINTAGES_QUEUE, expireInSeconds: 3600 },
  { name: REJUDGE_TAPES_QUEUE, expireInSeconds: 900 },
  { name: DEPLOY_PLATFORM_QUEUE, retryLimit: DEPLOYMENT_ATTEMPTS, expireInSeconds: 900 },
  { name: DEPLOY_DEAL_QUEUE, retryLimit: DEPLOYMENT_ATTEMPTS, expireInSeconds: 900 },
  { name: DEPLOY_ISSUE_QUEUE, retryLimit: DEPLOYMENT_ATTEMPTS, expireInSeconds: 900 },
  { name: BUILD_REPORT_QUEUE },
  { name: RELEASE_LOANS_QUEUE, expireInSeconds: 900 },
  { name: RUN_SHARD_QUEUE, retryLimit: MOST_ATTEMPTS, expireInSeconds: 3_600 },
];

/** Every entity that a process maps. */
export const ENTITIES = [
  ...PERSISTENCE_ENTITIES,
  OrganisationAccount,
  DealRecord,
  TapeRecord,
  PlatformContract,
  PlatformManifest,
  DealContract,
  InvestorRecord,
  ScreeningEntry,
  ServicerReportRecord,
  ReportSubmissionRecord,
  PaymentRecord,
  DealStateRecord,
  AmendmentRecord,
  ReportFileRecord,
  ScenarioSetRecord,
  DealAlarm,
  DealAudit,
  ...CHAIN_ENTITIES,
];

/** Blocks are polled this often; ethers' default of 4 s would make every step wait. */
const POLLING_MS = 100;

/** All use cases over one set of connections. */
export class Services {
  readonly access: AccessService;
  readonly deals: DealsService;
  readonly tapes: TapesService;
  readonly tapeMappings: TapeMappingsService;
  readonly tapeHistory: TapeHistoryService;
  readonly vintages: VintageCurves;
  readonly admission: AdmissionService;
  readonly deployment: DeploymentService;
  readonly offering: OfferingService;
  readonly pledges: PledgesService;
  readonly attestations: Attestations;
  readonly settlement: SettlementService;
  readonly distribution: DistributionService;
  readonly emergency: EmergencyService;
  readonly amendments: AmendmentsService;
  readonly furtherIssues: FurtherIssuesService;
  readonly reports: ReportsService;
  readonly monitoring: MonitoringService;
  readonly dealHealth: DealHealthService;
  readonly signing: SigningService;
  readonly scenarioSets: ScenarioSetsService;

  constructor(
    readonly context: ServiceContext,
    readonly dataSource: DataSource,
    readonly settings: PlatformSettings,
  ) {
    this.access = new AccessService(context, dataSource);
    this.deals = new DealsService(context);
    this.tapes = new TapesService(context);
    this.tapeMappings = new TapeMappingsService(context);
    this.tapeHistory = new TapeHistoryService(context);
    this.vintages = new VintageCurves(context);
    this.admission = new AdmissionService(context);
    this.deployment = new DeploymentService(context);
    this.offering = new OfferingService(context);
    this.pledges = new PledgesService(context);
    this.attestations = new Attestations(context);
    this.settlement = new SettlementService(context, requireSound);
    this.distribution = new DistributionService(context);
    this.emergency = new EmergencyService(context);
    this.amendments = new AmendmentsService(context);
    this.furtherIssues = new FurtherIssuesService(context);
    this.reports = new ReportsService(context);
    this.monitoring = new MonitoringService(context, dataSource);
    this.dealHealth = new DealHealthService(context);
    this.signing = new SigningService(context);
    this.scenarioSets = new ScenarioSetsService(context);
  }

  /** Closes the connections. */
  async close(): Promise<void> {
    this.context.provider.destroy();
    await this.dataSource.destroy();
  }
}

/** Opens the connections and builds the use cases. The database role may be neither superuser nor bypass row security. */
export async function openServices(settings: PlatformSettings): Promise<Services> {
  const dataSource = await openAppDataSource(settings.databaseUrl, ENTITIES);
  // Answers are not cached: a use case must see the head of the chain, not that of a quarter second ago.
  const provider = new JsonRpcProvider(settings.rpcUrl, undefined, { cacheTimeout: -1, pollingInterval: POLLING_MS });
  const context: ServiceContext = {
    uow: new UseCaseUnitOfWork(dataSource),
    blobs: new BlobStore(settings.blobKey),
    provider,
    signers: new KeystoreSigners({
      directory: settings.keystoreDirectory,
      passphrase: settings.keystorePassphrase,
    }),
    saltSecret: settings.saltSecret,
    disputeDelay: settings.disputeDelay,
    changeDelay: settings.changeDelay,
    sessionKey: settings.sessionKey,
  };
  return new Services(context, dataSource, settings);
}
