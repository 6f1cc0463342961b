import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Idempotency } from '@weir/persistence';
import { Services } from '@weir/services';
import { Idempotent } from '../http/idempotency.guard.js';
import { Permit } from '../http/permission.js';
import { Caller } from '../http/session.guard.js';
import { TapeChoiceDto } from '../tapes/dto/tape.dto.js';
import { ReportResponse } from './dto/report.response.js';
import { PeriodPath } from './dto/settlement.dto.js';

/** The servicer report of a period: preparing and signing. */
@ApiTags('settlement')
@Controller('deals/:dealId/periods/:period/report')
export class ReportingController {
  constructor(private readonly services: Services) {}

  @Post()
  @HttpCode(200)
  @Permit(['servicer'])
  @ApiOperation({ summary: "Prepare the period's report from an imported tape; signatures given before fall" })
  @ApiOkResponse({ type: ReportResponse })
  prepare(
    @Caller() actor: Actor,
    @Param() path: PeriodPath,
    @Body() body: TapeChoiceDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<ReportResponse> {
    return this.services.settlement.prepareReport(actor, path.dealId, path.period, body.tapeId, idempotency);
  }

  @Post('signature')
  @HttpCode(200)
  @Permit(['servicer', 'trustee'])
  @ApiOperation({ summary: "Sign the report for the caller's part" })
  @ApiOkResponse({ type: ReportResponse })
  sign(
    @Caller() actor: Actor,
    @Param() path: PeriodPath,
    @Idempotent() idempotency: Idempotency,
  ): Promise<ReportResponse> {
    return this.services.settlement.signReport(actor, path.dealId, path.period, idempotency);
  }
}
