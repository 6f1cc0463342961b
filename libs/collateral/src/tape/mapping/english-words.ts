/**
 * English words of column names, each meaning with the spellings that servicers give it: cut short, of Britain and America,
 * and words that say the same of a loan. A meaning of several words stands for these.
 */
const SPELLINGS: Readonly<Record<string, string>> = {
  loan: 'loans ln account accounts acct accts acc acnt contract contr cont agreement agrmt agmt facility note lease',
  number: 'no nr num nbr numb ref reference refno id ids ident identifier key',
  borrower:
    'borr brwr borrowers customer cust client obligor debtor dbtr member lessee mortgagor hirer buyer cif counterparty',
  balance: 'bal bals blnc balances upb',
  principal: 'prin princ prncp prncpl prn prnc capital',
  interest: 'int intr intrst interests',
  amount: 'amt amnt amts amounts cash sum',
  date: 'd dt dte dates',
  days: 'day dys',
  month: 'mo mth mnth monthly mthly mnthly mtd',
  months: 'mos mths mnths',
  year: 'yr years',
  rate: 'rt rates',
  percentage: 'pct percent perc',
  payment:
    'pmt pmts pymt pymts pymnt pmnt pay payments instalment instalments installment installments instl emi rental rent',
  repayment: 'repayments',
  paid: 'pd received recd rcvd recvd rec collected collection collections receipts receipt repaid remitted applied',
  total: 'tot ttl',
  original: 'orig org orgn origination originated initial',
  current: 'curr cur crnt crrnt',
  opening: 'beginning beg begin bgn opng',
  open: 'opened',
  closing: 'clsg',
  close: 'closed',
  start: 'strt starting commencement',
  end: 'ending expiry expiration expires expire ends',
  remaining: 'rem remg rmng rmn remain left unexpired',
  outstanding: 'os out outst outstg outstd',
  unpaid: 'unpd',
  previous: 'prev prior preceding',
  last: 'lst',
  next: 'nxt',
  term: 'tenor tenure duration trm',
  maturity: 'mat matur matures',
  scheduled: 'sched schd sch contractual regular',
  late: 'delinquent delinquency delinq delq dlq dlnq overdue arrears behind',
  status: 'stat sts stts',
  state: 'st',
  score: 'scr',
  credit: 'cr',
  recovery: 'recoveries recovered recov recv rcvry recoverd',
  chargeoff: 'chargeoffs chargedoff chgoff chrgoff writeoff writeoffs writtenoff',
  charge: 'chg chrg charges',
  charged: 'chgd',
  fee: 'fees',
  financed: 'fin finance',
  advance: 'adv advanced advances',
  disbursement: 'disb disbursed disbursal drawdown drawn payout',
  funding: 'funded fund',
  issue: 'issued issuance',
  model: 'mdl',
  report: 'reporting rpt reported rptg rep',
  period: 'prd per',
  extension: 'extensions ext extended',
  vehicle: 'veh car auto automobile',
  manufacturer: 'mfr mfg manuf',
  property: 'prop prpty',
  value: 'val valuation vals appraisal appraised',
  residual: 'resid rv',
  invoice: 'inv invc invoices bill',
  document: 'doc',
  adjustment: 'adj adjustments adjust adjs',
  unscheduled: 'unsched unschd',
  prepayment: 'prepay prepayments prepaid prepmt ppmt',
  code: 'cd codes',
  flag: 'flg ind indicator',
  description: 'desc descr',
  type: 'typ types',
  frequency: 'freq',
  capitalised: 'capitalized capitalisation capitalization',
  amortisation: 'amortization amort amortising amortizing',
  occupancy: 'occ occup',
  employment: 'emp empl',
  income: 'inc',
  accrued: 'accr',
  cumulative: 'cum cumul lifetime ytd ltd',
  geographic: 'geo geog',
  address: 'addr',
  first: 'frst fst',
  channel: 'chn chnl chan',
  purpose: 'purp',
  currency: 'ccy curncy',
  'days late': 'dpd',
  'remaining term': 'rtm',
  'original loan to value': 'oltv',
  'combined loan to value': 'cltv',
  'original combined loan to value': 'ocltv',
  'debt to income': 'dti',
  'loan to value': 'ltv',
  'as of': 'asof asat',
  'cut off': 'cutoff',
  'end of period': 'eop eom',
  'start of period': 'bop bom',
  'annual percentage rate': 'apr',
  'months on book': 'mob',
};

/** Words that are known and change what a name means, and have no other spelling. */
const OTHERS =
  'accrual actual advised age annual asset available average bankruptcy birth book channel city co ' +
  'combined cost country county province region dealer default defaulted deferred deposit discount down due escrow expected final first ' +
  'forbearance bucket cap ceiling floor foreclosure forecast good gross high index insurance joint legal limit lockout loss losses low lien make ' +
  'margin maximum minimum model modification modified name net new occupation old partial past penalty post premium ' +
  'primary proceeds projected promotional purchase range recourse repossession reserve sale second secondary seller ' +
  'servicer servicing settlement step subsequent suspense swap tax third through thru times to until used variable zero';

/** Each spelling with its meaning. */
export const MEANING_OF_WORD: ReadonlyMap<string, string> = new Map([
  ...OTHERS.split(' ').map((word) => [word, word] as const),
  ...Object.entries(SPELLINGS).flatMap(([meaning, spellings]) => [
    ...meaning.split(' ').map((word) => [word, word] as const),
    ...spellings.split(' ').map((word) => [word, meaning] as const),
  ]),
]);

/** Several words that mean one thing together, after each was spelled out; in the order in which they are looked for. */
export const PHRASES: readonly (readonly [words: RegExp, meaning: string])[] = [
  [/\bnumber of\b/g, 'count'],
  [/\b(?:principal (?:and )?interest|p (?:and )?i)\b/g, 'payment'],
  [/\bannual percentage rate\b/g, 'apr'],
  [/\bnumber rate\b/g, 'index rate'],
  [/\bfinanced charge\b/g, 'interest'],
  [/\b(?:charged?|write|written) off\b/g, 'chargeoff'],
  [/\b(?:in )?past due\b/g, 'late'],
  [/\bloan to value(?: ratio)?\b/g, 'ltv'],
  [/\bdebt to income(?: ratio)?\b/g, 'dti'],
  [/\b(?:life |inception |year )?to date\b/g, 'cumulative'],
  [/\bas (?:of|at)\b/g, 'asof'],
  [/\bcut off\b/g, 'cutoff'],
  [/\b(?:zip|postal|post) code\b|\bzip\b/g, 'postcode'],
  [/\b(?:end of (?:the )?(?:month|period)|(?:month|period) end)\b/g, 'periodend'],
  [/\b(?:start of (?:the )?(?:month|period)|(?:month|period) (?:start|opening))\b/g, 'periodstart'],
  [/\bbrought forward\b|\bb f\b/g, 'opening'],
  [/\bcarried forward\b|\bc f\b/g, 'closing'],
  [
    /\b(?:fico|beacon|vantage|(?:credit )?bureau|experian|equifax|transunion|delphi)(?: (?:bureau|credit))?(?: score)?\b/g,
    'score',
  ],
  [/\bcredit score\b/g, 'score'],
  [/\bto go\b/g, 'remaining'],
  [/\b(?:last|previous) month\b/g, 'previous'],
  [/\bco (borrower|applicant|signer|debtor)\b/g, 'co'],
];

/** Words that mean nothing by themselves. */
export const STOP_WORDS = new Set(
  'of the a an in on at for by and or is pa p ratio usd eur gbp chf cad aud dollars euro euros pounds cents pence thousands millions mm k mio mln teur'.split(
    ' ',
  ),
);

/** Words that say what kind of thing a column holds, or that it is of a loan. */
export const KIND_WORDS = new Set('loan amount number count date code flag description percentage'.split(' '));

/** Words that may stand beside others and change nothing of a loan's month. */
export const LIGHT_WORDS = new Set('current address geographic scheduled period month report legal'.split(' '));
