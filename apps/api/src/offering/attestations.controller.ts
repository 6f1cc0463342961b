import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Idempotency } from '@weir/persistence';
import { Services } from '@weir/services';
import { DealPath } from '../deals/dto/deal.dto.js';
import { Idempotent } from '../http/idempotency.guard.js';
import { Permit } from '../http/permission.js';
import { Caller } from '../http/session.guard.js';
import { QueuedTransactionResponse } from '../monitoring/dto/transaction.response.js';
import { AttestationDto, AttestationResponse } from './dto/attestation.dto.js';

/** What independent signers found to stand behind the notes. */
@ApiTags('offering')
@Controller('deals/:dealId/attestation')
export class AttestationsController {
  constructor(private readonly services: Services) {}

  @Post()
  @HttpCode(202)
  @Permit(['issuer', 'servicer', 'trustee'])
  @ApiOperation({ summary: 'Put a signed attestation on chain' })
  @ApiAcceptedResponse({ type: QueuedTransactionResponse })
  attest(
    @Caller() actor: Actor,
    @Param() path: DealPath,
    @Body() body: AttestationDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<QueuedTransactionResponse> {
    const { collateral, reserve, asOf, validUntil, signatures } = body;
    const brought = { collateral, reserve, asOf, validUntil, signatures };
    return this.services.attestations.attest(actor, path.dealId, brought, idempotency);
  }

  @Get()
  @Permit('signed-in')
  @ApiOperation({ summary: 'What an attestation is signed over, and the one that stands' })
  @ApiOkResponse({ type: AttestationResponse })
  attestation(@Caller() actor: Actor, @Param() path: DealPath): Promise<AttestationResponse> {
    return this.services.attestations.view(actor, path.dealId);
  }
}
