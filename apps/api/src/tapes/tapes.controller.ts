import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Idempotency } from '@weir/persistence';
import { Services, type TapeUpload } from '@weir/services';
import { DealPath } from '../deals/dto/deal.dto.js';
import { FileBody, TakesFile } from '../http/file-body.js';
import { Idempotent } from '../http/idempotency.guard.js';
import { Permit } from '../http/permission.js';
import { Caller } from '../http/session.guard.js';
import {
  ExcludedLoansQuery,
  FindingsQuery,
  PastTapeQuery,
  TapeChoiceDto,
  TapePath,
  TapeQuery,
} from './dto/tape.dto.js';
import {
  ExcludedLoanResponse,
  FindingResponse,
  PoolResponse,
  TapeIdResponse,
  TapeResponse,
} from './dto/tape.response.js';

/** Tapes, and the pool picked from them. */
@ApiTags('tapes')
@Controller('deals/:dealId')
export class TapesController {
  constructor(private readonly services: Services) {}

  @Post('tapes')
  @HttpCode(202)
  @Permit(['issuer', 'servicer'])
  @TakesFile('The tape: CSV in any dialect, XLSX, SEC ABS-EE XML, or ESMA CSV or XML; up to 1 GiB.')
  @ApiOperation({ summary: 'Hand in a tape; a worker imports it' })
  @ApiAcceptedResponse({ type: TapeIdResponse })
  receive(
    @Caller() actor: Actor,
    @Param() path: DealPath,
    @Query() query: TapeQuery,
    @FileBody() bytes: AsyncIterable<Uint8Array>,
    @Idempotent() idempotency: Idempotency,
  ): Promise<TapeIdResponse> {
    return this.services.tapes.receive(actor, path.dealId, uploadOf(query, query.period, bytes), idempotency);
  }

  @Post('past-tapes')
  @HttpCode(202)
  @Permit(['issuer', 'servicer'])
  @TakesFile('A tape as for /tapes; up to 1 GiB.')
  @ApiOperation({ summary: 'Hand in a tape of a month before the first payment period, or of several such months' })
  @ApiAcceptedResponse({ type: TapeIdResponse })
  receivePast(
    @Caller() actor: Actor,
    @Param() path: DealPath,
    @Query() query: PastTapeQuery,
    @FileBody() bytes: AsyncIterable<Uint8Array>,
    @Idempotent() idempotency: Idempotency,
  ): Promise<TapeIdResponse> {
    return this.services.tapes.receive(actor, path.dealId, uploadOf(query, null, bytes), idempotency);
  }

  @Get('tapes/:tapeId')
  @Permit('signed-in')
  @ApiOperation({ summary: 'One tape: how far its import is, and what was found' })
  @ApiOkResponse({ type: TapeResponse })
  get(@Caller() actor: Actor, @Param() path: TapePath): Promise<TapeResponse> {
    return this.services.tapes.get(actor, path.dealId, path.tapeId);
  }

  @Get('tapes/:tapeId/findings')
  @Permit('signed-in')
  @ApiOperation({ summary: 'Findings in file order, at most 1,000 a page' })
  @ApiOkResponse({ type: [FindingResponse] })
  findings(@Caller() actor: Actor, @Param() path: TapePath, @Query() query: FindingsQuery): Promise<FindingResponse[]> {
    return this.services.tapes.findings(actor, path.dealId, path.tapeId, { after: query.after ?? 0 });
  }

  @Get('tapes/:tapeId/findings.csv')
  @Permit('signed-in')
  @ApiOperation({ summary: 'All findings as CSV' })
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } })
  async findingsCsv(@Caller() actor: Actor, @Param() path: TapePath): Promise<StreamableFile> {
    const lines = await this.services.tapes.findingsCsv(actor, path.dealId, path.tapeId);
    const disposition = `attachment; filename="findings-${path.tapeId}.csv"`;
    return new StreamableFile(Readable.from(lines), { type: 'text/csv; charset=utf-8', disposition });
  }

  @Get('excluded-loans')
  @Permit(['issuer', 'servicer', 'trustee', 'calculation-agent', 'auditor', 'operator'])
  @ApiOperation({ summary: 'Loans that are not in the pool, with their reasons; at most 1,000 a page' })
  @ApiOkResponse({ type: [ExcludedLoanResponse] })
  excludedLoans(
    @Caller() actor: Actor,
    @Param() path: DealPath,
    @Query() query: ExcludedLoansQuery,
  ): Promise<ExcludedLoanResponse[]> {
    return this.services.tapes.excludedLoans(actor, path.dealId, { after: query.after ?? '' });
  }

  @Post('structure')
  @HttpCode(200)
  @Permit(['issuer'])
  @ApiOperation({ summary: 'Pick the pool from the cut-off tape and compile the deal for it' })
  @ApiOkResponse({ type: PoolResponse })
  structure(
    @Caller() actor: Actor,
    @Param() path: DealPath,
    @Body() body: TapeChoiceDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<PoolResponse> {
    return this.services.tapes.structure(actor, path.dealId, body.tapeId, idempotency);
  }
}

function uploadOf(query: PastTapeQuery, period: number | null, bytes: AsyncIterable<Uint8Array>): TapeUpload {
  const { loanKey = null, assetClass = null, month = null, kind = null, originator = null } = query;
  return { period, bytes, loanKey, assetClass, month, kind, originator };
}
