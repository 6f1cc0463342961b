/**
 * Why a transfer, a subscription or a claim is refused: the numbers that contracts, API and portal share
 * (contracts/src/access/Reasons.sol), with a sentence for people.
 */
export const REASONS: Readonly<Record<number, string>> = {
  0: 'Allowed',
  1: 'Transfers of this tranche are paused',
  2: 'The sender is not registered',
  3: 'The receiver is not registered',
  4: 'The account is frozen',
  5: "The receiver's KYC has expired",
  6: 'The sender is locked up, or sales to this category of investor are, until a date',
  7: "The receiver's country is refused",
  8: "The receiver's investor category is refused",
  9: 'The tranche has reached a limit of holders: in all, of a country or of a category',
  10: 'Part of the balance is frozen',
  11: 'A balance would be below the minimum holding, or the amount is no multiple of the denomination',
  12: "The deal's state does not allow it",
  13: 'There is nothing to claim',
  14: 'The balance is too small',
  15: "The tranche's compliance contract refuses it",
  16: 'The stablecoin refuses the receiver',
};
