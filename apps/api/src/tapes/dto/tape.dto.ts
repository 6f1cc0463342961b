import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsInt, IsOptional, IsString, Length, Min } from 'class-validator';
import { Id, Period, wholeNumber } from '../../http/fields.js';
import { DealPath } from '../../deals/dto/deal.dto.js';

/** Most columns that make a loan key. */
const MAX_KEY_COLUMNS = 8;

/** A tape in a path. */
export class TapePath extends DealPath {
  @Id('The tape.')
  tapeId!: string;
}

/** Which month the file reports, and how its loans are told apart. */
export class TapeQuery {
  @Period()
  period!: number;

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
