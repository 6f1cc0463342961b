import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString, IsUUID, Length, Matches } from 'class-validator';
import { DealPath } from '../../deals/dto/deal.dto.js';
import { Id, Text } from '../../http/fields.js';

/** Longest set file, in characters. */
const MAX_SET_LENGTH = 1_000_000;

/** Longest pool, in characters: some 150,000 lines. */
const MAX_POOL_LENGTH = 12_000_000;

/** A plain file name. */
const FILE_NAME = /^[a-z]+\.(json|csv)$/;

/** A set in a path. */
export class ScenarioSetPath extends DealPath {
  @Id('The set of scenarios.')
  setId!: string;
}

/** One file of a set. */
export class ScenarioSetFilePath extends ScenarioSetPath {
  @ApiProperty({ type: String, pattern: FILE_NAME.source, example: 'summary.csv' })
  @Matches(FILE_NAME, { message: '$property must be the name of a file of the set' })
  name!: string;
}

/** A set of scenarios and the collateral it runs over: one of pool and tapeId. */
export class ScenarioSetDto {
  @Text(
    {
      description: 'The set file (YAML): a scenario file with a grid or Monte Carlo around it, or a list of scenarios.',
      example: 'prepayment: 1.3 % ABS\ngrid:\n  prepayment: [50 %, 100 %]',
    },
    MAX_SET_LENGTH,
  )
  set!: string;

  @ApiProperty({
    type: String,
    required: false,
    description: 'Lines of a pool, CSV or YAML.',
    example: 'balance,grossRate,remainingTerm\n1000.00,6 %,60',
    maxLength: MAX_POOL_LENGTH,
  })
  @IsOptional()
  @IsString()
  @Length(1, MAX_POOL_LENGTH)
  pool?: string;

  @ApiProperty({
    type: String,
    format: 'uuid',
    required: false,
    description: 'An imported tape of the deal.',
    example: '3f0c6a52-8f0e-4b5d-9a68-0e6c4f7e2b11',
  })
  @IsOptional()
  @IsUUID(undefined, { message: '$property must be a UUID' })
  tapeId?: string;

  @ApiProperty({
    type: Boolean,
    required: false,
    description: 'Report items that nothing gives are zero.',
    example: false,
  })
  @IsOptional()
  @IsBoolean()
  assumeZero?: boolean;
}
