import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { OwnedOrder, SetOrder } from '@weir/services';
import { DealPath } from '../../deals/dto/deal.dto.js';
import { Id, MAX_PERIOD, Text } from '../../http/fields.js';

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

/** Longest deal document of an owned deal, state and scenario file, in characters. */
const MAX_FILE_LENGTH = 1_000_000;

/** Most deals whose classes are owned, all levels together. */
const MAX_OWNED = 50;

/** Names of underlying classes, joined with dots. */
const OWNED_NAME = /^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/;

/** A text that may be left out. */
const optionalText = (description: string, example: string, maxLength: number): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, required: false, description, example, minLength: 1, maxLength }),
    IsOptional(),
    IsString(),
    Length(1, maxLength),
  );

/** An identifier that may be left out. */
const optionalId = (description: string): PropertyDecorator => applyDecorators(Id(description, false), IsOptional());

/** What a deal's collateral is: one of pool, tapeId and collections. */
export class CollateralDto {
  @optionalText('Lines of a pool, CSV or YAML.', 'balance,grossRate,remainingTerm\n1000.00,6 %,60', MAX_POOL_LENGTH)
  pool?: string;

  @optionalId('An imported tape of the deal.')
  tapeId?: string;

  @optionalText(
    'Collateral cash flows from elsewhere, CSV: a row a payment date.',
    'period,poolOpening,interestCollected\n1,1000.00,5.00',
    MAX_POOL_LENGTH,
  )
  collections?: string;

  @ApiProperty({
    type: Number,
    required: false,
    minimum: 0,
    maximum: MAX_PERIOD,
    description: 'The settled period after which the deal is taken up, on the tape that it was paid on; 0 is closing.',
    example: 3,
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_PERIOD)
  fromPeriod?: number;
}

/** A deal whose class is owned, as a deal of the platform or as a document. */
export class OwnedDealDto extends CollateralDto {
  @ApiProperty({
    type: String,
    pattern: OWNED_NAME.source,
    description: 'The name that the owner has for it; mid.tiny is what mid owns as tiny.',
    example: 'autos',
  })
  @Matches(OWNED_NAME, { message: '$property must be the name of an underlying class, such as "mid.tiny"' })
  name!: string;

  @optionalId('A deal of the platform.')
  dealId?: string;

  @optionalText('The text of a deal document.', 'weir: 1 …', MAX_FILE_LENGTH)
  document?: string;

  @optionalText(
    'Where the deal of a document stands, as weir pay writes it (JSON).',
    '{"period": 3, …}',
    MAX_FILE_LENGTH,
  )
  state?: string;

  @optionalText('A scenario file, futures of its own.', 'prepayment: 8 % CPR', MAX_FILE_LENGTH)
  scenarios?: string;
}

/** A set of scenarios, the collateral it runs over, and where it takes the deal up. */
export class ScenarioSetDto extends CollateralDto {
  @Text(
    {
      description: 'The set file (YAML): a scenario file with a grid or Monte Carlo around it, or a list of scenarios.',
      example: 'prepayment: 1.3 % ABS\ngrid:\n  prepayment: [50 %, 100 %]',
    },
    MAX_SET_LENGTH,
  )
  set!: string;

  @optionalText('Published rates, CSV.', 'date,rate\n2025-06-13,4.31 %', MAX_FILE_LENGTH)
  fixings?: string;

  @ApiProperty({ type: [OwnedDealDto], required: false, description: 'Deals whose classes the deal owns.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_OWNED)
  @ValidateNested({ each: true })
  @Type(() => OwnedDealDto)
  underlying?: OwnedDealDto[];

  @ApiProperty({
    type: Boolean,
    required: false,
    description: 'Report items that nothing gives are zero.',
    example: false,
  })
  @IsOptional()
  @IsBoolean()
  assumeZero?: boolean;

  @ApiProperty({
    type: Number,
    required: false,
    minimum: 0,
    maximum: 100,
    description:
      'The most of a tape’s balance, in percent, that loans may have which cannot be projected: they are left out, and named in the warnings. 1 unless given.',
    example: 1,
  })
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(100)
  leaveOut?: number;
}

function collateralOf(dto: CollateralDto) {
  const { pool = null, tapeId = null, collections = null, fromPeriod = 0 } = dto;
  return { pool, tapeId, collections, fromPeriod };
}

function ownedOf(dto: OwnedDealDto): OwnedOrder {
  const { name, dealId = null, document = null, state = null, scenarios = null } = dto;
  return { ...collateralOf(dto), name, dealId, document, state, scenarios };
}

/** What a body asks for. */
export function orderOf(dto: ScenarioSetDto): SetOrder {
  const { set, fixings = null, underlying = [], assumeZero = false } = dto;
  const leaveOut = dto.leaveOut === undefined ? null : dto.leaveOut / 100;
  return { ...collateralOf(dto), set, fixings, underlying: underlying.map(ownedOf), assumeZero, leaveOut };
}
