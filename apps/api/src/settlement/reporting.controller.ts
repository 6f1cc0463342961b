import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Idempotency } from '@weir/persistence';
import { Services } from '@weir/services';
import { Idempotent } from '../http/idempotency.guard.js';
import { Permit } from '../http/permission.js';
import { Caller } from '../http/session.guard.js';
import { QueuedTransactionResponse } from '../monitoring/dto/transaction.response.js';
import { TapeChoiceDto } from '../tapes/dto/tape.dto.js';
import { ReportResponse } from './dto/report.response.js';
import { PeriodPath, ReasonDto } from './dto/settlement.dto.js';
import { DismissalResponse } from './dto/settlement.response.js';

/** The servicer report of a period: preparing and signing it, and what can be done about it on chain. */
@ApiTags('settlement')
@Controller('deals/:dealId/periods/:period/report')
export class ReportingController {
  constructor(private readonly services: Services) {}

  @Post()
  @HttpCode(200)
  @Permit(['servicer'])
  @ApiOperation({ summary: "Prepare the period's report from an imported tape; signatures given before fall" })
  @ApiOkResponse({ type: ReportResponse })
  prepare(
    @Caller() actor: Actor,
    @Param() path: PeriodPath,
    @Body() body: TapeChoiceDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<ReportResponse> {
    return this.services.settlement.prepareReport(actor, path.dealId, path.period, body.tapeId, idempotency);
  }

  @Post('signature')
  @HttpCode(200)
  @Permit(['servicer', 'trustee'])
  @ApiOperation({ summary: "Sign the report for the caller's part" })
  @ApiOkResponse({ type: ReportResponse })
  sign(
    @Caller() actor: Actor,
    @Param() path: PeriodPath,
    @Idempotent() idempotency: Idempotency,
  ): Promise<ReportResponse> {
    return this.services.settlement.signReport(actor, path.dealId, path.period, idempotency);
  }

  @Post('dispute')
  @HttpCode(202)
  @Permit(['servicer', 'trustee', 'calculation-agent'])
  @ApiOperation({ summary: 'Dispute the report on chain within its delay; nobody settles while a dispute stands' })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  async dispute(
    @Caller() actor: Actor,
    @Param() path: PeriodPath,
    @Body() body: ReasonDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    const { dealId, period } = path;
    const { transactionId } = await this.services.settlement.disputeReport(
      actor,
      dealId,
      period,
      body.reason,
      idempotency,
    );
    return { transactionId };
  }

  @Post('dismissal')
  @HttpCode(200)
  @Permit(['trustee', 'calculation-agent'])
  @ApiOperation({
    summary: 'Find a dispute of the report unfounded; it falls when trustee and calculation agent both do',
  })
  @ApiOkResponse({ type: DismissalResponse })
  async dismiss(
    @Caller() actor: Actor,
    @Param() path: PeriodPath,
    @Body() body: ReasonDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<DismissalResponse> {
    const { dealId, period } = path;
    const done = await this.services.settlement.dismissDispute(actor, dealId, period, body.reason, idempotency);
    return { dismissed: done.dismissed, transactionId: done.transactionId };
  }

  @Post('withdrawal')
  @HttpCode(202)
  @Permit(['servicer', 'trustee'])
  @ApiOperation({ summary: 'Withdraw the report from the chain before it is settled; another can then be prepared' })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  withdraw(
    @Caller() actor: Actor,
    @Param() path: PeriodPath,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    return this.services.settlement.withdrawReport(actor, path.dealId, path.period, idempotency);
  }
}
