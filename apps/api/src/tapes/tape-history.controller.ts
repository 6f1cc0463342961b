import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Idempotency } from '@weir/persistence';
import { Services } from '@weir/services';
import { DealPath } from '../deals/dto/deal.dto.js';
import { Idempotent } from '../http/idempotency.guard.js';
import { Permit } from '../http/permission.js';
import { Caller } from '../http/session.guard.js';
import {
  DifferenceResponse,
  MappingResponse,
  StrataResponse,
  TapeLineResponse,
  VintageResponse,
} from './dto/history.response.js';
import { ChoiceDto, DifferenceQuery, MappingDto, StrataQuery, TapePath } from './dto/tape.dto.js';
import { TapeIdResponse } from './dto/tape.response.js';

/** What a deal's tapes say together, and what the columns of an originator's files are. */
@ApiTags('tapes')
@Controller('deals/:dealId')
export class TapeHistoryController {
  constructor(private readonly services: Services) {}

  @Get('tapes')
  @Permit('signed-in')
  @ApiOperation({ summary: 'Every tape by month and version, with its data quality' })
  @ApiOkResponse({ type: [TapeLineResponse] })
  list(@Caller() actor: Actor, @Param() path: DealPath): Promise<TapeLineResponse[]> {
    return this.services.tapeHistory.list(actor, path.dealId);
  }

  @Post('tapes/:tapeId/current')
  @HttpCode(200)
  @Permit(['issuer', 'servicer'])
  @ApiOperation({ summary: 'Record that this tape counts for its month from now on' })
  @ApiOkResponse({ type: TapeIdResponse })
  choose(
    @Caller() actor: Actor,
    @Param() path: TapePath,
    @Body() body: ChoiceDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<TapeIdResponse> {
    const choice = { tapeId: path.tapeId, why: body.why };
    return this.services.tapeHistory.choose(actor, path.dealId, choice, idempotency);
  }

  @Get('tapes/:tapeId/difference')
  @Permit(['issuer', 'servicer', 'trustee', 'calculation-agent', 'auditor', 'operator'])
  @ApiOperation({ summary: 'What this tape changes against another: loans, values, findings' })
  @ApiOkResponse({ type: DifferenceResponse })
  difference(
    @Caller() actor: Actor,
    @Param() path: TapePath,
    @Query() query: DifferenceQuery,
  ): Promise<DifferenceResponse> {
    return this.services.tapeHistory.difference(actor, path.dealId, path.tapeId, query.against);
  }

  @Get('tapes/:tapeId/strata')
  @Permit(['issuer', 'servicer', 'trustee', 'calculation-agent', 'auditor', 'operator'])
  @ApiOperation({ summary: 'Stratification tables, and concentration limits checked' })
  @ApiOkResponse({ type: StrataResponse })
  strata(@Caller() actor: Actor, @Param() path: TapePath, @Query() query: StrataQuery): Promise<StrataResponse> {
    const wish = { fields: query.fields ?? null, limits: query.limits ?? null };
    return this.services.tapeHistory.strata(actor, path.dealId, path.tapeId, wish);
  }

  @Get('vintages')
  @Permit(['issuer', 'servicer', 'trustee', 'calculation-agent', 'auditor', 'operator'])
  @ApiOperation({ summary: 'Static pools by quarter of origination and month on book, out of all months' })
  @ApiOkResponse({ type: [VintageResponse] })
  vintages(@Caller() actor: Actor, @Param() path: DealPath): Promise<VintageResponse[]> {
    return this.services.tapeHistory.vintages(actor, path.dealId);
  }

  @Get('tapes/:tapeId/mapping-proposal')
  @Permit(['issuer', 'servicer', 'trustee', 'calculation-agent', 'auditor', 'operator'])
  @ApiOperation({ summary: "What a rejected tape's columns probably are, with confidence and evidence" })
  @ApiOkResponse({ type: Object })
  proposal(@Caller() actor: Actor, @Param() path: TapePath): Promise<object> {
    return this.services.tapeMappings.proposal(actor, path.dealId, path.tapeId);
  }

  @Get('mappings')
  @Permit(['issuer', 'servicer', 'trustee', 'calculation-agent', 'auditor', 'operator'])
  @ApiOperation({ summary: 'Confirmed mappings of the originators, all versions, the latest first' })
  @ApiOkResponse({ type: [MappingResponse] })
  mappings(@Caller() actor: Actor, @Param() path: DealPath): Promise<MappingResponse[]> {
    return this.services.tapeMappings.list(actor, path.dealId);
  }

  @Post('mappings')
  @HttpCode(200)
  @Permit(['issuer', 'servicer'])
  @ApiOperation({ summary: "Confirm a mapping: the originator's next version" })
  @ApiOkResponse({ type: MappingResponse })
  confirm(
    @Caller() actor: Actor,
    @Param() path: DealPath,
    @Body() body: MappingDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<MappingResponse> {
    const confirmed = { originator: body.originator ?? null, mapping: body.mapping };
    return this.services.tapeMappings.confirm(actor, path.dealId, confirmed, idempotency);
  }
}
