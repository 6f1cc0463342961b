import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Idempotency } from '@weir/persistence';
import { Services } from '@weir/services';
import { DealPath } from '../deals/dto/deal.dto.js';
import { Idempotent } from '../http/idempotency.guard.js';
import { Permit } from '../http/permission.js';
import { Caller } from '../http/session.guard.js';
import { QueuedTransactionResponse } from '../monitoring/dto/transaction.response.js';
import { SubscriptionDto } from './dto/subscription.dto.js';

/** The offering of a deal's notes. Every command queues a transaction. */
@ApiTags('offering')
@Controller('deals/:dealId')
export class OfferingController {
  constructor(private readonly services: Services) {}

  @Post('offering')
  @HttpCode(202)
  @Permit(['issuer'])
  @ApiOperation({ summary: 'Open subscription' })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  open(
    @Caller() actor: Actor,
    @Param() path: DealPath,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    return this.services.offering.open(actor, path.dealId, idempotency);
  }

  @Post('subscriptions')
  @HttpCode(202)
  @Permit(['investor'])
  @ApiOperation({ summary: 'Subscribe to a tranche in the settlement stablecoin' })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  subscribe(
    @Caller() actor: Actor,
    @Param() path: DealPath,
    @Body() body: SubscriptionDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    const { tranche, amount } = body;
    return this.services.offering.subscribe(actor, path.dealId, { tranche, amount }, idempotency);
  }

  @Post('closing')
  @HttpCode(202)
  @Permit(['issuer'])
  @ApiOperation({ summary: 'Close: notes are minted, the reserve is funded, the rest goes to the seller' })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  close(
    @Caller() actor: Actor,
    @Param() path: DealPath,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    return this.services.offering.close(actor, path.dealId, idempotency);
  }

  @Post('offering/cancellation')
  @HttpCode(202)
  @Permit(['issuer'])
  @ApiOperation({ summary: 'Call the offering off; every subscriber can have its cash back' })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  cancel(
    @Caller() actor: Actor,
    @Param() path: DealPath,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    return this.services.offering.cancel(actor, path.dealId, idempotency);
  }

  @Post('offering/failure')
  @HttpCode(202)
  @Permit(['issuer', 'investor'])
  @ApiOperation({ summary: 'Declare the offering failed once its deadline, or that of its closing, is over' })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  fail(
    @Caller() actor: Actor,
    @Param() path: DealPath,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    return this.services.offering.fail(actor, path.dealId, idempotency);
  }

  @Post('refunds')
  @HttpCode(202)
  @Permit(['investor'])
  @ApiOperation({ summary: "Have the caller's subscriptions of a failed offering paid back" })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  refund(
    @Caller() actor: Actor,
    @Param() path: DealPath,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    return this.services.offering.refund(actor, path.dealId, idempotency);
  }
}
