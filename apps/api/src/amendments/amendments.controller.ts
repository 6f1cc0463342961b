import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Idempotency } from '@weir/persistence';
import { Services } from '@weir/services';
import { DealPath } from '../deals/dto/deal.dto.js';
import { Idempotent } from '../http/idempotency.guard.js';
import { Permit } from '../http/permission.js';
import { Caller } from '../http/session.guard.js';
import { QueuedTransactionResponse } from '../monitoring/dto/transaction.response.js';
import { AmendmentApprovalDto, AmendmentDto, AmendmentPath, AmendmentResponse } from './dto/amendment.dto.js';

/** Amendments; which party may propose and which approve, the deal document says. */
@ApiTags('control')
@Controller('deals/:dealId/amendments')
export class AmendmentsController {
  constructor(private readonly services: Services) {}

  @Post()
  @HttpCode(202)
  @Permit(['issuer', 'servicer', 'trustee', 'calculation-agent'])
  @ApiOperation({ summary: 'Propose a new document from a period on' })
  @ApiAcceptedResponse({ type: AmendmentResponse })
  propose(
    @Caller() actor: Actor,
    @Param() path: DealPath,
    @Body() body: AmendmentDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<AmendmentResponse> {
    return this.services.amendments.propose(actor, path.dealId, body.document, idempotency);
  }

  @Get()
  @Permit('signed-in')
  @ApiOperation({ summary: "The deal's amendments" })
  @ApiOkResponse({ type: [AmendmentResponse] })
  amendments(@Caller() actor: Actor, @Param() path: DealPath): Promise<AmendmentResponse[]> {
    return this.services.amendments.list(actor, path.dealId);
  }

  @Post(':amendmentId/approval')
  @HttpCode(202)
  @Permit(['issuer', 'servicer', 'trustee', 'calculation-agent'])
  @ApiOperation({ summary: 'Approve it; another person than proposed it' })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  approve(
    @Caller() actor: Actor,
    @Param() path: AmendmentPath,
    @Body() body: AmendmentApprovalDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    const { dealId, amendmentId } = path;
    return this.services.amendments.approve(actor, dealId, amendmentId, body.programHash, idempotency);
  }

  @Post(':amendmentId/application')
  @HttpCode(202)
  @Permit(['issuer', 'servicer', 'trustee', 'calculation-agent'])
  @ApiOperation({ summary: 'Put it in force, once its delay is over and its first period is next' })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  apply(
    @Caller() actor: Actor,
    @Param() path: AmendmentPath,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    return this.services.amendments.apply(actor, path.dealId, path.amendmentId, idempotency);
  }

  @Post(':amendmentId/cancellation')
  @HttpCode(202)
  @Permit(['issuer', 'servicer', 'trustee', 'calculation-agent'])
  @ApiOperation({ summary: 'Give it up' })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  cancel(
    @Caller() actor: Actor,
    @Param() path: AmendmentPath,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    return this.services.amendments.cancel(actor, path.dealId, path.amendmentId, idempotency);
  }
}
