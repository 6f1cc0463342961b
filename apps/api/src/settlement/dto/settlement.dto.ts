import { DealPath } from '../../deals/dto/deal.dto.js';
import { Amount, Period, PositiveAmount, Text } from '../../http/fields.js';

/** A period of a deal in a path. */
export class PeriodPath extends DealPath {
  @Period()
  period!: number;
}

/** What is paid into the vault. */
export class DepositDto {
  @PositiveAmount({ description: "Paid from the caller's account into the vault.", example: '3707366.96' })
  amount!: string;
}

/** The agreement of trustee and calculation agent on a deposit that differs from the report. */
export class JointSettlementDto {
  @Amount({ description: 'Cash that the vault holds for the period; both must name it.', example: '3700000.00' })
  cashHeld!: string;
}

/** Why a report is disputed, or a dispute dismissed. */
export class ReasonDto {
  @Text(
    {
      description: 'Goes into the audit log; its keccak-256 goes on chain.',
      example: 'The charge-offs of lot 7 are missing.',
    },
    1000,
  )
  reason!: string;
}

/** What an investor claims. */
export class ClaimDto {
  @Text({ description: 'Name of the tranche.', example: 'A' }, 64)
  tranche!: string;
}

/** Whose money is fetched from the vault. */
export class WithdrawalDto {
  @Text({ description: 'Name of the payee in the deal document.', example: 'servicing' }, 64)
  payee!: string;
}
