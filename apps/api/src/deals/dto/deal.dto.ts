import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import type { PartyRole } from '@weir/persistence';
import { PARTY_ROLES } from '@weir/services';
import { Hash, Id, Text } from '../../http/fields.js';

/** Longest deal document, in characters. */
const MAX_DOCUMENT_LENGTH = 1_000_000;

/** A deal in a path. */
export class DealPath {
  @Id('The deal.')
  dealId!: string;
}

/** A deal document. Its errors come back with line and column. */
export class DealDocumentDto {
  @Text({ description: 'The deal document (YAML).', example: 'name: Example Auto 2020-1' }, MAX_DOCUMENT_LENGTH)
  document!: string;
}

/** A part in the deal and who plays it. */
export class PartyDto {
  @ApiProperty({ enum: PARTY_ROLES, example: 'trustee' })
  @IsIn(PARTY_ROLES)
  role!: PartyRole;

  @Id('Organisation that plays it.')
  organisationId!: string;
}

/** What is approved. */
export class ApprovalDto {
  @Hash('Hash of the program that is approved.')
  programHash!: string;
}
