import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Idempotency } from '@weir/persistence';
import { Services } from '@weir/services';
import { Idempotent } from '../http/idempotency.guard.js';
import { Permit } from '../http/permission.js';
import { Caller } from '../http/session.guard.js';
import { QueuedTransactionResponse } from '../monitoring/dto/transaction.response.js';
import { PeriodResponse } from './dto/period.response.js';
import { ClaimDto, DepositDto, JointSettlementDto, PeriodPath } from './dto/settlement.dto.js';
import { JointSettlementResponse, SettlementResponse } from './dto/settlement.response.js';

/** A payment date: the deposit, the agreement, the payment, the claims. */
@ApiTags('settlement')
@Controller('deals/:dealId/periods/:period')
export class SettlementController {
  constructor(private readonly services: Services) {}

  @Get()
  @Permit('signed-in')
  @ApiOperation({ summary: 'Where the period stands' })
  @ApiOkResponse({ type: PeriodResponse })
  period(@Caller() actor: Actor, @Param() path: PeriodPath): Promise<PeriodResponse> {
    return this.services.settlement.period(actor, path.dealId, path.period);
  }

  @Post('deposit')
  @HttpCode(202)
  @Permit(['servicer', 'trustee'])
  @ApiOperation({ summary: "Deposit collections into the vault from the caller's account" })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  deposit(
    @Caller() actor: Actor,
    @Param() path: PeriodPath,
    @Body() body: DepositDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    return this.services.settlement.deposit(actor, path.dealId, path.period, body.amount, idempotency);
  }

  @Post('joint-settlement')
  @HttpCode(200)
  @Permit(['trustee', 'calculation-agent'])
  @ApiOperation({ summary: 'Agree to settle on the cash held although it differs from the report' })
  @ApiOkResponse({ type: JointSettlementResponse })
  agreeJointly(
    @Caller() actor: Actor,
    @Param() path: PeriodPath,
    @Body() body: JointSettlementDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<JointSettlementResponse> {
    return this.services.settlement.agreeJointly(actor, path.dealId, path.period, body.cashHeld, idempotency);
  }

  @Post('settlement')
  @HttpCode(202)
  @Permit(['calculation-agent'])
  @ApiOperation({ summary: 'Calculate the payment, exactly and in the EVM, and send it' })
  @ApiAcceptedResponse({ type: SettlementResponse })
  settle(
    @Caller() actor: Actor,
    @Param() path: PeriodPath,
    @Idempotent() idempotency: Idempotency,
  ): Promise<SettlementResponse> {
    return this.services.settlement.settle(actor, path.dealId, path.period, idempotency);
  }

  @Post('claims')
  @HttpCode(202)
  @Permit(['investor'])
  @ApiOperation({ summary: "Claim the caller's share of a tranche's payment" })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  claim(
    @Caller() actor: Actor,
    @Param() path: PeriodPath,
    @Body() body: ClaimDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    return this.services.settlement.claim(actor, path.dealId, path.period, body.tranche, idempotency);
  }
}
