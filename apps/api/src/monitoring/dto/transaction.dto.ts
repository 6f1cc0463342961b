import { Text } from '../../http/fields.js';

/** A queued transaction in a path. Its id holds slashes, which are percent-encoded there. */
export class TransactionPath {
  @Text({ description: 'The transaction.', example: 'deal/3f0c6a52-8f0e-4b5d-9a68-0e6c4f7e2b11/subscribe/0a1b' }, 200)
  transactionId!: string;
}
