import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Idempotency } from '@weir/persistence';
import { Services } from '@weir/services';
import { Idempotent } from '../http/idempotency.guard.js';
import { Permit } from '../http/permission.js';
import { Caller } from '../http/session.guard.js';
import { AcceptedResponse } from '../platform/dto/platform.dto.js';
import { DealPath } from './dto/deal.dto.js';
import { DealContractsResponse } from './dto/deal.response.js';

/** A deal's contracts. */
@ApiTags('deals')
@Controller('deals/:dealId/deployment')
export class DeploymentController {
  constructor(private readonly services: Services) {}

  @Post()
  @HttpCode(202)
  @Permit(['issuer'])
  @ApiOperation({ summary: "Deploy the approved deal's contracts" })
  @ApiAcceptedResponse({ type: AcceptedResponse })
  deploy(
    @Caller() actor: Actor,
    @Param() path: DealPath,
    @Idempotent() idempotency: Idempotency,
  ): Promise<AcceptedResponse> {
    return this.services.deployment.deployDeal(actor, path.dealId, idempotency);
  }

  @Get()
  @Permit('signed-in')
  @ApiOperation({ summary: "The deal's contracts" })
  @ApiOkResponse({ type: DealContractsResponse })
  contracts(@Caller() actor: Actor, @Param() path: DealPath): Promise<DealContractsResponse> {
    return this.services.deployment.dealContracts(actor, path.dealId);
  }
}
