import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Min,
} from 'class-validator';
import { TAPE_KINDS, type TapeKind } from '@weir/services';
import { Id, Period, Text, wholeNumber } from '../../http/fields.js';
import { DealPath } from '../../deals/dto/deal.dto.js';

/** Most columns that make a loan key. */
const MAX_KEY_COLUMNS = 8;

/** Most fields that are stratified by at once, and longest text of limits. */
const [MAX_STRATA_FIELDS, MAX_LIMITS_LENGTH] = [30, 8_000];

/** A tape in a path. */
export class TapePath extends DealPath {
  @Id('The tape.')
  tapeId!: string;
}

/** How a file is read, where it leaves that open. */
export class PastTapeQuery {
  @ApiProperty({
    type: String,
    required: false,
    description: "Columns that make the loan key, separated by commas; the deal document's when absent.",
    example: 'assetNumber,originalLoanAmount',
  })
  @IsOptional()
  @Transform(({ value }) => (typeof value === 'string' ? value.split(',') : value) as unknown)
  @IsArray({ message: '$property must be column names separated by commas' })
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_KEY_COLUMNS)
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  loanKey?: string[];

  @ApiProperty({
    type: String,
    required: false,
    description: 'Asset class; known by the columns when absent.',
    example: 'auto-loan',
  })
  @IsOptional()
  @IsString()
  @Length(1, 40)
  assetClass?: string;

  @ApiProperty({
    type: String,
    required: false,
    description: 'Month reported (YYYY-MM), of a file that does not state it or that holds several.',
    example: '2020-07',
  })
  @IsOptional()
  @Matches(/^\d{4}-\d\d$/, { message: '$property must be a month, YYYY-MM' })
  month?: string;

  @ApiProperty({
    enum: TAPE_KINDS,
    required: false,
    description: 'What the tape is beside others of its month; when absent an original, or a restatement of one.',
    example: 'original',
  })
  @IsOptional()
  @IsIn(TAPE_KINDS)
  kind?: TapeKind;

  @ApiProperty({
    type: String,
    required: false,
    description: "Whose file it is, for the mapping of its columns; the sponsor's when absent.",
    example: 'sponsor',
  })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  originator?: string;
}

/** Which payment period the file reports, and how it is read. */
export class TapeQuery extends PastTapeQuery {
  @Period()
  period!: number;
}

/** A mapping that a person confirms. */
export class MappingDto {
  @ApiProperty({
    type: Object,
    description: 'The mapping as it was proposed, corrected where it was wrong: form, assetClass, columns.',
    example: { form: 1, assetClass: 'auto-loan', columns: [{ column: 'Loan No', field: 'assetNumber', unit: null }] },
  })
  @IsObject()
  mapping!: object;

  @ApiProperty({
    type: String,
    required: false,
    description: "Whose files these are; the sponsor's when absent.",
    example: 'sponsor',
  })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  originator?: string;
}

/** Why a tape counts for its month. */
export class ChoiceDto {
  @Text(
    { description: 'Why this tape counts for its month from now on.', example: 'The servicer restated July.' },
    1_000,
  )
  why!: string;
}

/** The tape that another one is compared with. */
export class DifferenceQuery {
  @Id('The earlier tape, the one that was corrected for instance.')
  against!: string;
}

/** What to stratify by and to check. */
export class StrataQuery {
  @ApiProperty({
    type: String,
    required: false,
    description: 'Fields, separated by commas; the usual ones when absent.',
    example: 'obligorCreditScore',
  })
  @IsOptional()
  @Transform(({ value }) => (typeof value === 'string' ? value.split(',') : value) as unknown)
  @IsArray({ message: '$property must be names of fields separated by commas' })
  @ArrayMaxSize(MAX_STRATA_FIELDS)
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  fields?: string[];

  @ApiProperty({
    type: String,
    required: false,
    description:
      'Concentration limits beside those of the deal document, as JSON: a list of id, field, most, and values, each, largest, or from and below.',
    example: '[{"id":"one-state","field":"obligorGeographicLocation","each":true,"most":"30 %"}]',
  })
  @IsOptional()
  @IsString()
  @Length(1, MAX_LIMITS_LENGTH)
  limits?: string;
}

/** Where a page of findings begins. */
export class FindingsQuery {
  @ApiProperty({ type: Number, required: false, description: 'Findings to pass over.', example: 0, minimum: 0 })
  @IsOptional()
  @Transform(({ value }) => wholeNumber(value))
  @IsInt()
  @Min(0)
  after?: number;
}

/** Where a page of excluded loans begins. */
export class ExcludedLoansQuery {
  @ApiProperty({ type: String, required: false, description: 'Loan key of the last one of the page before.' })
  @IsOptional()
  @IsString()
  @Length(0, 500)
  after?: string;
}

/** The tape that a command works on. */
export class TapeChoiceDto {
  @Id('An imported tape of the deal.')
  tapeId!: string;
}
