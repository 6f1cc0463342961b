import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, Length, Max, Min, ValidateIf } from 'class-validator';
import { CATEGORY_BITS, type Decision, type InvestorCategory, type InvestorFacts } from '@weir/compliance';
import { Account, Id, Text } from '../../http/fields.js';

const CATEGORIES = Object.keys(CATEGORY_BITS) as InvestorCategory[];
const DECISIONS: readonly Decision[] = ['admit', 'refuse'];

/** An investor in a path. */
export class InvestorPath {
  @Id('The investor.')
  investorId!: string;
}

/** A KYC record. Its form is checked here, its meaning by the use case. */
export class NewInvestorDto implements InvestorFacts {
  @Id('Organisation of the investor.')
  organisationId!: string;

  @Text({ description: 'Legal name as registered.', example: 'Example Fund LP' }, 500)
  legalName!: string;

  @Text({ description: 'ISO 3166-1 alpha-2 code of the country of tax residence.', example: 'US' }, 2)
  country!: string;

  @Account('Chain account that will hold the tranche tokens.')
  account!: string;

  @Text({ description: 'Last day on which the KYC record is valid (YYYY-MM-DD).', example: '2031-12-31' }, 10)
  kycValidUntil!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    required: false,
    description: 'Last day on which the account may not send (YYYY-MM-DD); null or absent for no lock-up.',
    example: null,
  })
  @ValidateIf((_object: unknown, value: unknown) => value !== null)
  @IsString()
  @Length(1, 10)
  lockedUntil: string | null = null;

  @ApiProperty({ enum: CATEGORIES, example: 'qualified-institutional-buyer' })
  @IsIn(CATEGORIES)
  category!: InvestorCategory;

  @ApiProperty({
    type: Number,
    required: false,
    description: "Tax withheld from interest, in basis points (1500 is 15 %): the investor's rate; absent for none.",
    example: 0,
    minimum: 0,
    maximum: 10_000,
  })
  @IsInt()
  @Min(0)
  @Max(10_000)
  withholdingBps: number = 0;
}

/** A compliance officer's decision. */
export class DecisionDto {
  @ApiProperty({ enum: DECISIONS, example: 'admit' })
  @IsIn(DECISIONS)
  decision!: Decision;

  @Text({ description: 'Why, for the audit record.', example: 'Documents complete, screening clear.' }, 2000)
  reason!: string;
}
