import { ApiProperty } from '@nestjs/swagger';
import type { ReportView } from '@weir/services';
import { SignedByResponse } from './settlement.response.js';

/** A servicer report. */
export class ReportResponse implements ReportView {
  @ApiProperty({ type: Number })
  period!: number;

  @ApiProperty({ type: Number, description: 'How many reports of the period were withdrawn on chain before this one.' })
  revision!: number;

  @ApiProperty({ type: Object, description: 'Collections, balances, delinquencies; amounts as decimal strings.' })
  figures!: ReportView['figures'];

  @ApiProperty({ type: String, description: 'Root of the sum tree over the salted loan rows.' })
  tapeRoot!: ReportView['tapeRoot'];

  @ApiProperty({ type: String })
  previousStateHash!: ReportView['previousStateHash'];

  @ApiProperty({ type: String, description: 'EIP-712 digest that servicer and trustee sign.' })
  digest!: ReportView['digest'];

  @ApiProperty({ type: () => SignedByResponse })
  signedBy!: SignedByResponse;
}
