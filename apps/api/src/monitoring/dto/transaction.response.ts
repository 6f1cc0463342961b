import { ApiProperty } from '@nestjs/swagger';
import type { TransactionView } from '@weir/services';

/** A chain transaction that was queued; GET /transactions/{transactionId} tells what becomes of it. */
export class QueuedTransactionResponse {
  @ApiProperty({ type: String })
  transactionId!: string;
}

/** What became of a queued transaction. */
export class TransactionResponse implements TransactionView {
  @ApiProperty({ type: String })
  transactionId!: string;

  @ApiProperty({ enum: ['queued', 'signed', 'sent', 'mined', 'final', 'failed'] })
  state!: TransactionView['state'];

  @ApiProperty({ type: Boolean, nullable: true, description: 'False when it reverted; null until mined.' })
  succeeded!: boolean | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why it failed.' })
  reason!: string | null;

  @ApiProperty({ type: String, nullable: true })
  hash!: string | null;

  @ApiProperty({ type: Number, nullable: true })
  blockNumber!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  gasUsed!: number | null;
}
