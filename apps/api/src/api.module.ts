import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Services } from '@weir/services';
import { AccessController } from './access/access.controller.js';
import { AdmissionController } from './admission/admission.controller.js';
import { AmendmentsController } from './amendments/amendments.controller.js';
import { FurtherIssuesController } from './further-issues/further-issues.controller.js';
import { EmergencyController } from './control/emergency.controller.js';
import { DealsController } from './deals/deals.controller.js';
import { DeploymentController } from './deals/deployment.controller.js';
import { DistributionController } from './distribution/distribution.controller.js';
import { BodyKindGuard } from './http/file-body.js';
import { IdempotencyGuard } from './http/idempotency.guard.js';
import { SessionGuard } from './http/session.guard.js';
import { DealHealthController } from './monitoring/deal-health.controller.js';
import { MonitoringController } from './monitoring/monitoring.controller.js';
import { AttestationsController } from './offering/attestations.controller.js';
import { OfferingController } from './offering/offering.controller.js';
import { PlatformController } from './platform/platform.controller.js';
import { PledgesController } from './pledges/pledges.controller.js';
import { ReportsController } from './reports/reports.controller.js';
import { ScenarioSetsController } from './scenario-sets/scenario-sets.controller.js';
import { ReportingController } from './settlement/reporting.controller.js';
import { SettlementController } from './settlement/settlement.controller.js';
import { WithdrawalsController } from './settlement/withdrawals.controller.js';
import { SigningController } from './signing/signing.controller.js';
import { TapeHistoryController } from './tapes/tape-history.controller.js';
import { TapesController } from './tapes/tapes.controller.js';

/** The API's one module: controllers over the use cases, behind the guards. */
@Module({
  controllers: [
    AccessController,
    PlatformController,
    AdmissionController,
    DealsController,
    DeploymentController,
    TapesController,
    TapeHistoryController,
    PledgesController,
    OfferingController,
    AttestationsController,
    ReportingController,
    SettlementController,
    WithdrawalsController,
    DistributionController,
    EmergencyController,
    AmendmentsController,
    FurtherIssuesController,
    ReportsController,
    ScenarioSetsController,
    MonitoringController,
    DealHealthController,
    SigningController,
  ],
  providers: [
    // In the order in which they run: who may, then what is sent, then under which key.
    { provide: APP_GUARD, useClass: SessionGuard },
    { provide: APP_GUARD, useClass: BodyKindGuard },
    { provide: APP_GUARD, useClass: IdempotencyGuard },
  ],
})
export class ApiModule implements OnApplicationShutdown {
  constructor(private readonly services: Services) {}

  /** The module over open use cases, which it closes when it is stopped. */
  static over(services: Services): DynamicModule {
    return { module: ApiModule, providers: [{ provide: Services, useValue: services }] };
  }

  /** Called when no request is being answered any more. */
  async onApplicationShutdown(): Promise<void> {
    await this.services.close();
  }
}
