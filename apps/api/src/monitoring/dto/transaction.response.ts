import { ApiProperty } from '@nestjs/swagger';
import type { TransactionView } from '@weir/services';

/** A chain transaction that was queued; GET /transactions/{transactionId} tells what becomes of it. */
export class QueuedTransactionResponse {
  @ApiProperty({ type: String })
  transactionId!: string;
}

/** What a queued call would do, by a worker that only tries. */
export class TrialResponse implements NonNullable<TransactionView['trial']> {
  @ApiProperty({ type: String, format: 'date-time' })
  triedAt!: string;

  @ApiProperty({ type: Number, nullable: true, description: 'Units of gas; null when it would revert.' })
  gas!: number | null;

  @ApiProperty({ type: String, description: 'Wei a unit of gas that it would offer.' })
  maxFeePerGas!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Why it would revert.' })
  failure!: string | null;
}

/** What became of a queued transaction. */
export class TransactionResponse implements TransactionView {
  @ApiProperty({ type: String })
  transactionId!: string;

  @ApiProperty({ enum: ['queued', 'laid-out', 'signed', 'sent', 'mined', 'final', 'failed'] })
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

  @ApiProperty({ type: () => TrialResponse, nullable: true, description: 'Of a worker in dry run; else null.' })
  trial!: TrialResponse | null;
}
