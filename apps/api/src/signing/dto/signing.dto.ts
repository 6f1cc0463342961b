import { ApiProperty } from '@nestjs/swagger';
import { Matches, MaxLength } from 'class-validator';
import type { PayloadView } from '@weir/services';

/** Largest signed transaction: 128 KB, which is what nodes take. */
const MOST_DIGITS = 2 * 131_072 + 2;

/** A signed transaction. */
export class SignedTransactionDto {
  @ApiProperty({
    type: String,
    description: 'The serialised signed transaction, hex, made of exactly the payload laid out.',
    example: '0x02f8',
    pattern: '^0x([0-9a-fA-F]{2})+$',
    maxLength: MOST_DIGITS,
  })
  @Matches(/^0x([0-9a-fA-F]{2})+$/, { message: '$property must be hex: 0x and pairs of hex digits' })
  @MaxLength(MOST_DIGITS)
  signed!: string;
}

/** What was taken. */
export class HandedInResponse {
  @ApiProperty({ type: String })
  transactionId!: string;

  @ApiProperty({ type: String, description: 'Hash under which the chain will know the transaction.' })
  hash!: string;
}

/** What an account is asked to sign, field by field; amounts in wei. */
export class PayloadResponse implements PayloadView {
  @ApiProperty({ type: String })
  transactionId!: string;

  @ApiProperty({ type: String, description: 'What it is for.' })
  purpose!: string;

  @ApiProperty({ type: Number })
  chainId!: number;

  @ApiProperty({ type: String, description: 'The account that is to sign.' })
  from!: PayloadView['from'];

  @ApiProperty({ type: String, nullable: true, description: 'null deploys a contract.' })
  to!: PayloadView['to'];

  @ApiProperty({ type: Number })
  nonce!: number;

  @ApiProperty({ type: String })
  value!: string;

  @ApiProperty({ type: String })
  data!: PayloadView['data'];

  @ApiProperty({ type: String })
  gasLimit!: string;

  @ApiProperty({ type: String })
  maxFeePerGas!: string;

  @ApiProperty({ type: String })
  maxPriorityFeePerGas!: string;

  @ApiProperty({ type: String, description: 'The unsigned transaction of type 2, serialised.' })
  unsigned!: PayloadView['unsigned'];

  @ApiProperty({ type: String, description: 'Keccak-256 of `unsigned`: what is signed.' })
  signingHash!: PayloadView['signingHash'];

  @ApiProperty({ type: String, format: 'date-time' })
  laidOutAt!: string;
}
