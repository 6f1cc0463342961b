import { ApiProperty } from '@nestjs/swagger';
import type { PartyRole } from '@weir/persistence';
import type { DealView } from '@weir/services';

/** The deal that a command was about. */
export class DealIdResponse {
  @ApiProperty({ type: String, format: 'uuid' })
  dealId!: string;
}

/** What a caller sees of a deal. */
export class DealResponse implements DealView {
  @ApiProperty({ type: String, format: 'uuid' })
  dealId!: string;

  @ApiProperty({ type: String })
  name!: string;

  @ApiProperty({ enum: ['draft', 'structured', 'approved', 'deploying', 'deployed', 'offered', 'closed', 'failed'] })
  status!: DealView['status'];

  @ApiProperty({ type: String })
  documentHash!: string;

  @ApiProperty({ type: String, nullable: true })
  programHash!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Program hash that was approved.' })
  approvedHash!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Balance of the pool at the cut-off date.' })
  cutOffPool!: string | null;

  @ApiProperty({ type: Boolean, description: 'True while the emergency stop holds.' })
  stopped!: boolean;

  @ApiProperty({ type: [String], description: "The parts the caller's organisation plays." })
  parts!: readonly PartyRole[];
}

/** A deal's contracts. */
export class DealContractsResponse {
  @ApiProperty({ type: Boolean, description: 'True when all of them are deployed and wired.' })
  complete!: boolean;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, description: 'Address by contract name.' })
  contracts!: Readonly<Record<string, string>>;
}
