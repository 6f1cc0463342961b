import { ApiProperty } from '@nestjs/swagger';
import type { AlarmView, DealHealthView } from '@weir/services';

/** An invariant of a deal that does not hold at a place, or did not. */
export class AlarmResponse implements AlarmView {
  @ApiProperty({ type: String, format: 'uuid' })
  alarmId!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null for what is of no deal.' })
  dealId!: string | null;

  @ApiProperty({ type: String, description: 'Which invariant: A to N.' })
  letter!: string;

  @ApiProperty({ type: String, description: 'Its sentence.' })
  invariant!: string;

  @ApiProperty({
    type: String,
    description: 'Class, class/period, account of the books or transaction; empty for the deal as a whole.',
  })
  place!: string;

  @ApiProperty({ type: Boolean, description: 'False when a contract failed when it was asked.' })
  answered!: boolean;

  @ApiProperty({ type: String, description: 'What there is: base units, a hash or an instant.' })
  actual!: string;

  @ApiProperty({ type: String, description: 'What it is held against.' })
  expected!: string;

  @ApiProperty({ type: Boolean, description: 'Whether nothing of the deal is settled while the alarm is open.' })
  stopsSettlement!: boolean;

  @ApiProperty({ type: Number, description: 'Block at which it was found.' })
  sinceBlock!: number;

  @ApiProperty({ type: String, format: 'date-time' })
  since!: string;

  @ApiProperty({ type: Number, nullable: true, description: 'Block at which it was found to hold again.' })
  clearedBlock!: number | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  clearedAt!: string | null;
}

/** One invariant of a deal. */
export class InvariantResponse {
  @ApiProperty({ type: String })
  letter!: string;

  @ApiProperty({ type: String, description: 'Its sentence.' })
  invariant!: string;

  @ApiProperty({ type: Boolean, description: 'Whether the last audit looked at it.' })
  audited!: boolean;

  @ApiProperty({ type: Boolean, description: 'Whether no alarm of it is open.' })
  holds!: boolean;
}

/** What the continuous audit says of a deal. */
export class DealHealthResponse implements DealHealthView {
  @ApiProperty({ type: String, format: 'uuid' })
  dealId!: string;

  @ApiProperty({ type: Number, description: 'Block at which the deal was last audited.' })
  auditedBlock!: number;

  @ApiProperty({ type: String, format: 'date-time' })
  auditedAt!: string;

  @ApiProperty({ type: () => [InvariantResponse] })
  invariants!: readonly InvariantResponse[];

  @ApiProperty({ type: Boolean })
  settlementStopped!: boolean;

  @ApiProperty({ type: () => [AlarmResponse], description: 'Alarms that are open.' })
  alarms!: readonly AlarmResponse[];
}
