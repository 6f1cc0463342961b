import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Idempotency } from '@weir/persistence';
import { Services } from '@weir/services';
import { Idempotent } from '../http/idempotency.guard.js';
import { Permit } from '../http/permission.js';
import { Caller } from '../http/session.guard.js';
import { TransactionPath } from '../monitoring/dto/transaction.dto.js';
import { HandedInResponse, PayloadResponse, SignedTransactionDto } from './dto/signing.dto.js';

/** Transactions of accounts whose keys lie elsewhere: payload out, signed transaction in. */
@ApiTags('signing')
@Controller()
export class SigningController {
  constructor(private readonly services: Services) {}

  @Get('payloads')
  @Permit('signed-in')
  @ApiOperation({ summary: 'What waits for a signature, by account and nonce' })
  @ApiOkResponse({ type: [PayloadResponse] })
  waiting(@Caller() actor: Actor): Promise<PayloadResponse[]> {
    return this.services.signing.waiting(actor);
  }

  @Post('transactions/:transactionId/signature')
  @HttpCode(202)
  @Permit(['issuer', 'servicer', 'trustee', 'calculation-agent', 'investor', 'compliance-officer', 'operator'])
  @ApiOperation({ summary: 'Bring the signed transaction of a payload; the worker sends it' })
  @ApiAcceptedResponse({ type: HandedInResponse })
  handIn(
    @Caller() actor: Actor,
    @Param() path: TransactionPath,
    @Body() body: SignedTransactionDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<HandedInResponse> {
    return this.services.signing.handIn(actor, path.transactionId, body.signed, idempotency);
  }
}
