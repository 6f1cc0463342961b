import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Idempotency } from '@weir/persistence';
import { Services } from '@weir/services';
import { DealPath } from '../deals/dto/deal.dto.js';
import { Idempotent } from '../http/idempotency.guard.js';
import { Permit } from '../http/permission.js';
import { Caller } from '../http/session.guard.js';
import { PledgeResponse, PledgesResponse } from './dto/pledges.response.js';

/** Loans pledged to a deal, in the registry that all deals share. */
@ApiTags('offering')
@Controller('deals/:dealId/pledges')
export class PledgesController {
  constructor(private readonly services: Services) {}

  @Post()
  @HttpCode(202)
  @Permit(['servicer'])
  @ApiOperation({ summary: 'Pledge the loans of the pool that are not pledged yet' })
  @ApiAcceptedResponse({ type: PledgeResponse })
  pledge(
    @Caller() actor: Actor,
    @Param() path: DealPath,
    @Idempotent() idempotency: Idempotency,
  ): Promise<PledgeResponse> {
    return this.services.pledges.pledge(actor, path.dealId, idempotency);
  }

  @Get()
  @Permit('signed-in')
  @ApiOperation({ summary: 'What is pledged to the deal' })
  @ApiOkResponse({ type: PledgesResponse })
  pledges(@Caller() actor: Actor, @Param() path: DealPath): Promise<PledgesResponse> {
    return this.services.pledges.view(actor, path.dealId);
  }
}
