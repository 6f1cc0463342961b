/** What the codes of a loan's status say, by field: zero balance codes of Schedule AL, account status of ESMA's templates. */
export const STATUS_WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  zeroBalanceCode: {
    '0': 'outstanding',
    '1': 'prepaid or matured',
    '2': 'sold to a third party',
    '3': 'repurchased or replaced',
    '4': 'charged off',
    '5': 'servicing transferred',
    '99': 'unavailable',
  },
  accountStatus: {
    PERF: 'performing',
    RNAR: 'restructured, no arrears',
    RARR: 'restructured, in arrears',
    DFLT: 'defaulted (CRR article 178)',
    NDFT: 'defaulted by another definition, not by CRR article 178',
    DTCR: 'defaulted by CRR article 178 and another definition',
    DADB: 'defaulted by another definition only',
    ARRE: 'in arrears',
    REBR: 'repurchased, breach of representations',
    REDF: 'repurchased, defaulted',
    RERE: 'repurchased, restructured',
    RESS: 'repurchased, special servicing',
    REOT: 'repurchased, other reason',
    RDMD: 'redeemed',
    OTHR: 'other',
  },
};
