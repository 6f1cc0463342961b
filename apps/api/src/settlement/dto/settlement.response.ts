import { ApiProperty } from '@nestjs/swagger';

/** The payment that was calculated and queued. */
export class SettlementResponse {
  @ApiProperty({ type: String })
  transactionId!: string;

  @ApiProperty({ type: String, description: 'Hash of all slots and transfers; settling reverts on any other.' })
  expectedResultHash!: string;
}

/** How far the joint agreement is. */
export class JointSettlementResponse {
  @ApiProperty({ type: Boolean, description: 'True when trustee and calculation agent named the same cash.' })
  agreed!: boolean;
}

/** How far the dismissal of a dispute is. */
export class DismissalResponse {
  @ApiProperty({ type: Boolean, description: 'True when trustee and calculation agent gave the same reason.' })
  dismissed!: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The transaction that tells the vault, once both have signed.',
  })
  transactionId!: string | null;
}

/** Which parties have signed a servicer report. */
export class SignedByResponse {
  @ApiProperty({ type: Boolean })
  servicer!: boolean;

  @ApiProperty({ type: Boolean })
  trustee!: boolean;
}
