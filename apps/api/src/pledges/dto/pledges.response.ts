import { ApiProperty } from '@nestjs/swagger';

/** What a request to pledge brought about. */
export class PledgeResponse {
  @ApiProperty({ type: Number, description: 'Loans that are being pledged; 0 when all of them are.' })
  loans!: number;

  @ApiProperty({ type: [String], description: 'Transactions that pledge them.' })
  transactionIds!: readonly string[];
}

/** A tape root that the registry has on record. */
export class PledgeRootResponse {
  @ApiProperty({ type: Number })
  period!: number;

  @ApiProperty({ type: String })
  root!: string;
}

/** The pledges of a deal, as the registry has them. */
export class PledgesResponse {
  @ApiProperty({ type: String, description: 'The registry of pledges.' })
  registry!: string;

  @ApiProperty({ type: Number, description: 'Loans of the pool.' })
  loans!: number;

  @ApiProperty({ type: Number, description: 'Loans that are pledged and not released.' })
  pledged!: number;

  @ApiProperty({ type: Number, description: 'Loans that ended and were released.' })
  released!: number;

  @ApiProperty({ type: () => [PledgeRootResponse] })
  roots!: readonly PledgeRootResponse[];
}
