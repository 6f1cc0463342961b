import { ApiProperty } from '@nestjs/swagger';
import type { Finding } from '@weir/collateral';
import { TAPE_KINDS, TAPE_STATUSES, type ExcludedLoanView, type PoolView, type TapeView } from '@weir/services';

/** The tape that was taken; its import goes on in the background. */
export class TapeIdResponse {
  @ApiProperty({ type: String, format: 'uuid' })
  tapeId!: string;
}

/** What a caller sees of a tape. */
export class TapeResponse implements TapeView {
  @ApiProperty({ type: String, format: 'uuid' })
  tapeId!: string;

  @ApiProperty({ type: Number, nullable: true, description: 'Null for a month before the first payment period.' })
  period!: number | null;

  @ApiProperty({ enum: TAPE_STATUSES })
  status!: TapeView['status'];

  @ApiProperty({ type: Object, nullable: true, description: 'Code and message of why it was not taken.' })
  failure!: TapeView['failure'];

  @ApiProperty({ type: Object, nullable: true, description: 'Rows, sums, findings by rule, missing cells.' })
  summary!: TapeView['summary'];

  @ApiProperty({ type: String, nullable: true })
  assetClass!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Month reported, YYYY-MM.' })
  month!: string | null;

  @ApiProperty({ enum: TAPE_KINDS, nullable: true })
  kind!: TapeView['kind'];

  @ApiProperty({ type: Number, nullable: true, description: "Counted from 1 among the deal's tapes of the month." })
  version!: number | null;

  @ApiProperty({ type: Boolean, description: 'Whether this tape counts for its month.' })
  current!: boolean;

  @ApiProperty({ type: Object, nullable: true, description: 'Originator and version of the mapping that read it.' })
  mapping!: TapeView['mapping'];

  @ApiProperty({ type: Object, nullable: true, description: 'Score from 0 to 100, with its parts.' })
  quality!: TapeView['quality'];

  @ApiProperty({ type: [Object], description: 'Tapes that a file of several months was divided into: tapeId, month.' })
  parts!: TapeView['parts'];

  @ApiProperty({ type: String, nullable: true, description: 'The file of several months that it is a month of.' })
  partOf!: string | null;

  @ApiProperty({
    type: [Object],
    description: 'Judgements since its import, when an earlier month was corrected: version, why, findings, judgedAt.',
  })
  judgements!: TapeView['judgements'];
}

/** One finding in a tape. */
export class FindingResponse implements Finding {
  @ApiProperty({ type: Number, nullable: true, description: 'Line in the file; the header is 1.' })
  row!: number | null;

  @ApiProperty({ type: String, nullable: true })
  column!: string | null;

  @ApiProperty({ type: String, nullable: true })
  value!: string | null;

  @ApiProperty({ type: String })
  rule!: Finding['rule'];

  @ApiProperty({ enum: ['blocks', 'warns'] })
  weight!: 'blocks' | 'warns';

  @ApiProperty({ type: String })
  message!: string;

  @ApiProperty({ type: String, description: 'What to do about it.' })
  remedy!: string;
}

/** The pool that the eligibility criteria picked, and the program compiled for it. */
export class PoolResponse implements PoolView {
  @ApiProperty({ type: Number })
  loans!: number;

  @ApiProperty({ type: String, description: 'Opening balance, decimal string.' })
  opening!: string;

  @ApiProperty({ type: String, description: 'Closing balance, decimal string.' })
  closing!: string;

  @ApiProperty({ type: Number })
  excluded!: number;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, description: 'Excluded loans by reason.' })
  reasons!: Readonly<Record<string, number>>;

  @ApiProperty({ type: String })
  programHash!: string;
}

/** A loan that is not in the pool. */
export class ExcludedLoanResponse implements ExcludedLoanView {
  @ApiProperty({ type: String })
  loanKey!: string;

  @ApiProperty({ type: Number, description: 'Line in the file; the header is 1.' })
  row!: number;

  @ApiProperty({ type: [String] })
  reasons!: readonly string[];
}
