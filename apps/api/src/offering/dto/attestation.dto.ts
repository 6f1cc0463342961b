import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsISO8601, Matches, ValidateNested } from 'class-validator';
import { Account, Amount } from '../../http/fields.js';

const SIGNATURE = /^0x([0-9a-f]{2}){1,2048}$/;

/** One signer's signature over the attestation. */
export class AttestationSignatureDto {
  @Account('Account of the signer.')
  signer!: string;

  @ApiProperty({ type: String, description: 'EIP-712 signature.', example: `0x${'5a'.repeat(65)}` })
  @Matches(SIGNATURE, { message: '$property must be bytes: 0x and lower-case hex digits' })
  signature!: `0x${string}`;
}

/** What independent signers found, with their signatures. */
export class AttestationDto {
  @Amount({ description: 'Balance of the pledged loans.', example: '183639404.43' })
  collateral!: string;

  @Amount({ description: 'Cash held for the deal outside its vault.', example: '0.00' })
  reserve!: string;

  @ApiProperty({ type: String, description: 'Instant of the finding (UTC).', example: '2020-07-15T08:00:00Z' })
  @IsISO8601({ strict: true })
  asOf!: string;

  @ApiProperty({
    type: String,
    description: 'From when on it no longer counts (UTC).',
    example: '2020-07-16T00:00:00Z',
  })
  @IsISO8601({ strict: true })
  validUntil!: string;

  @ApiProperty({ type: () => [AttestationSignatureDto] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(32)
  @ValidateNested({ each: true })
  @Type(() => AttestationSignatureDto)
  signatures!: AttestationSignatureDto[];
}

/** The attestation that stands. */
export class StandingAttestationResponse {
  @ApiProperty({ type: String })
  collateral!: string;

  @ApiProperty({ type: String })
  reserve!: string;

  @ApiProperty({ type: String })
  asOf!: string;

  @ApiProperty({ type: String })
  validUntil!: string;
}

/** What an attestation is signed over, and the one that stands. */
export class AttestationResponse {
  @ApiProperty({ type: String, description: 'Contract that keeps it.' })
  attestor!: string;

  @ApiProperty({ type: Number, description: 'How many must sign.' })
  threshold!: number;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, description: 'EIP-712 domain.' })
  domain!: Readonly<Record<string, string>>;

  @ApiProperty({ type: String })
  vault!: string;

  @ApiProperty({ type: String, description: 'Root of the pool at the cut-off date.' })
  poolRoot!: string;

  @ApiProperty({ type: String, description: 'Balance of the pool at the cut-off date.' })
  poolBalance!: string;

  @ApiProperty({ type: String, description: 'Face of all notes, which must be covered.' })
  face!: string;

  @ApiProperty({ type: () => StandingAttestationResponse, nullable: true })
  standing!: StandingAttestationResponse | null;
}
