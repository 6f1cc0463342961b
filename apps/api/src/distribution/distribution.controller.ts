import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Idempotency } from '@weir/persistence';
import { Services } from '@weir/services';
import { Idempotent } from '../http/idempotency.guard.js';
import { Permit } from '../http/permission.js';
import { Caller } from '../http/session.guard.js';
import { QueuedTransactionResponse } from '../monitoring/dto/transaction.response.js';
import { PeriodPath } from '../settlement/dto/settlement.dto.js';
import { ClassDto, PushResponse } from './dto/distribution.dto.js';

/** What happens to a class's payment of a period beside claims. */
@ApiTags('distribution')
@Controller('deals/:dealId/periods/:period')
export class DistributionController {
  constructor(private readonly services: Services) {}

  @Post('pushes')
  @HttpCode(202)
  @Permit(['issuer', 'servicer', 'trustee', 'calculation-agent'])
  @ApiOperation({ summary: 'Pay every holder of a class who can be paid and did not claim' })
  @ApiAcceptedResponse({ type: PushResponse })
  push(
    @Caller() actor: Actor,
    @Param() path: PeriodPath,
    @Body() body: ClassDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<PushResponse> {
    return this.services.distribution.push(actor, paidClass(path, body), idempotency);
  }

  @Post('tax-remittances')
  @HttpCode(202)
  @Permit(['servicer', 'trustee'])
  @ApiOperation({ summary: 'Send the tax withheld of a class to the tax account' })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  remitTax(
    @Caller() actor: Actor,
    @Param() path: PeriodPath,
    @Body() body: ClassDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    return this.services.distribution.remitTax(actor, paidClass(path, body), idempotency);
  }

  @Post('unclaimed/proposal')
  @HttpCode(202)
  @Permit(['operator'])
  @ApiOperation({ summary: 'Propose to move money that nobody claimed' })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  proposeUnclaimed(
    @Caller() actor: Actor,
    @Param() path: PeriodPath,
    @Body() body: ClassDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    return this.services.distribution.proposeUnclaimed(actor, paidClass(path, body), idempotency);
  }

  @Post('unclaimed/approval')
  @HttpCode(202)
  @Permit(['compliance-officer'])
  @ApiOperation({ summary: 'Approve to move it; another person than proposed it' })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  approveUnclaimed(
    @Caller() actor: Actor,
    @Param() path: PeriodPath,
    @Body() body: ClassDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    return this.services.distribution.approveUnclaimed(actor, paidClass(path, body), idempotency);
  }

  @Post('unclaimed/cancellation')
  @HttpCode(202)
  @Permit(['compliance-officer'])
  @ApiOperation({ summary: 'Take the proposal back' })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  cancelUnclaimed(
    @Caller() actor: Actor,
    @Param() path: PeriodPath,
    @Body() body: ClassDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    return this.services.distribution.cancelUnclaimed(actor, paidClass(path, body), idempotency);
  }

  @Post('unclaimed/move')
  @HttpCode(202)
  @Permit(['issuer', 'servicer', 'trustee', 'calculation-agent'])
  @ApiOperation({ summary: 'Move it, once the delay after the approval is over' })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  moveUnclaimed(
    @Caller() actor: Actor,
    @Param() path: PeriodPath,
    @Body() body: ClassDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    return this.services.distribution.moveUnclaimed(actor, paidClass(path, body), idempotency);
  }
}

const paidClass = ({ dealId, period }: PeriodPath, { tranche }: ClassDto) => ({ dealId, period, tranche });
