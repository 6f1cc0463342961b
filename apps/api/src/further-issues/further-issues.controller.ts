import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Idempotency } from '@weir/persistence';
import { Services } from '@weir/services';
import { AmendmentPath } from '../amendments/dto/amendment.dto.js';
import { DealPath } from '../deals/dto/deal.dto.js';
import { Idempotent } from '../http/idempotency.guard.js';
import { Permit } from '../http/permission.js';
import { Caller } from '../http/session.guard.js';
import { QueuedTransactionResponse } from '../monitoring/dto/transaction.response.js';
import { FurtherIssueDto, FurtherIssueResponse, IssueSubscriptionDto } from './dto/further-issue.dto.js';

/** More notes of a class after closing. It is approved, or cancelled, as the amendment that it is. */
@ApiTags('offering')
@Controller('deals/:dealId/further-issues')
export class FurtherIssuesController {
  constructor(private readonly services: Services) {}

  @Post()
  @HttpCode(202)
  @Permit(['issuer', 'servicer', 'trustee', 'calculation-agent'])
  @ApiOperation({ summary: 'Propose to issue more of a class, under a document that reckons with it' })
  @ApiAcceptedResponse({ type: FurtherIssueResponse })
  propose(
    @Caller() actor: Actor,
    @Param() path: DealPath,
    @Body() body: FurtherIssueDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<FurtherIssueResponse> {
    return this.services.furtherIssues.propose(actor, path.dealId, body, idempotency);
  }

  @Get()
  @Permit('signed-in')
  @ApiOperation({ summary: "The deal's further issues" })
  @ApiOkResponse({ type: [FurtherIssueResponse] })
  issues(@Caller() actor: Actor, @Param() path: DealPath): Promise<FurtherIssueResponse[]> {
    return this.services.furtherIssues.list(actor, path.dealId);
  }

  @Post(':amendmentId/subscriptions')
  @HttpCode(202)
  @Permit(['investor'])
  @ApiOperation({ summary: 'Subscribe at price and accrued interest, in whole lots' })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  subscribe(
    @Caller() actor: Actor,
    @Param() path: AmendmentPath,
    @Body() body: IssueSubscriptionDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    const { dealId, amendmentId } = path;
    return this.services.furtherIssues.subscribe(actor, dealId, amendmentId, body.amount, idempotency);
  }

  @Post(':amendmentId/withdrawals')
  @HttpCode(202)
  @Permit(['investor'])
  @ApiOperation({ summary: "Take the caller's subscription back" })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  withdraw(
    @Caller() actor: Actor,
    @Param() path: AmendmentPath,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    return this.services.furtherIssues.withdraw(actor, path.dealId, path.amendmentId, idempotency);
  }

  @Post(':amendmentId/refunds')
  @HttpCode(202)
  @Permit(['investor'])
  @ApiOperation({ summary: 'Have paid back what was taken back, was not allotted, or was in an issue that failed' })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  refund(
    @Caller() actor: Actor,
    @Param() path: AmendmentPath,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    return this.services.furtherIssues.refund(actor, path.dealId, path.amendmentId, idempotency);
  }

  @Post(':amendmentId/completion')
  @HttpCode(202)
  @Permit(['issuer'])
  @ApiOperation({ summary: 'Issue the notes and put the document in force, in one transaction' })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  complete(
    @Caller() actor: Actor,
    @Param() path: AmendmentPath,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    return this.services.furtherIssues.complete(actor, path.dealId, path.amendmentId, idempotency);
  }

  @Post(':amendmentId/failure')
  @HttpCode(202)
  @Permit(['issuer'])
  @ApiOperation({ summary: 'Give the issue up; every subscriber can have its cash back' })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  fail(
    @Caller() actor: Actor,
    @Param() path: AmendmentPath,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    return this.services.furtherIssues.fail(actor, path.dealId, path.amendmentId, idempotency);
  }
}
