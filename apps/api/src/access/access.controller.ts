import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Idempotency } from '@weir/persistence';
import { Services } from '@weir/services';
import { Idempotent, WithoutIdempotencyKey } from '../http/idempotency.guard.js';
import { Permit } from '../http/permission.js';
import { Caller } from '../http/session.guard.js';
import { NewOrganisationDto, NewOrganisationResponse, OrganisationResponse } from './dto/organisation.dto.js';
import { ActorResponse, SessionResponse, SignInDto } from './dto/sign-in.dto.js';

/** Sign-in, organisations and their people. */
@ApiTags('access')
@Controller()
export class AccessController {
  constructor(private readonly services: Services) {}

  @Post('sessions')
  @Permit('anyone')
  @WithoutIdempotencyKey()
  @ApiOperation({ summary: 'Sign in' })
  @ApiCreatedResponse({ type: SessionResponse })
  signIn(@Body() body: SignInDto): Promise<SessionResponse> {
    return this.services.access.signIn(body.email, body.password);
  }

  @Get('me')
  @Permit('signed-in')
  @ApiOperation({ summary: 'Who is signed in' })
  @ApiOkResponse({ type: ActorResponse })
  me(@Caller() actor: Actor): ActorResponse {
    return actor;
  }

  @Post('organisations')
  @Permit(['operator'])
  @ApiOperation({ summary: 'Enter an organisation with its people; it gets a chain account of its own' })
  @ApiCreatedResponse({ type: NewOrganisationResponse })
  createOrganisation(
    @Caller() actor: Actor,
    @Body() body: NewOrganisationDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<NewOrganisationResponse> {
    return this.services.access.createOrganisation(actor, body, idempotency);
  }

  @Get('organisations')
  @Permit('signed-in')
  @ApiOperation({ summary: 'Organisations that the caller may see' })
  @ApiOkResponse({ type: [OrganisationResponse] })
  list(@Caller() actor: Actor): Promise<OrganisationResponse[]> {
    return this.services.access.list(actor);
  }
}
