import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Role } from '@weir/persistence';
import { Services } from '@weir/services';
import { DealPath } from '../deals/dto/deal.dto.js';
import { Permit } from '../http/permission.js';
import { Caller } from '../http/session.guard.js';
import { AlarmResponse, DealHealthResponse } from './dto/deal-health.response.js';

/** Who watches: those who run deals, compliance, auditors and the operator; row security picks the deals. */
const WATCHERS: readonly Role[] = [
  'issuer',
  'servicer',
  'trustee',
  'calculation-agent',
  'compliance-officer',
  'auditor',
  'operator',
];

/** What the continuous audit found. */
@ApiTags('monitoring')
@Controller('monitoring')
export class DealHealthController {
  constructor(private readonly services: Services) {}

  @Get('alarms')
  @Permit(WATCHERS)
  @ApiOperation({ summary: 'Invariants that do not hold, by letter, of the deals that the caller watches' })
  @ApiOkResponse({ type: [AlarmResponse] })
  openAlarms(@Caller() actor: Actor): Promise<AlarmResponse[]> {
    return this.services.dealHealth.alarms(actor, 'open');
  }

  @Get('cleared-alarms')
  @Permit(WATCHERS)
  @ApiOperation({ summary: 'Invariants that did not hold and hold again, the latest first' })
  @ApiOkResponse({ type: [AlarmResponse] })
  clearedAlarms(@Caller() actor: Actor): Promise<AlarmResponse[]> {
    return this.services.dealHealth.alarms(actor, 'cleared');
  }

  @Get('deals/:dealId')
  @Permit(WATCHERS)
  @ApiOperation({ summary: 'What the last audit of a deal said of each invariant' })
  @ApiOkResponse({ type: DealHealthResponse })
  deal(@Caller() actor: Actor, @Param() path: DealPath): Promise<DealHealthResponse> {
    return this.services.dealHealth.deal(actor, path.dealId);
  }
}
