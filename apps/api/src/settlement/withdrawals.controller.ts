import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Idempotency } from '@weir/persistence';
import { Services } from '@weir/services';
import { DealPath } from '../deals/dto/deal.dto.js';
import { Idempotent } from '../http/idempotency.guard.js';
import { Permit } from '../http/permission.js';
import { Caller } from '../http/session.guard.js';
import { QueuedTransactionResponse } from '../monitoring/dto/transaction.response.js';
import { WithdrawalDto } from './dto/settlement.dto.js';

/** What the vault owes the payees of fees and residual. */
@ApiTags('settlement')
@Controller('deals/:dealId/withdrawals')
export class WithdrawalsController {
  constructor(private readonly services: Services) {}

  @Post()
  @HttpCode(202)
  @Permit(['servicer', 'trustee', 'issuer'])
  @ApiOperation({ summary: 'Send a payee what the vault owes it; it goes to the payee only' })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  withdraw(
    @Caller() actor: Actor,
    @Param() path: DealPath,
    @Body() body: WithdrawalDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    return this.services.settlement.withdraw(actor, path.dealId, body.payee, idempotency);
  }
}
