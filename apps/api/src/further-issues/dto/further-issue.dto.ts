import { ApiProperty } from '@nestjs/swagger';
import type { AmendmentStanding, FurtherIssueView, IssueInput } from '@weir/services';
import { IsOptional, Matches } from 'class-validator';
import { Amount, PositiveAmount, Text } from '../../http/fields.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** More of a class: the document that reckons with it, and how it is offered. */
export class FurtherIssueDto implements IssueInput {
  @Text({ description: 'Deal document (YAML) with "issued" in its "amends:" block.', example: 'weir: 1\n' }, 2_000_000)
  document!: string;

  @PositiveAmount({ description: 'Original face of a lot.', example: '1000.00' })
  lot!: string;

  @PositiveAmount({ description: 'What a lot costs, without accrued interest.', example: '998.50' })
  price!: string;

  @Amount({ description: 'Interest on a lot from the last payment date to the issue date.', example: '0.42' })
  accrued!: string;

  @IsOptional()
  @ApiProperty({ required: false, nullable: true })
  @PositiveAmount({
    description: 'Original face up to where subscriptions are taken; null for what is issued.',
    example: '60000.00',
  })
  maximum: string | null = null;

  @IsOptional()
  @ApiProperty({ required: false, nullable: true })
  @PositiveAmount({ description: 'Original face that one investor may subscribe; null for any.', example: '30000.00' })
  perInvestor: string | null = null;

  @ApiProperty({
    type: String,
    format: 'date',
    description: 'First day on which it can be completed (UTC).',
    example: '2026-11-22',
  })
  @Matches(DAY, { message: '$property must be a date, as 2026-11-22' })
  issueDate!: string;

  @ApiProperty({
    type: String,
    format: 'date',
    description: 'Last day on which it can be completed (UTC).',
    example: '2026-11-22',
  })
  @Matches(DAY, { message: '$property must be a date, as 2026-11-22' })
  deadline!: string;
}

/** A subscription to a further issue. */
export class IssueSubscriptionDto {
  @PositiveAmount({ description: 'Original face, in whole lots.', example: '1000.00' })
  amount!: string;
}

/** A further issue, and how far it is. */
export class FurtherIssueResponse implements FurtherIssueView {
  @ApiProperty({ type: String, format: 'uuid', description: 'The amendment with which it comes in force.' })
  amendmentId!: string;

  @ApiProperty({ type: String })
  tranche!: string;

  @ApiProperty({ type: Number, description: 'First period that the new notes share in.' })
  fromPeriod!: number;

  @ApiProperty({ enum: ['queued', 'proposed', 'approved', 'cancelled', 'applied'] })
  standing!: AmendmentStanding;

  @ApiProperty({ type: String, nullable: true, description: 'Its contract, null before it is deployed.' })
  address!: `0x${string}` | null;

  @ApiProperty({ type: String, description: 'Program that is approved with it.' })
  programHash!: `0x${string}`;

  @ApiProperty({ type: String, description: 'Original face that is issued.' })
  face!: string;

  @ApiProperty({ type: String, description: 'Original face up to where subscriptions are taken.' })
  maximum!: string;

  @ApiProperty({ type: String, description: 'Original face of a lot.' })
  lot!: string;

  @ApiProperty({ type: String, description: 'What a lot costs, accrued interest included.' })
  lotCost!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Original face that is subscribed.' })
  subscribed!: string | null;

  @ApiProperty({ type: String, description: 'UTC instant from which it can be completed.' })
  issueDate!: string;

  @ApiProperty({ type: String, description: 'Last UTC instant at which it can be completed.' })
  deadline!: string;
}
