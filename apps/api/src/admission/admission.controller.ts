import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Idempotency } from '@weir/persistence';
import { Services } from '@weir/services';
import { Idempotent } from '../http/idempotency.guard.js';
import { Permit } from '../http/permission.js';
import { Caller } from '../http/session.guard.js';
import { DecisionDto, InvestorPath, NewInvestorDto } from './dto/investor.dto.js';
import { DecisionResponse, InvestorResponse, NewInvestorResponse, ScreeningResponse } from './dto/investor.response.js';
import { ScreeningListDto, ScreeningListResponse } from './dto/screening-list.dto.js';

/** Admission of investors. */
@ApiTags('admission')
@Controller()
export class AdmissionController {
  constructor(private readonly services: Services) {}

  @Put('screening-list')
  @Permit(['compliance-officer'])
  @ApiOperation({ summary: 'Replace the screening list in force' })
  @ApiOkResponse({ type: ScreeningListResponse })
  loadScreeningList(
    @Caller() actor: Actor,
    @Body() body: ScreeningListDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<ScreeningListResponse> {
    return this.services.admission.loadScreeningList(actor, body.entries, idempotency);
  }

  @Post('investors')
  @Permit(['compliance-officer'])
  @ApiOperation({ summary: 'Enter a KYC record' })
  @ApiCreatedResponse({ type: NewInvestorResponse })
  enter(
    @Caller() actor: Actor,
    @Body() body: NewInvestorDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<NewInvestorResponse> {
    return this.services.admission.enter(actor, body, idempotency);
  }

  @Post('investors/:investorId/screening')
  @HttpCode(200)
  @Permit(['compliance-officer'])
  @ApiOperation({ summary: 'Screen the legal name against the list in force' })
  @ApiOkResponse({ type: ScreeningResponse })
  screen(
    @Caller() actor: Actor,
    @Param() path: InvestorPath,
    @Idempotent() idempotency: Idempotency,
  ): Promise<ScreeningResponse> {
    return this.services.admission.screen(actor, path.investorId, idempotency);
  }

  @Post('investors/:investorId/decision')
  @HttpCode(200)
  @Permit(['compliance-officer'])
  @ApiOperation({ summary: 'Admit or refuse; by another officer than the one who entered the record' })
  @ApiOkResponse({ type: DecisionResponse })
  decide(
    @Caller() actor: Actor,
    @Param() path: InvestorPath,
    @Body() body: DecisionDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<DecisionResponse> {
    return this.services.admission.decide(actor, path.investorId, body, idempotency);
  }

  @Get('investors')
  @Permit(['compliance-officer', 'auditor', 'investor', 'operator'])
  @ApiOperation({ summary: 'Investors that the caller may see' })
  @ApiOkResponse({ type: [InvestorResponse] })
  list(@Caller() actor: Actor): Promise<InvestorResponse[]> {
    return this.services.admission.list(actor);
  }
}
