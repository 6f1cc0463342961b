import { ApiProperty } from '@nestjs/swagger';
import type { AmendmentStanding, AmendmentView } from '@weir/services';
import { DealPath } from '../../deals/dto/deal.dto.js';
import { Hash, Id, Text } from '../../http/fields.js';

/** An amendment of a deal in a path. */
export class AmendmentPath extends DealPath {
  @Id('The amendment.')
  amendmentId!: string;
}

/** The document that is to pay from a period on. */
export class AmendmentDto {
  @Text({ description: 'Deal document (YAML) with an "amends:" block.', example: 'weir: 1\n' }, 2_000_000)
  document!: string;
}

/** The approval of an amendment. */
export class AmendmentApprovalDto {
  @Hash('Program that is approved.')
  programHash!: string;
}

/** An amendment, and how far it is. */
export class AmendmentResponse implements AmendmentView {
  @ApiProperty({ type: String, format: 'uuid' })
  amendmentId!: string;

  @ApiProperty({ type: Number, description: 'First period that the new document pays.' })
  fromPeriod!: number;

  @ApiProperty({ type: String })
  documentHash!: `0x${string}`;

  @ApiProperty({ type: String })
  programHash!: `0x${string}`;

  @ApiProperty({ type: String, description: 'Program that takes the state over.' })
  mappingHash!: `0x${string}`;

  @ApiProperty({ type: String, description: "By which hash the deal's control knows it." })
  proposal!: `0x${string}`;

  @ApiProperty({ enum: ['queued', 'proposed', 'approved', 'cancelled', 'applied'] })
  standing!: AmendmentStanding;

  @ApiProperty({ type: String, nullable: true, description: 'UTC instant from which it can be applied.' })
  readyAt!: string | null;
}
