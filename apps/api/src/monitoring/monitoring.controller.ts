import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@weir/persistence';
import { Services } from '@weir/services';
import { DealPath } from '../deals/dto/deal.dto.js';
import { Permit } from '../http/permission.js';
import { Caller } from '../http/session.guard.js';
import { HealthResponse, ReconciliationResponse } from './dto/reconciliation.response.js';
import { TransactionPath } from './dto/transaction.dto.js';
import { TransactionResponse } from './dto/transaction.response.js';

/** Books against chain, transactions, audit log, health. */
@ApiTags('monitoring')
@Controller()
export class MonitoringController {
  constructor(private readonly services: Services) {}

  @Get('deals/:dealId/reconciliation')
  @Permit(['issuer', 'servicer', 'trustee', 'calculation-agent', 'auditor', 'operator'])
  @ApiOperation({ summary: 'Books and chain side by side, with their differences' })
  @ApiOkResponse({ type: ReconciliationResponse })
  reconcile(@Caller() actor: Actor, @Param() path: DealPath): Promise<ReconciliationResponse> {
    return this.services.monitoring.reconcile(actor, path.dealId);
  }

  @Get('transactions/:transactionId')
  @Permit('signed-in')
  @ApiOperation({ summary: 'What became of a queued transaction' })
  @ApiOkResponse({ type: TransactionResponse })
  transaction(@Caller() actor: Actor, @Param() path: TransactionPath): Promise<TransactionResponse> {
    return this.services.monitoring.transaction(actor, path.transactionId);
  }

  @Get('audit-log')
  @Permit(['auditor'])
  @Header('content-type', 'application/jsonl')
  @ApiOperation({ summary: 'The hash-chained audit log, one record a line' })
  @ApiProduces('application/jsonl')
  @ApiOkResponse({ schema: { type: 'string' } })
  auditLog(@Caller() actor: Actor): Promise<string> {
    return this.services.monitoring.auditLog(actor);
  }

  @Get('audit-log/seal')
  @Permit(['auditor'])
  @Header('content-type', 'application/json')
  @ApiOperation({ summary: 'Head and count of the audit log, to be kept elsewhere' })
  @ApiOkResponse({ schema: { type: 'string' } })
  auditSeal(@Caller() actor: Actor): Promise<string> {
    return this.services.monitoring.auditSeal(actor);
  }

  @Get('health')
  @Permit('anyone')
  @ApiOperation({ summary: 'Whether database and chain answer' })
  @ApiOkResponse({ type: HealthResponse })
  health(): Promise<HealthResponse> {
    return this.services.monitoring.health();
  }
}
