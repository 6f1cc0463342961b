import { ApiProperty } from '@nestjs/swagger';

/** A chain transaction that was queued; GET /transactions/{transactionId} tells what becomes of it. */
export class QueuedTransactionResponse {
  @ApiProperty({ type: String })
  transactionId!: string;
}

/** What became of a queued transaction. */
export class TransactionResponse {
  @ApiProperty({ enum: ['queued', 'signed', 'sent', 'mined', 'final', 'failed'] })
  state!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Why it failed.' })
  reason!: string | null;

  @ApiProperty({ type: String, nullable: true })
  hash!: string | null;

  @ApiProperty({ type: Number, nullable: true })
  gasUsed!: number | null;
}
