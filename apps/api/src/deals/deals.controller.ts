import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Idempotency } from '@weir/persistence';
import { Services } from '@weir/services';
import { Idempotent } from '../http/idempotency.guard.js';
import { Permit } from '../http/permission.js';
import { Caller } from '../http/session.guard.js';
import { ApprovalDto, DealDocumentDto, DealPath, PartyDto } from './dto/deal.dto.js';
import { DealIdResponse, DealResponse } from './dto/deal.response.js';

/** Deals: documents, parties, approval. */
@ApiTags('deals')
@Controller('deals')
export class DealsController {
  constructor(private readonly services: Services) {}

  @Post()
  @Permit(['issuer'])
  @ApiOperation({ summary: 'Bring a new deal' })
  @ApiCreatedResponse({ type: DealIdResponse })
  create(
    @Caller() actor: Actor,
    @Body() body: DealDocumentDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<DealIdResponse> {
    return this.services.deals.create(actor, body.document, idempotency);
  }

  @Put(':dealId/document')
  @Permit(['issuer'])
  @ApiOperation({ summary: 'Replace the document; the program, the pool and any approval fall' })
  @ApiOkResponse({ type: DealIdResponse })
  edit(
    @Caller() actor: Actor,
    @Param() path: DealPath,
    @Body() body: DealDocumentDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<DealIdResponse> {
    return this.services.deals.edit(actor, path.dealId, body.document, idempotency);
  }

  @Get()
  @Permit('signed-in')
  @ApiOperation({ summary: 'Deals that the caller may see' })
  @ApiOkResponse({ type: [DealResponse] })
  list(@Caller() actor: Actor): Promise<DealResponse[]> {
    return this.services.deals.list(actor);
  }

  @Get(':dealId')
  @Permit('signed-in')
  @ApiOperation({ summary: 'One deal' })
  @ApiOkResponse({ type: DealResponse })
  get(@Caller() actor: Actor, @Param() path: DealPath): Promise<DealResponse> {
    return this.services.deals.get(actor, path.dealId);
  }

  @Post(':dealId/parties')
  @Permit(['issuer'])
  @ApiOperation({ summary: 'Give an organisation a part in the deal; from then on it sees the deal' })
  @ApiCreatedResponse({ type: DealIdResponse })
  addParty(
    @Caller() actor: Actor,
    @Param() path: DealPath,
    @Body() body: PartyDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<DealIdResponse> {
    const { role, organisationId } = body;
    return this.services.deals.addParty(actor, path.dealId, { role, organisationId }, idempotency);
  }

  @Post(':dealId/approval')
  @HttpCode(200)
  @Permit(['issuer', 'trustee'])
  @ApiOperation({ summary: 'Approve the program by its hash; author and editors may not' })
  @ApiOkResponse({ type: DealIdResponse })
  approve(
    @Caller() actor: Actor,
    @Param() path: DealPath,
    @Body() body: ApprovalDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<DealIdResponse> {
    return this.services.deals.approve(actor, path.dealId, body.programHash, idempotency);
  }
}
