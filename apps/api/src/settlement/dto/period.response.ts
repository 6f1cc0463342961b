import { ApiProperty } from '@nestjs/swagger';
import type { PeriodView } from '@weir/services';
import { ReportResponse } from './report.response.js';

/** A payment date as a caller sees it. */
export class PeriodResponse implements PeriodView {
  @ApiProperty({ type: Number })
  period!: number;

  @ApiProperty({ enum: ['not reported', 'reported', 'signed', 'submitted', 'disputed', 'settled', 'final'] })
  status!: PeriodView['status'];

  @ApiProperty({ type: () => ReportResponse, nullable: true })
  report!: ReportResponse | null;

  @ApiProperty({
    type: Object,
    nullable: true,
    description: 'The report on chain: digest, settleAfter (UTC), dispute (none, standing, dismissed), reasonHash.',
  })
  submission!: PeriodView['submission'];

  @ApiProperty({
    type: Object,
    nullable: true,
    description: 'What was paid: hashes, tranches, fees, accounts, triggers, steps; amounts as decimal strings.',
  })
  payment!: PeriodView['payment'];
}
