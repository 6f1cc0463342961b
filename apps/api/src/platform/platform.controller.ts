import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Idempotency } from '@weir/persistence';
import { Services } from '@weir/services';
import { Idempotent } from '../http/idempotency.guard.js';
import { Permit } from '../http/permission.js';
import { Caller } from '../http/session.guard.js';
import { AcceptedResponse, PlatformDeploymentDto, PlatformResponse } from './dto/platform.dto.js';

/** The platform's own contracts: cash, access manager, investor registry. */
@ApiTags('platform')
@Controller('platform')
export class PlatformController {
  constructor(private readonly services: Services) {}

  @Post('deployment')
  @HttpCode(202)
  @Permit(['operator'])
  @ApiOperation({ summary: "Deploy the platform's contracts" })
  @ApiAcceptedResponse({ type: AcceptedResponse })
  deploy(
    @Caller() actor: Actor,
    @Body() body: PlatformDeploymentDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<AcceptedResponse> {
    return this.services.deployment.deployPlatform(actor, body, idempotency);
  }

  @Get('manifest')
  @Permit('signed-in')
  @ApiOperation({ summary: "How the platform's contracts were deployed, for weir deploy --check" })
  @ApiOkResponse({ type: Object })
  manifest(@Caller() actor: Actor): Promise<object> {
    return this.services.deployment.manifest(actor);
  }

  @Get()
  @Permit('signed-in')
  @ApiOperation({ summary: "The platform's contracts" })
  @ApiOkResponse({ type: PlatformResponse })
  platform(@Caller() actor: Actor): Promise<PlatformResponse> {
    return this.services.deployment.platform(actor);
  }
}
