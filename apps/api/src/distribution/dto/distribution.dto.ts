import { ApiProperty } from '@nestjs/swagger';
import { Text } from '../../http/fields.js';

/** Whose payment of the period is meant. */
export class ClassDto {
  @Text({ description: 'Name of the tranche.', example: 'A' }, 64)
  tranche!: string;
}

/** What a push brought about. */
export class PushResponse {
  @ApiProperty({ type: Number, description: 'Holders who are being paid.' })
  holders!: number;

  @ApiProperty({ type: [String], description: 'Transactions that pay them.' })
  transactionIds!: readonly string[];
}
