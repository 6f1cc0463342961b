import { PositiveAmount, Text } from '../../http/fields.js';

/** A subscription to one tranche. */
export class SubscriptionDto {
  @Text({ description: 'Name of the tranche.', example: 'A' }, 64)
  tranche!: string;

  @PositiveAmount({ description: 'Original face, which is the cash that is paid.', example: '1000.00' })
  amount!: string;
}
