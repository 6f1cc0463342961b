import { ApiProperty } from '@nestjs/swagger';
import { CATEGORY_BITS, type InvestorCategory } from '@weir/compliance';
import type { InvestorView } from '@weir/services';

/** The record that was entered. */
export class NewInvestorResponse {
  @ApiProperty({ type: String, format: 'uuid' })
  investorId!: string;
}

/** What screening found. */
export class ScreeningResponse {
  @ApiProperty({ enum: ['clear', 'hit'] })
  outcome!: 'clear' | 'hit';
}

/** What was decided; an admission is entered in the registry by the transaction. */
export class DecisionResponse {
  @ApiProperty({ type: String })
  state!: string;

  @ApiProperty({ type: String, nullable: true })
  transactionId!: string | null;
}

/** What a compliance officer, or the investor itself, sees of an admission. */
export class InvestorResponse implements InvestorView {
  @ApiProperty({ type: String, format: 'uuid' })
  investorId!: string;

  @ApiProperty({ type: String, format: 'uuid' })
  organisationId!: string;

  @ApiProperty({ type: String })
  legalName!: string;

  @ApiProperty({ type: String, description: 'ISO 3166-1 alpha-2.' })
  country!: string;

  @ApiProperty({ type: String })
  account!: string;

  @ApiProperty({ type: String, format: 'date' })
  kycValidUntil!: string;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  lockedUntil!: string | null;

  @ApiProperty({ enum: Object.keys(CATEGORY_BITS) })
  category!: InvestorCategory;

  @ApiProperty({ type: Number, description: 'Tax withheld from interest, in basis points.' })
  withholdingBps!: number;

  @ApiProperty({ enum: ['entered', 'screened-clear', 'screened-hit', 'admitted', 'refused'] })
  state!: InvestorView['state'];

  @ApiProperty({ type: Object, nullable: true, description: 'Outcome and hits of the last screening.' })
  screening!: InvestorView['screening'];

  @ApiProperty({ type: String, nullable: true })
  decisionReason!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Transaction that enters it in the registry.' })
  registryTransaction!: string | null;
}
