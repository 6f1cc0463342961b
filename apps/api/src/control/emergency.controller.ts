import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Idempotency } from '@weir/persistence';
import { Services } from '@weir/services';
import { DealPath } from '../deals/dto/deal.dto.js';
import { Idempotent } from '../http/idempotency.guard.js';
import { Permit } from '../http/permission.js';
import { Caller } from '../http/session.guard.js';
import { QueuedTransactionResponse } from '../monitoring/dto/transaction.response.js';
import { StopDto } from './dto/control.dto.js';

/** The emergency stop of a deal's vault; which party may stop and which resume, the deal document says. */
@ApiTags('control')
@Controller('deals/:dealId')
export class EmergencyController {
  constructor(private readonly services: Services) {}

  @Post('stop')
  @HttpCode(202)
  @Permit(['issuer', 'servicer', 'trustee', 'calculation-agent'])
  @ApiOperation({ summary: 'Stop deposits, reports, settlements and amendments; claims and withdrawals go on' })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  stop(
    @Caller() actor: Actor,
    @Param() path: DealPath,
    @Body() body: StopDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    return this.services.emergency.stop(actor, path.dealId, body.reason, idempotency);
  }

  @Post('resumption')
  @HttpCode(202)
  @Permit(['issuer', 'servicer', 'trustee', 'calculation-agent'])
  @ApiOperation({ summary: 'Resume a stopped deal' })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  resume(
    @Caller() actor: Actor,
    @Param() path: DealPath,
    @Body() body: StopDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    return this.services.emergency.resume(actor, path.dealId, body.reason, idempotency);
  }
}
