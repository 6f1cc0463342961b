import { ApiProperty } from '@nestjs/swagger';
import type { ReconciliationView } from '@weir/services';

/** An account on which books and chain differ; amounts in base units of the settlement stablecoin. */
export class DifferenceResponse {
  @ApiProperty({ type: String })
  account!: string;

  @ApiProperty({ type: String })
  books!: string;

  @ApiProperty({ type: String })
  chain!: string;

  @ApiProperty({ type: String })
  difference!: string;
}

/** What the vault holds, in base units of the settlement stablecoin. */
export class VaultCashResponse {
  @ApiProperty({ type: String, description: 'By the books.' })
  books!: string;

  @ApiProperty({ type: String, description: "By the vault's own ledger." })
  vault!: string;

  @ApiProperty({ type: String, description: 'By the stablecoin.' })
  stablecoin!: string;
}

/** Books against chain. */
export class ReconciliationResponse implements ReconciliationView {
  @ApiProperty({ type: Number, description: 'Journal entries in the books.' })
  entries!: number;

  @ApiProperty({ type: () => [DifferenceResponse] })
  differences!: readonly DifferenceResponse[];

  @ApiProperty({ type: () => VaultCashResponse })
  cash!: VaultCashResponse;

  @ApiProperty({ type: Boolean })
  reconciled!: boolean;
}

/** Whether database and chain answer. */
export class HealthResponse {
  @ApiProperty({ type: String, enum: ['ok'] })
  database!: 'ok';

  @ApiProperty({ type: String, enum: ['ok'] })
  chain!: 'ok';

  @ApiProperty({ type: Number, description: "Number of the chain's latest block." })
  head!: number;
}
